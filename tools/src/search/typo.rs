//! Words that were probably meant by a mistyped one.

use std::collections::HashMap;

/// How alike a mistyped word must be, by shared trigrams.
const FLOOR: f64 = 0.4;

/// Known words that share most trigrams with `asked`, at most three, each with its
/// likeness.
pub(super) fn alike(vocabulary: &HashMap<String, u32>, asked: &str) -> Vec<(u32, f64)> {
    let wanted = trigrams(asked);
    let mut found: Vec<(f64, &String, u32)> = vocabulary
        .iter()
        .filter(|(word, _)| word.len().abs_diff(asked.len()) <= 3)
        .map(|(word, term)| (overlap(&wanted, &trigrams(word)), word, *term))
        .filter(|(likeness, _, _)| *likeness >= FLOOR)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    found.truncate(3);
    found
        .into_iter()
        .map(|(likeness, _, term)| (term, likeness))
        .collect()
}

fn trigrams(word: &str) -> Vec<[char; 3]> {
    let chars: Vec<char> = [' ', ' ']
        .into_iter()
        .chain(word.chars())
        .chain([' '])
        .collect();
    chars
        .windows(3)
        .map(|three| [three[0], three[1], three[2]])
        .collect()
}

fn overlap(a: &[[char; 3]], b: &[[char; 3]]) -> f64 {
    let shared = a.iter().filter(|three| b.contains(three)).count();
    2.0 * shared as f64 / (a.len() + b.len()) as f64
}
