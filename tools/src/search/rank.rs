//! What each tool is worth for a query.
//!
//! Words count by BM25F; what stands for a word counts less; to that come how much
//! of the query and of a tool's name agree, whether both speak of the same kind of
//! act, what else of the same server fits, and how near the tool lies in meaning.
//! Start at
//! [`Index::find`].

use super::asked::{Asked, Group};
use super::index::Index;
use super::{Hit, Learned, Ranking};
use crate::catalog::Catalog;

/// Most that the server's name adds, as a share of what the tool has by itself.
const SERVER_CAP: f32 = 0.5;
/// How much of a score depends on how much of the query is met.
const COVERAGE: f64 = 0.3;
/// What it adds that the whole name was asked for; the best by words alone has 1.
const WHOLE_NAME: f64 = 0.1;
/// What the same kind of act adds.
const SAME_ACT: f64 = 0.15;
/// What a server adds of which every tool is as good as the best.
const COMPANY: f64 = 0.7;
/// Tools that a server is thought to have besides, so that few do not count for much.
const STRANGERS: f64 = 5.0;
/// What it adds to mean the same.
const MEANING: f64 = 0.4;
/// What the whole query is worth beside one of its steps.
const STEP_OF: f64 = 0.3;
/// What a tool must have of the best score to be shown.
const FLOOR: f64 = 0.15;

/// What words say of one tool.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    own: f32,
    server: f32,
    /// Of the query's words, by weight.
    met: f32,
    /// Of the tool's name, as a share.
    named: f32,
    /// The best of the group being added, and which group that is.
    group: u32,
    best: Best,
}

#[derive(Debug, Clone, Copy, Default)]
struct Best {
    own: f32,
    server: f32,
    factor: f32,
    named: f32,
}

/// What is searched for in an index.
pub(super) struct Wanted<'a> {
    pub(super) query: &'a str,
    /// What each tool is worth for the query that it is one step of.
    pub(super) step_of: Option<&'a [f64]>,
    pub(super) ranking: Ranking,
    pub(super) learned: Option<&'a Learned>,
}

impl Index {
    /// What each tool is worth among those that `may` be shown; nothing for those
    /// that do not match.
    pub(super) fn find(
        &self,
        catalog: &Catalog,
        wanted: &Wanted<'_>,
        may: impl Fn(usize) -> bool,
    ) -> Vec<f64> {
        let asked = Asked::read(wanted.query);
        let mut scores = self.scores(&asked, wanted.ranking, &may);
        if let Some(whole) = wanted.step_of {
            for (score, whole) in scores.iter_mut().zip(whole) {
                *score += if *score > 0.0 { STEP_OF * whole } else { 0.0 };
            }
        }
        if let Some(learned) = wanted.learned {
            self.boost(catalog, learned, &asked, &mut scores);
        }
        for (tool, score) in scores.iter_mut().enumerate() {
            if !may(tool) {
                *score = 0.0;
            }
        }
        scores
    }

    fn scores(&self, asked: &Asked, ranking: Ranking, may: &impl Fn(usize) -> bool) -> Vec<f64> {
        let groups = match ranking {
            Ranking::Words => asked.literal(self),
            Ranking::Full => asked.widened(self),
        };
        let scores = self.scores_of(asked, &groups, ranking);
        let found = |(tool, score): (usize, &f64)| *score > 0.0 && may(tool);
        if scores.iter().enumerate().any(found) {
            return scores;
        }
        self.scores_of(asked, &asked.guessed(self), ranking)
    }

    fn scores_of(&self, asked: &Asked, groups: &[Group], ranking: Ranking) -> Vec<f64> {
        let tallies = self.tally(groups);
        match ranking {
            Ranking::Words => tallies.iter().map(Tally::words).collect(),
            Ranking::Full => self.full(asked, groups, &tallies),
        }
    }

