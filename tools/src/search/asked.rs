//! A query as words that the index knows, and what may stand for each.
//!
//! Spellings, joined and split forms, synonyms and, where nothing else is known,
//! typos. What a match is worth is decided in `rank`. Start at [`Asked::read`].

use super::index::Index;
use super::synonyms::{Nearness, Synonyms};
use super::typo;
use super::verbs::Acts;
use super::words::{Words, chunks};

/// Most distinct words of a query that count.
const WORDS: usize = 64;
/// Longest query read, in bytes.
const BYTES: usize = 4_000;
/// Shortest part of a word that is split in two.
const PART_BYTES: usize = 3;
/// Most words of a query that are helped by others: a longer one says enough.
const SHORT: usize = 16;
/// What a word is worth that is often said for the one asked.
const NEAR: f64 = 0.55;

/// A query, stemmed.
pub(super) struct Asked {
    pub(super) words: Vec<AskedWord>,
}

/// One distinct word of a query.
pub(super) struct AskedWord {
    pub(super) stem: String,
    /// As it stands in the query, in lower case.
    written: String,
    /// With a neighbour as one word, stemmed, and which word that neighbour is.
    joined: Vec<(String, usize)>,
}

/// What may stand for one word, by number in the index, with what it is worth
/// beside the word itself; the word itself first, if the index has it.
pub(super) struct Group {
    pub(super) terms: Vec<(u32, f64)>,
}

impl Asked {
    pub(super) fn read(query: &str) -> Self {
        let query = &query[..query.floor_char_boundary(BYTES)];
        let reader = Words::new();
        let mut words: Vec<AskedWord> = Vec::new();
        let mut pairs = Vec::new();
        let mut before: Option<(&str, usize)> = None;
        for chunk in chunks(query) {
            let first = words.len();
            reader.of(chunk, |stem| {
                if words.len() < WORDS && !words.iter().any(|known| known.stem == stem) {
                    words.push(AskedWord {
                        stem: stem.to_owned(),
                        written: chunk.to_lowercase(),
                        joined: Vec::new(),
                    });
                }
            });
            let here = (words.len() > first).then_some((chunk, first));
            pairs.extend(before.zip(here));
            before = here;
        }
        if words.len() <= SHORT {
            for ((one, i), (other, j)) in pairs {
                reader.of(&format!("{one}{other}").to_lowercase(), |stem| {
                    words[i].joined.push((stem.to_owned(), j));
                    words[j].joined.push((stem.to_owned(), i));
                });
            }
        }
        Self { words }
    }

    pub(super) fn stems(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| &*word.stem)
    }

    pub(super) fn acts(&self) -> Acts {
        Acts::of(self.stems())
    }

    /// Each word alone.
    pub(super) fn literal(&self, index: &Index) -> Vec<Group> {
        let known = self.stems().filter_map(|stem| index.number(stem));
        known
            .map(|number| Group {
                terms: vec![(number, 1.0)],
            })
            .collect()
    }

    /// Each word with everything that may stand for it.
    pub(super) fn widened(&self, index: &Index) -> Vec<Group> {
        let mut groups = Vec::with_capacity(self.words.len());
        let short = self.words.len() <= SHORT;
        for word in &self.words {
            let own = index.number(&word.stem);
            let mut terms: Vec<(u32, f64)> = own.map(|own| (own, 1.0)).into_iter().collect();
            let mut add = |stem: &str, worth: f64| {
                let Some(number) = index.number(stem) else {
                    return;
                };
                // What stands for a common word is not worth more for being rare.
                let rarer = own.map_or(1.0, |own| index.weight(own) / index.weight(number));
                terms.push((number, worth * rarer.min(1.0)));
            };
            for (joined, neighbour) in &word.joined {
                let neighbour = index.number(&self.words[*neighbour].stem);
                let apart = own.zip(neighbour);
                // Where names have both words, the joined form says nothing new.
                if !apart.is_some_and(|(own, other)| index.named_together(own, other)) {
                    add(joined, 1.0);
                }
            }
            for (stem, nearness) in Synonyms::get().of(&word.stem) {
                match nearness {
                    Nearness::Same => add(stem, 1.0),
                    Nearness::Near if short => add(stem, NEAR),
                    Nearness::Near => {}
                }
            }
            if terms.is_empty() {
                groups.extend(split(&word.written, index));
            } else {
                groups.push(Group { terms });
            }
        }
        groups
    }

    /// Words like those asked, for a query of which nothing is known.
    pub(super) fn guessed(&self, index: &Index) -> Vec<Group> {
        let alike = self
            .stems()
            .flat_map(|stem| typo::alike(index.vocabulary(), stem));
        alike
            .map(|(number, likeness)| Group {
                terms: vec![(number, likeness)],
            })
            .collect()
    }
}

/// The two words that `word` is made of, if some tool's name has both; the longest
/// first part counts.
fn split(word: &str, index: &Index) -> Vec<Group> {
    let stems = Words::new();
    let known = |part: &str| {
        let mut number = None;
        stems.of(part, |stem| number = index.number(stem));
        number
    };
    let places = word.char_indices().map(|(at, _)| at).rev();
    let mut places = places.filter(|at| *at >= PART_BYTES && word.len() - at >= PART_BYTES);
    let found = places.find_map(|at| {
        let both = [known(&word[..at])?, known(&word[at..])?];
        index.named_together(both[0], both[1]).then_some(both)
    });
    let group = |number| Group {
        terms: vec![(number, 1.0)],
    };
    found.map_or(Vec::new(), |both| both.map(group).into())
}
