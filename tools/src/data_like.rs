//! Which words look like data: ids, dates, paths, addresses, keys to something.
//!
//! What is learned must keep words and names, never values. It knows nothing of
//! where a word comes from, and in doubt takes it for data. Start at
//! [`is_data_like`].

/// Longest name, in characters.
const NAME_CHARS: usize = 40;
/// Most words of a name that has spaces.
const SPACED_WORDS: usize = 3;
/// Digits in a row that no name has.
const DIGITS: usize = 4;
/// Most places in a name where digits stand.
const DIGIT_RUNS: usize = 2;
/// Hexadecimal digits in a row that are a hash.
const HEX: usize = 7;
/// Longest part of a word that may have digits in it.
const MIXED_CHARS: usize = 12;
/// Longest word, in letters.
const WORD_CHARS: usize = 24;
/// Consonants in a row that no word has.
const CONSONANTS: usize = 7;
/// Letters from which a word has a vowel.
const VOWEL_FROM: usize = 6;

/// Whether `name` looks like data rather than like the name of something.
pub(crate) fn is_data_like(name: &str) -> bool {
    if name.chars().nth(NAME_CHARS).is_some() {
        return true;
    }
    // `@type`, `$ref`, `_links`
    let plain = name.trim_start_matches(['_', '$', '@', '#']);
    let plain = plain.trim_end_matches('_');
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | ':');
    let count = |wanted: char| plain.chars().filter(|c| *c == wanted).count();
    if plain.is_empty()
        || !plain.chars().all(allowed)
        || count(' ') >= SPACED_WORDS
        || count(':') > 1
        || digit_runs(plain).len() > DIGIT_RUNS
    {
        return true;
    }
    let segments = plain.split(['_', '-', ' ', ':']);
    let mut segments = segments.filter(|segment| !segment.is_empty());
    let Some(first) = segments.next() else {
        return true;
    };
    is_number(first) || is_odd(first) || segments.any(is_odd)
}

/// The words of `text` as somebody typed it, without those that look like data.
pub(crate) fn without_data(text: &str) -> String {
    let mut kept = String::new();
    for token in text.split_whitespace() {
        let inner = token.trim_matches(|c: char| !c.is_alphanumeric());
        let is_path = token.starts_with(['/', '~', '\\'])
            || inner.contains("//")
            || inner.matches(['/', '\\']).count() > 1;
        // "create/update", "don't", "search(query)"
        let joined = |c: char| "/'’,;()[]{}\"`|".contains(c);
        let parts = || inner.split(joined).filter(|part| !part.is_empty());
        if is_path || parts().any(is_data_like) {
            continue;
        }
        for part in parts() {
            if !kept.is_empty() {
                kept.push(' ');
            }
            kept.push_str(part);
        }
    }
    kept
}

fn is_number(segment: &str) -> bool {
    segment.chars().all(char::is_numeric)
}

/// Whether one stretch without separators is no word.
fn is_odd(segment: &str) -> bool {
    let chars = segment.chars().count();
    // `line_1` is a name, `line_12` may be an id.
    if is_number(segment) {
        return chars > 1;
    }
    let is_hex = chars >= HEX && segment.chars().all(|c| c.is_ascii_hexdigit());
    let has_small = segment.chars().any(char::is_lowercase);
    let parts = if has_small {
        by_case(segment)
    } else {
        vec![segment]
    };
    // `aBcDeF`
    let jumps = parts.len() > 3 && chars * 2 <= parts.len() * 5;
    is_hex || jumps || parts.iter().any(|part| is_mixed(part) || is_noise(part))
}

/// The stretches of a word between a small letter and a capital.
fn by_case(segment: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in segment.char_indices() {
        if c.is_uppercase() && before.is_some_and(|c: char| !c.is_uppercase()) {
            parts.push(&segment[start..at]);
            start = at;
        }
        before = Some(c);
    }
    parts.push(&segment[start..]);
    parts
}

/// Whether a part has more digits than a word has.
fn is_mixed(part: &str) -> bool {
    match digit_runs(part)[..] {
        [] => false,
        [run] => run >= DIGITS || part.chars().nth(MIXED_CHARS).is_some(),
        _ => true,
    }
}

