//! Text as stemmed words, the same for tools and for queries.

use rust_stemmers::{Algorithm, Stemmer};

/// Longest word kept, in bytes.
const WORD_BYTES: usize = 40;

/// Words that tell no two tools apart.
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
        let parts = parts(chunk);
        if parts.len() > 1 {
            for part in &parts {
                self.stemmed(part, &mut each);
            }
        }
        self.stemmed(chunk, &mut each);
    }

    /// Calls `each` with the parts of `chunk` only, in lower case and stemmed.
    pub(super) fn parts(&self, chunk: &str, mut each: impl FnMut(&str, &str)) {
        for part in parts(chunk) {
            let lower = part.to_lowercase();
            if lower.len() <= WORD_BYTES && !STOP.contains(&&*lower) {
                each(&lower, &self.stemmer.stem(&lower));
            }
        }
    }

    fn stemmed(&self, word: &str, each: &mut impl FnMut(&str)) {
        if word.len() > WORD_BYTES {
            return;
        }
        let lower = word.to_lowercase();
        if !STOP.contains(&&*lower) {
            each(&self.stemmer.stem(&lower));
        }
    }
}

/// The parts of a word by case and digits: `listPRs2` is `list`, `PRs`, `2`;
/// `HTTPServer` is `HTTP`, `Server`.
fn parts(word: &str) -> Vec<&str> {
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
        if rises || acronym_ends || digits {
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
    }
}
