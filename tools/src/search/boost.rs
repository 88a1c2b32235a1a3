//! How far what was learned may move a tool.
//!
//! Few tools are raised, each by a share of the best score, and never past one
//! whose name was asked for literally. Start at [`Index::boost`].

use super::Learned;
use super::asked::Asked;
use super::index::Index;
use crate::catalog::Catalog;

/// What a tool gains, as a share of the best score, for which all the query speaks.
const GAIN: f32 = 2.0;
/// What of that is lost where all of the query stands in the tool that is best.
const DOUBT: f32 = 0.5;
/// The share of the query that must speak for a tool.
const LEAST: f32 = 0.2;
/// The same for a tool that does something of another kind than is asked for.
const LEAST_OTHER_ACT: f32 = 0.6;
/// Tools raised for one query.
const TOOLS: usize = 3;
/// Just below.
const BELOW: f32 = 0.999;

impl Index {
    pub(super) fn boost(
        &self,
        catalog: &Catalog,
        learned: &Learned,
        asked: &Asked,
        scores: &mut [f32],
    ) {
        let stems: Vec<&str> = asked.stems().collect();
        let boosts = learned.boosts(&stems, |stem| self.telling(stem));
        let acts = asked.acts();
        let known = boosts.into_iter().filter_map(|(server, tool, worth)| {
            let tool = catalog.number(server, tool)?;
            let least = if acts.agree(self.acts(tool)) > 0.0 {
                LEAST
            } else {
                LEAST_OTHER_ACT
            };
            (worth >= least).then_some((tool, worth))
        });
        let mut known: Vec<(usize, f32)> = known.collect();
        if known.is_empty() {
            return;
        }
        known.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let (top, best) = scores
            .iter()
            .enumerate()
            .fold((0, 0.0), |best, (tool, score)| {
                if *score > best.1 {
                    (tool, *score)
                } else {
                    best
                }
            });
        let gain = if best > 0.0 {
            GAIN * best * (1.0 - DOUBT * self.met(asked, top))
        } else {
            GAIN
        };
        let named = self.named(asked);
        let literal = scores.iter().zip(&named).filter(|(_, named)| **named);
        let ceiling = literal.map(|(score, _)| *score * BELOW).reduce(f32::max);
        for (tool, worth) in known.into_iter().take(TOOLS) {
            let raised = scores[tool] + gain * worth;
            scores[tool] = match ceiling {
                Some(ceiling) if !named[tool] => raised.min(ceiling).max(scores[tool]),
                _ => raised,
            };
        }
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

    /// How much of a query stands literally in a tool or its server's name.
    fn met(&self, asked: &Asked, tool: usize) -> f32 {
        let (mut met, mut all) = (0.0, 0.0);
        for stem in asked.stems() {
            let weight = self.telling(stem);
            all += weight;
            let has = self.number(stem).is_some_and(|term| {
                self.server_has(term, tool) || self.posting(term, tool).is_some()
            });
            met += if has { weight } else { 0.0 };
        }
        met / f32::max(all, f32::MIN_POSITIVE)
    }

    /// How much a word tells; one that no tool has tells most.
    fn telling(&self, stem: &str) -> f32 {
        let count = self.tool_count() as f32;
        self.number(stem)
            .map_or((2.0 * count + 2.0).ln(), |term| self.weight(term))
    }
}
