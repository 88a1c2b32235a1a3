//! Text as stemmed words, the same for tools and for queries.

use rust_stemmers::{Algorithm, Stemmer};

/// Longest word kept, in bytes.
const WORD_BYTES: usize = 40;
/// Most of a chunk that is read, in bytes; what is longer is no identifier.
const CHUNK_BYTES: usize = 256;

/// Words that tell no two tools apart, in alphabetical order.
const STOP: [&str; 62] = [
    "a", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did",
    "do", "does", "each", "for", "from", "had", "has", "have", "i", "if", "in", "into", "is", "it",
    "its", "me", "my", "need", "of", "on", "or", "our", "please", "should", "so", "some", "that",
    "the", "their", "them", "then", "there", "these", "this", "to", "use", "using", "via", "want",
    "was", "we", "were", "what", "which", "will", "with", "you", "your",
];

/// The stretches of letters and digits in `text`.
pub(super) fn chunks(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|chunk| !chunk.is_empty())
}

/// Turns a chunk into the words it is looked up by.
pub(super) struct Words {
    stemmer: Stemmer,
}

impl Words {
    pub(super) fn new() -> Self {
        Self {
            stemmer: Stemmer::create(Algorithm::English),
        }
    }

    /// Calls `each` with every stemmed word of `chunk`: its parts, and the whole
    /// as one word. `SharePoint` is `share`, `point` and `sharepoint`.
    pub(super) fn of(&self, chunk: &str, mut each: impl FnMut(&str)) {
        let chunk = &chunk[..chunk.floor_char_boundary(CHUNK_BYTES)];
        if is_plain(chunk) {
            self.word(chunk, &mut |_, stem| each(stem));
            return;
        }
        let parts = parts(chunk);
        for part in &parts {
            self.part(part, &mut |_, stem| each(stem));
        }
        if parts.len() > 1 && !chunk.contains(is_unspaced) {
            self.word(&chunk.to_lowercase(), &mut |_, stem| each(stem));
        }
    }

    /// Calls `each` with the parts of `chunk` only, in lower case and stemmed.
    pub(super) fn parts(&self, chunk: &str, mut each: impl FnMut(&str, &str)) {
        let chunk = &chunk[..chunk.floor_char_boundary(CHUNK_BYTES)];
        for part in parts(chunk) {
            self.part(part, &mut each);
        }
    }

    /// Calls `each` with a word in lower case, stemmed, whatever its parts are.
    pub(super) fn whole(&self, lower: &str, mut each: impl FnMut(&str)) {
        self.word(lower, &mut |_, stem| each(stem));
    }

    fn part(&self, part: &str, each: &mut impl FnMut(&str, &str)) {
        if is_plain(part) {
            self.word(part, each);
        } else if part.starts_with(is_unspaced) {
            pairs(part).for_each(|pair| each(pair, pair));
        } else {
            self.word(&part.to_lowercase(), each);
        }
    }

    fn word(&self, lower: &str, each: &mut impl FnMut(&str, &str)) {
        if lower.len() <= WORD_BYTES && STOP.binary_search(&lower).is_err() {
            each(lower, &self.stemmer.stem(lower));
        }
    }
}

/// Whether a chunk is one part in lower case; most are.
fn is_plain(chunk: &str) -> bool {
    chunk.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Letters of scripts that put no space between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3134f}')
}

/// Every two letters that stand side by side, or the one there is: what stands for
/// words where nothing separates them.
fn pairs(part: &str) -> impl Iterator<Item = &str> {
    let ends = part.char_indices().map(|(at, c)| at + c.len_utf8());
    let alone = ends.clone().nth(1).is_none();
    let starts = part.char_indices().map(|(at, _)| at);
    let pairs = starts.zip(ends.skip(usize::from(!alone)));
    pairs.map(|(start, end)| &part[start..end])
}

/// The parts of a word by case, digits and script: `listPRs2` is `list`, `PRs`, `2`;
/// `HTTPServer` is `HTTP`, `Server`.
fn parts(word: &str) -> Vec<&str> {
    if is_plain(word) {
        return vec![word];
    }
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    let mut parts = Vec::new();
    let mut start = 0;
    for i in 1..chars.len() {
        let (before, (at, here)) = (chars[i - 1].1, chars[i]);
        let after = chars.get(i + 1).map(|(_, c)| *c);
        let rises = before.is_lowercase() && here.is_uppercase();
        // The last capital of several begins a word, unless only a plural follows.
        let acronym_ends = before.is_uppercase()
            && here.is_uppercase()
            && after.is_some_and(char::is_lowercase)
            && !(after == Some('s') && i + 2 == chars.len());
        let digits = before.is_numeric() != here.is_numeric();
        let script = is_unspaced(before) != is_unspaced(here);
        if rises || acronym_ends || digits || script {
            parts.push(&word[start..at]);
            start = at;
        }
    }
    parts.push(&word[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let mut found = Vec::new();
        let words = Words::new();
        for chunk in chunks(text) {
            words.of(chunk, |word| found.push(word.to_owned()));
        }
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn identifiers_give_their_parts_and_the_whole() {
        check("list_issues", &["list", "issu"]);
        check("SharePoint", &["share", "point", "sharepoint"]);
        check("getHTTPServer", &["get", "http", "server", "gethttpserv"]);
        check("listPRs", &["list", "prs", "listpr"]);
        check("s3", &["s", "3", "s3"]);
    }

    #[test]
    fn stop_words_and_case_do_not_count() {
        check(
            "Find the PULL requests of a repository",
            &["find", "pull", "request", "repositori"],
        );
        check(&"x".repeat(100), &[]);
        assert!(STOP.is_sorted());
    }

    #[test]
    fn where_nothing_separates_words_pairs_of_letters_stand_for_them() {
        check("查询天气", &["查询", "询天", "天气"]);
        check("用GitHub搜索", &["用", "git", "hub", "搜索"]);
        check("天", &["天"]);
        check("Überblick größe", &["überblick", "größe"]);
    }

    #[test]
    fn of_endless_words_little_is_read() {
        let mut count = 0;
        Words::new().of(&"aB".repeat(100_000), |_| count += 1);
        assert!(count < 200, "{count}");
        Words::new().of(&"天".repeat(100_000), |_| count += 1);
        assert!(count < 400, "{count}");
    }
}
