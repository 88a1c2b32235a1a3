//! The words of a catalog in alphabetical order, each known by its place in it.
//!
//! It knows spellings, not meanings. Start at [`Vocabulary::number`].

use std::ops::Range;

/// Shortest word in which a slip is looked for, in bytes.
const SLIP_BYTES: usize = 5;

/// Distinct words, sorted.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    text: String,
    ends: Vec<u32>,
}

impl Vocabulary {
    /// Of distinct words; also gives the place of each.
    pub(super) fn new(words: Vec<String>) -> (Self, Vec<u32>) {
        let mut order: Vec<u32> = (0..words.len() as u32).collect();
        order.sort_unstable_by_key(|word| &words[*word as usize]);
        let mut places = vec![0; words.len()];
        let mut vocabulary = Self::default();
        for (place, word) in (0..).zip(order) {
            places[word as usize] = place;
            vocabulary.text.push_str(&words[word as usize]);
            vocabulary.ends.push(vocabulary.text.len() as u32);
        }
        vocabulary.text.shrink_to_fit();
        (vocabulary, places)
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn bytes(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<u32>()
    }

    /// The place of a word, if it is there.
    pub(super) fn number(&self, word: &str) -> Option<u32> {
        let at = self.first_not(|known| known < word);
        (at < self.len() && self.word(at) == word).then_some(at as u32)
    }

    /// Whether any word begins like this.
    pub(super) fn begins(&self, prefix: &str) -> bool {
        let at = self.first_not(|known| known < prefix);
        at < self.len() && self.word(at).starts_with(prefix)
    }

    /// Words with their places.
    pub(super) fn all(&self) -> impl Iterator<Item = (u32, &str)> {
        (0..self.len()).map(|at| (at as u32, self.word(at)))
    }

    /// Words that become `word` by one slip after the first letter: a letter left
    /// out, added, changed, or changed places with the next.
    pub(super) fn slips(&self, word: &str) -> impl Iterator<Item = u32> {
        let near = self.like(word).filter(move |at| {
            let known = self.word(*at);
            known.len() >= SLIP_BYTES && is_slip(known.as_bytes(), word.as_bytes())
        });
        near.map(|at| at as u32)
    }

    /// Those with the same first letter, where a slip may be looked for at all.
    fn like(&self, word: &str) -> Range<usize> {
        let letters = word.bytes().all(|byte| byte.is_ascii_lowercase());
        if !letters || word.len() < SLIP_BYTES {
            return 0..0;
        }
        let first = word.as_bytes()[0];
        let start = self.first_not(|known| known.as_bytes() < &[first][..]);
        let end = self.first_not(|known| known.as_bytes() < &[first + 1][..]);
        start..end
    }

    /// The place of the first word of which something does not hold that holds of
    /// all before it.
    fn first_not(&self, holds: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if holds(self.word(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn word(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[at] as usize]
    }
}

fn is_slip(a: &[u8], b: &[u8]) -> bool {
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev());
    let same = same.take_while(|(a, b)| a == b).count();
    match (&a[..a.len() - same], &b[..b.len() - same]) {
        ([], [_]) | ([_], [] | [_]) => true,
        ([a, b], [c, d]) => (a, b) == (d, c),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let words = ["issu", "list", "repositori", "lost", "ärger", "issuer"];
        let (vocabulary, places) = Vocabulary::new(words.map(str::to_owned).to_vec());
        assert_eq!(places, [0, 2, 4, 3, 5, 1]);
        vocabulary
    }

    #[test]
    fn words_are_known_by_their_place() {
        let vocabulary = vocabulary();
        for (number, word) in vocabulary.all() {
            assert_eq!(vocabulary.number(word), Some(number));
        }
        for unknown in ["", "a", "lis", "lists", "zzz", "ä"] {
            assert_eq!(vocabulary.number(unknown), None, "{unknown}");
        }
        assert_eq!(Vocabulary::default().number("a"), None);
        for (prefix, begins) in [
            ("iss", true),
            ("issue", true),
            ("issuers", false),
            ("x", false),
        ] {
            assert_eq!(vocabulary.begins(prefix), begins, "{prefix}");
        }
    }

    #[test]
    fn one_slip_is_seen_and_no_more() {
        let vocabulary = vocabulary();
        let check = |word: &str, expected: &[&str]| {
            let slips: Vec<&str> = vocabulary
                .slips(word)
                .map(|at| vocabulary.word(at as usize))
                .collect();
            assert_eq!(slips, expected, "{word}");
        };
        check("repositri", &["repositori"]);
        check("repositroi", &["repositori"]);
        check("repositoorri", &[]);
        check("isuser", &["issuer"]);
        check("issue", &["issuer"]);
        check("epositori", &[]);
        // Short words have too many neighbours.
        check("lits", &[]);
        check("ärge", &[]);
    }
}
