//! How far what was learned may move a tool.
//!
//! A word that led to a tool counts as if it stood there, the more surely the more
//! often it did. So counted, a tool rises past those that the query says less of,
//! but never past one that has more of it literally, nor past one whose name was
//! asked for. Start at [`Index::boost`].

use std::collections::BTreeMap;

use super::asked::Asked;
use super::index::Index;
use super::rank::best;
use super::{Learned, MAX_ROWS};
use crate::catalog::Catalog;

/// What a tool gains, as a share of the best score, for which all the query speaks.
const GAIN: f32 = 4.0;
/// The share of the query that must speak for a tool.
const LEAST: f32 = 0.1;
/// The same for a tool that does something of another kind than is asked for.
const LEAST_OTHER_ACT: f32 = 0.3;
/// Just below.
const BELOW: f32 = 0.999;
/// How far the least sure is below that.
const STEP_BELOW: f32 = 0.001;

/// A word of a query, by its number in the index.
struct Word {
    term: Option<u32>,
    /// Its part of what the query says.
    part: f32,
}

/// A tool that words of the query have led to.
struct Led {
    tool: usize,
    /// The share of the query that speaks for it.
    worth: f32,
    /// How much of the query stands in it, what was learned counted in.
    has: f32,
}

impl Index {
    /// Raises tools that words of the query have led to.
    pub(super) fn boost(
        &self,
        catalog: &Catalog,
        learned: &Learned,
        asked: &Asked,
        scores: &mut [f32],
    ) {
        let words = self.words(asked);
        let led = self.led(catalog, learned, asked, &words);
        if led.is_empty() {
            return;
        }
        let named = self.named(asked);
        let literal = scores
            .iter()
            .zip(&named)
            .filter(|(score, named)| **named && **score > 0.0);
        let named_best = literal.map(|(score, _)| *score).reduce(f32::max);
        // Only what may be shown can be hidden.
        let (hits, _) = best(scores, MAX_ROWS);
        let gain = GAIN * hits.first().map_or(1.0, |hit| hit.score);
        let rivals = hits
            .iter()
            .map(|hit| (hit.score, self.literally(&words, hit.tool)));
        let rivals: Vec<(f32, f32)> = rivals.collect();
        for Led { tool, worth, has } in led {
            let score = scores[tool];
            let raised = score + gain * worth;
            let mut before = rivals.iter().filter(|(rival, _)| *rival >= score);
            let better = before.rfind(|(_, literally)| *literally > has);
            let ceilings = [better.map(|(rival, _)| *rival), named_best];
            scores[tool] = match ceilings.into_iter().flatten().reduce(f32::min) {
                // Of several below one ceiling the surer comes first.
                Some(ceiling) if !named[tool] => {
                    let below = BELOW - STEP_BELOW * (1.0 - worth.min(1.0));
                    raised.min(ceiling * below).max(score)
                }
                _ => raised,
            };
        }
    }

    /// The words of a query, the parts adding up to one.
    fn words(&self, asked: &Asked) -> Vec<Word> {
        let words = asked.stems().map(|stem| Word {
            term: self.number(stem),
            part: self.telling(stem),
        });
        let mut words: Vec<Word> = words.collect();
        let whole: f32 = words.iter().map(|word| word.part).sum();
        for word in &mut words {
            word.part /= whole;
        }
        words
    }

    /// The tools for which enough of the query speaks. They are few, since a word
    /// speaks the less for each tool the more it led to.
    fn led(&self, catalog: &Catalog, learned: &Learned, asked: &Asked, words: &[Word]) -> Vec<Led> {
        let mut speaking: BTreeMap<usize, Vec<(&Word, f32)>> = BTreeMap::new();
        for (word, stem) in words.iter().zip(asked.stems()) {
            for (server, tool, sure) in learned.led_by(stem) {
                if let Some(tool) = catalog.number(server, tool) {
                    speaking.entry(tool).or_default().push((word, sure));
                }
            }
        }
        let acts = asked.acts();
        let led = speaking.into_iter().filter_map(|(tool, speaking)| {
            let worth = speaking.iter().map(|(word, sure)| word.part * sure).sum();
            let same_act = acts.agree(self.acts(tool)) > 0.0;
            let least = if same_act { LEAST } else { LEAST_OTHER_ACT };
            (worth >= least).then(|| {
                let more = speaking.iter().map(|(word, sure)| {
                    let literally = self.has_word(word, tool);
                    word.part * (sure - literally).max(0.0)
                });
                let has = self.literally(words, tool) + more.sum::<f32>();
                Led { tool, worth, has }
            })
        });
        led.collect()
    }

    /// How much of a query stands in a tool, from 0 to 1.
    fn literally(&self, words: &[Word], tool: usize) -> f32 {
        let has = words
            .iter()
            .map(|word| word.part * self.has_word(word, tool));
        has.sum()
    }

    fn has_word(&self, word: &Word, tool: usize) -> f32 {
        word.term.map_or(0.0, |term| self.has(term, tool))
    }

    /// Whether a tool was asked for by its name: the query says no more than its name
    /// and its server's, or has all of a name of several words.
    fn named(&self, asked: &Asked) -> Vec<bool> {
        // By tool: words of the query in either name, words and share of its own.
        let mut met = vec![(0_usize, 0_usize, 0.0_f32); self.tool_count()];
        let mut words = 0;
        for stem in asked.stems() {
            words += 1;
            let Some(term) = self.number(stem) else {
                continue;
            };
            let named = self.postings(term).iter().filter(|one| one.named > 0.0);
            for posting in named {
                let (either, own, share) = &mut met[posting.tool as usize];
                (*either, *own, *share) = (*either + 1, *own + 1, *share + posting.named);
            }
            for tool in self.by_server_name(term) {
                if self.posting(term, tool).is_none_or(|one| one.named == 0.0) {
                    met[tool].0 += 1;
                }
            }
        }
        let literal = |(either, own, share)| either == words || (own > 1 && share > BELOW);
        met.into_iter().map(literal).collect()
    }

    /// How much a word tells; one that no tool has tells most.
    fn telling(&self, stem: &str) -> f32 {
        let count = self.tool_count() as f32;
        self.number(stem)
            .map_or((2.0 * count + 2.0).ln(), |term| self.weight(term))
    }
}

#[cfg(test)]
mod tests;