    /// Adds up what stands in the postings.
    fn tally(&self, groups: &[Group]) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); self.tool_count()];
        for (number, group) in (1..).zip(groups) {
            let weight = self.group_weight(group) as f32;
            if let [(term, factor)] = group.terms[..] {
                self.tally_alone(&mut tallies, term, factor as f32, weight);
                continue;
            }
            for &(term, factor) in &group.terms {
                let term = self.term(term);
                let (worth, factor) = ((term.weight * factor) as f32, factor as f32);
                for posting in &term.postings {
                    let tally = tallies[posting.tool as usize].open(number);
                    let own = worth * posting.share;
                    raise(&mut tally.own, &mut tally.best.own, own);
                    let named = factor * posting.named;
                    raise(&mut tally.named, &mut tally.best.named, named);
                    raise_by(&mut tally.met, &mut tally.best.factor, factor, weight);
                }
                for &tool in &term.servers {
                    let tally = tallies[tool as usize].open(number);
                    raise(&mut tally.server, &mut tally.best.server, worth);
                    raise_by(&mut tally.met, &mut tally.best.factor, factor, weight);
                }
            }
        }
        tallies
    }

    /// A word for which nothing else may stand; most words of long queries are.
    fn tally_alone(&self, tallies: &mut [Tally], term: u32, factor: f32, weight: f32) {
        let term = self.term(term);
        let worth = term.weight as f32 * factor;
        for posting in &term.postings {
            let tally = &mut tallies[posting.tool as usize];
            tally.own += worth * posting.share;
            tally.named += factor * posting.named;
            tally.met += factor * weight;
        }
        for &tool in &term.servers {
            let tally = &mut tallies[tool as usize];
            tally.server += worth;
            let in_tool = term.postings.binary_search_by_key(&tool, |one| one.tool);
            tally.met += if in_tool.is_ok() {
                0.0
            } else {
                factor * weight
            };
        }
    }

    /// What the best term of a group weighs.
    fn group_weight(&self, group: &Group) -> f64 {
        let weights = group
            .terms
            .iter()
            .map(|(term, factor)| self.weight(*term) * factor);
        weights.fold(0.0, f64::max)
    }

    fn full(&self, asked: &Asked, groups: &[Group], tallies: &[Tally]) -> Vec<f64> {
        let top = tallies.iter().map(Tally::words).fold(0.0, f64::max);
        if top == 0.0 {
            return vec![0.0; tallies.len()];
        }
        let all: f64 = groups.iter().map(|group| self.group_weight(group)).sum();
        let acts = asked.acts();
        let mut scores: Vec<f64> = tallies
            .iter()
            .enumerate()
            .map(|(tool, tally)| {
                let words = tally.words() / top;
                if words == 0.0 {
                    return 0.0;
                }
                words * (1.0 - COVERAGE + COVERAGE * f64::from(tally.met) / all)
                    + WHOLE_NAME * f64::from(tally.named.min(1.0))
                    + SAME_ACT * acts.agree(self.acts(tool))
            })
            .collect();
        for tools in self.by_server() {
            let sum: f64 = scores[tools.clone()].iter().sum();
            let company = COMPANY * sum / (tools.len() as f64 + STRANGERS);
            for score in &mut scores[tools] {
                *score += company;
            }
        }
        let weighed = groups.iter().flat_map(|group| &group.terms);
        let weighed = weighed.map(|(term, factor)| (*term, (self.weight(*term) * factor) as f32));
        if let Some((space, point)) = self
            .space()
            .and_then(|space| Some((space, space.point(weighed)?)))
        {
            for (tool, score) in scores.iter_mut().enumerate() {
                *score += MEANING * f64::from(space.nearness(&point, tool).max(0.0));
            }
        }
        let floor = FLOOR * scores.iter().copied().fold(0.0, f64::max);
        for score in &mut scores {
            if *score < floor {
                *score = 0.0;
            }
        }
        scores
    }
}

impl Tally {
    fn open(&mut self, group: u32) -> &mut Self {
        if self.group != group {
            self.group = group;
            self.best = Best::default();
        }
        self
    }

    /// What the words add up to.
    fn words(&self) -> f64 {
        // With nothing but the server named, its tools are what is asked for.
        let cap = if self.own > 0.0 {
            self.own * SERVER_CAP
        } else {
            f32::INFINITY
        };
        f64::from(self.own + self.server.min(cap))
    }
}

/// Within one group only the best counts: replaces what it had added by `worth`.
fn raise(sum: &mut f32, best: &mut f32, worth: f32) {
    raise_by(sum, best, worth, 1.0);
}

fn raise_by(sum: &mut f32, best: &mut f32, worth: f32, times: f32) {
    if worth > *best {
        *sum += (worth - *best) * times;
        *best = worth;
    }
}

/// The best of the tools that match, ties in catalog order.
pub(super) fn best(scores: &[f64], limit: usize) -> Vec<Hit> {
    let matching = scores.iter().enumerate().filter(|(_, score)| **score > 0.0);
    let mut hits: Vec<Hit> = matching
        .map(|(tool, score)| Hit {
            tool,
            score: *score,
        })
        .collect();
    let best_first = |a: &Hit, b: &Hit| b.score.total_cmp(&a.score).then(a.tool.cmp(&b.tool));
    if hits.len() > limit {
        hits.select_nth_unstable_by(limit, best_first);
        hits.truncate(limit);
    }
    hits.sort_unstable_by(best_first);
    hits
}
