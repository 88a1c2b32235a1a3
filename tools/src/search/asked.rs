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
const NEAR: f32 = 0.55;
/// What a word is worth that becomes the one asked by one slip of the pen.
const SLIP: f32 = 0.8;
/// Words taken for the one asked by a slip.
const SLIPS: usize = 2;

/// A query, stemmed.
pub(super) struct Asked {
    pub(super) words: Vec<AskedWord>,
}

/// One distinct word of a query.
pub(super) struct AskedWord {
    pub(super) stem: String,
    /// As it stands in the query, in lower case.
    written: String,
    /// The chunk of the query that it comes from.
    chunk: usize,
}

/// What may stand for one word, by number in the index, with what it is worth
/// beside the word itself; the word itself first, if the index has it.
pub(super) struct Group {
    pub(super) terms: Vec<(u32, f32)>,
}

impl Asked {
    pub(super) fn read(query: &str) -> Self {
        let query = &query[..query.floor_char_boundary(BYTES)];
        let reader = Words::new();
        let mut words: Vec<AskedWord> = Vec::new();
        for (number, chunk) in chunks(query).enumerate() {
            if words.len() == WORDS {
                break;
            }
            reader.of(chunk, |stem| {
                if words.len() < WORDS && !words.iter().any(|known| known.stem == stem) {
                    words.push(AskedWord {
                        stem: stem.to_owned(),
                        written: chunk.to_lowercase(),
                        chunk: number,
                    });
                }
            });
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
        let joined = if short {
            self.joined(index)
        } else {
            Vec::new()
        };
        for (place, word) in self.words.iter().enumerate() {
            let own = index.number(&word.stem);
            let mut terms: Vec<(u32, f32)> = own.map(|own| (own, 1.0)).into_iter().collect();
            let mut add = |number: u32, worth: f32| {
                // What stands for a common word is not worth more for being rare.
                let rarer = own.map_or(1.0, |own| index.weight(own) / index.weight(number));
                terms.push((number, worth * rarer.min(1.0)));
            };
            for (_, joined) in joined.iter().filter(|(of, _)| of.contains(&place)) {
                add(*joined, 1.0);
            }
            for (number, nearness) in index.stand_ins(&word.stem) {
                match nearness {
                    Nearness::Same => add(*number, 1.0),
                    Nearness::Near if short => add(*number, NEAR),
                    Nearness::Near => {}
                }
            }
            if terms.is_empty() {
                groups.extend(word.unknown(index, short));
            } else {
                groups.push(Group { terms });
            }
        }
        groups
    }

    /// Neighbours that are one word elsewhere: the places of both, and that word.
    fn joined(&self, index: &Index) -> Vec<([usize; 2], u32)> {
        let reader = Words::new();
        let mut joined = Vec::new();
        let begins = |at: usize| at == 0 || self.words[at - 1].chunk != self.words[at].chunk;
        let mut firsts = (0..self.words.len()).filter(|at| begins(*at)).peekable();
        while let Some(one) = firsts.next() {
            let Some(&other) = firsts.peek() else {
                break;
            };
            let (before, after) = (&self.words[one], &self.words[other]);
            let begin = after.written.chars().next().map_or(0, char::len_utf8);
            let mut both = format!("{}{}", before.written, &after.written[..begin]);
            // Stemming takes longer than seeing that there is no such word.
            if before.chunk + 1 < after.chunk || !index.vocabulary().begins(&both) {
                continue;
            }
            both.push_str(&after.written[begin..]);
            reader.whole(&both, |stem| {
                let apart = index.number(&before.stem).zip(index.number(&after.stem));
                // Where names have both words, the joined form says nothing new.
                let told = apart.is_some_and(|(a, b)| index.named_together(a, b));
                let number = index.number(stem).filter(|_| !told);
                joined.extend(number.map(|number| ([one, other], number)));
            });
        }
        joined
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

impl AskedWord {
    /// What a word may mean that no tool has.
    fn unknown(&self, index: &Index, short: bool) -> Vec<Group> {
        let both = split(&self.written, index);
        if !both.is_empty() || !short || Synonyms::get().knows(&self.stem) {
            return both;
        }
        let mut slips: Vec<u32> = index.vocabulary().slips(&self.stem).collect();
        if let Some(start) = self.stem.strip_suffix('y') {
            // Stemming changes it after most letters: `repositri` is `repository`.
            slips.extend(index.vocabulary().slips(&format!("{start}i")));
        }
        slips.sort_unstable_by_key(|slip| (std::cmp::Reverse(index.postings(*slip).len()), *slip));
        slips.dedup();
        let terms = slips.into_iter().take(SLIPS).map(|slip| (slip, SLIP));
        let terms: Vec<(u32, f32)> = terms.collect();
        if terms.is_empty() {
            Vec::new()
        } else {
            vec![Group { terms }]
        }
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
        // Looked up as it stands in names, since stemming every start takes long.
        let both = [index.part(&word[..at])?, known(&word[at..])?];
        index.named_together(both[0], both[1]).then_some(both)
    });
    let group = |number| Group {
        terms: vec![(number, 1.0)],
    };
    found.map_or(Vec::new(), |both| both.map(group).into())
}