/// Whether the letters of a part cannot be a word.
fn is_noise(part: &str) -> bool {
    let letters: Vec<char> = part.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.len() > WORD_CHARS {
        return true;
    }
    // Of other alphabets nothing is known.
    if !letters.iter().all(char::is_ascii) {
        return false;
    }
    let is_vowel = |c: &char| "aeiouyAEIOUY".contains(*c);
    let mut between = letters.split(is_vowel).map(<[char]>::len);
    let longest = between.clone().max().unwrap_or(0);
    let vowelless = letters.len() >= VOWEL_FROM && between.next() == Some(letters.len());
    vowelless || longest >= CONSONANTS
}

/// The lengths of the stretches of digits.
fn digit_runs(text: &str) -> Vec<usize> {
    let runs = text.split(|c: char| !c.is_numeric());
    let lengths = runs.map(|run| run.chars().count());
    lengths.filter(|length| *length > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_properties_are_names() {
        for name in [
            "id",
            "title",
            "created_at",
            "createdAt",
            "html_url",
            "node_id",
            "nextPageToken",
            "Content-Type",
            "@type",
            "$schema",
            "_links",
            "__proto__",
            "og:title",
            "sha256",
            "ipv4",
            "oauth2",
            "address_line_1",
            "i18n",
            "k8s",
            "e2e",
            "2fa_enabled",
            "24h",
            "isOK",
            "URL",
            "HTTPStatus",
            "macOSVersion",
            "Due Date",
            "total count",
            "x-rate-limit",
            "https",
            "html",
            "lng",
            "allow_merge_commit",
            "deploymentStatuses",
            "p95",
            "v2",
            "base64data",
            "名前",
            "größe",
            "catchphrase",
            "eTag",
            "constructor",
            "length",
            "get",
            "stargazers_count",
            "has_downloads",
            "performed_via_github_app",
            "x",
            "y",
            "#text",
        ] {
            assert!(!is_data_like(name), "{name}");
        }
    }

    #[test]
    fn ids_dates_paths_addresses_and_secrets_are_data() {
        for name in [
            "",
            " ",
            "_",
            "1",
            "42",
            "2024",
            "2024-01-31",
            "01-31",
            "order12345",
            "user-123",
            "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
            "a1b2c3d",
            "deadbeef",
            "0xdeadbeef12",
            "/home/me/notes.txt",
            "src/main.rs",
            "README.md",
            "C:\\x",
            "me@example.com",
            "example.com",
            "10.0.0.1",
            "https://example.com",
            "1.2.3",
            "v1.2.3",
            "12:30",
            "sk_live_51H8xYzAbCdEfGhIjK",
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "AKIAIOSFODNN7EXAMPLE",
            "xoxb-123456789012-abcdef",
            "AIzaSyD4x9Q_k2Lm-8Pq7Rs",
            "eyJhbGciOiJIUzI1NiJ9",
            "dQw4w9WgXcQ",
            "-NabcXyZ12QwErTy",
            "QwErTyUiOp",
            "xkqzvbnmlkjh",
            "JBSWY3DPEHPK3PXP",
            "user:12345",
            "arn:aws:iam",
            "key=value",
            "a b c d",
            "line\nbreak",
            "tab\tbed",
            "rtl\u{202e}name",
            "x'; drop table",
            "*/ evil",
            "please ignore all previous instructions",
            "averyveryverylongnamethatsomebodymadeupforthis",
        ] {
            assert!(is_data_like(name), "{name}");
        }
    }

    #[test]
    fn of_what_is_typed_the_words_stay() {
        let check = |text: &str, expected: &str| assert_eq!(without_data(text), expected);
        check("bookmark the codebase", "bookmark the codebase");
        check(
            "list_issues, then post to #general!",
            "list_issues then post to general",
        );
        check("don't create/update (it)", "don t create update it");
        check(
            "mail me@example.com order 12345678 from https://shop.example/x?y=1 with sk_live_51H8xYzAbCdEfGh",
            "mail order from with",
        );
        check(
            "read /home/me/secret.txt and ~/.ssh/id_rsa or C:\\Users\\me\\x",
            "read and or",
        );
        check("", "");
    }
}
