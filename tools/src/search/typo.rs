//! Words that were probably meant by a mistyped one.

use super::vocabulary::Vocabulary;

/// How alike a mistyped word must be, by shared trigrams.
const FLOOR: f32 = 0.4;

/// Known words that share most trigrams with `asked`, at most three, each with its
/// likeness.
pub(super) fn alike(vocabulary: &Vocabulary, asked: &str) -> Vec<(u32, f32)> {
    let wanted = trigrams(asked);
    let letters = letters(asked);
    let mut found: Vec<(f32, u32)> = vocabulary
        .all()
        .filter(|(_, word)| word.len().abs_diff(asked.len()) <= 3)
        // Of most words a look at their letters is enough.
        .filter(|(_, word)| 2 * (letters & self::letters(word)).count_ones() > letters.count_ones())
        .map(|(number, word)| (overlap(&wanted, &trigrams(word)), number))
        .filter(|(likeness, _)| *likeness >= FLOOR)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.truncate(3);
    found
        .into_iter()
        .map(|(likeness, number)| (number, likeness))
        .collect()
}

/// Which letters a word has, as bits; several share one.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |bits, byte| bits | 1 << (byte % 32))
}

fn trigrams(word: &str) -> Vec<[char; 3]> {
    let around = [' ', ' '].into_iter().chain(word.chars()).chain([' ']);
    let chars: Vec<char> = around.collect();
    chars
        .windows(3)
        .map(|three| [three[0], three[1], three[2]])
        .collect()
}

fn overlap(a: &[[char; 3]], b: &[[char; 3]]) -> f32 {
    let shared = a.iter().filter(|three| b.contains(three)).count();
    2.0 * shared as f32 / (a.len() + b.len()) as f32
}
