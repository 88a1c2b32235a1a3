//! What each tool is worth for a query.
//!
//! Words count by BM25F; what stands for a word counts less; to that come how much
//! of the query and of a tool's name agree, whether both speak of the same kind of
//! act, what else of the same server fits, and how near the tool lies in meaning.
//! Start at
//! [`Index::find`].

use std::ops::Range;

use super::asked::{Asked, Group};
use super::index::Index;
use super::{Hit, Learned, Ranking};
use crate::catalog::Catalog;

/// Most that the server's name adds, as a share of what the tool has by itself.
const SERVER_CAP: f32 = 0.5;
/// How much of a score depends on how much of the query is met.
const COVERAGE: f32 = 0.3;
/// What it adds that the whole name was asked for; the best by words alone has 1.
const WHOLE_NAME: f32 = 0.1;
/// What the same kind of act adds.
const SAME_ACT: f32 = 0.15;
/// What a server adds of which every tool is as good as the best.
const COMPANY: f32 = 0.7;
/// Tools that a server is thought to have besides, so that few do not count for much.
const STRANGERS: f32 = 5.0;
/// What it adds to mean the same.
const MEANING: f32 = 0.4;
/// What the whole query is worth beside one of its steps.
const STEP_OF: f32 = 0.3;
/// What a tool must have of the best score to be shown.
const FLOOR: f32 = 0.15;

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

/// What may not be found is worth nothing.
fn clear_outside(scores: &mut [f32], within: &Range<usize>) {
    scores[..within.start].fill(0.0);
    scores[within.end..].fill(0.0);
}

/// What is searched for in an index.
pub(super) struct Wanted<'a> {
    pub(super) query: &'a str,
    /// What each tool is worth for the query that it is one step of.
    pub(super) step_of: Option<&'a [f32]>,
    pub(super) ranking: Ranking,
    pub(super) learned: Option<&'a Learned>,
    /// The tools that may be found.
    pub(super) within: Range<usize>,
}

impl Index {
    /// What each tool is worth; nothing for those that do not match.
    pub(super) fn find(&self, catalog: &Catalog, wanted: &Wanted<'_>) -> Vec<f32> {
        let asked = Asked::read(wanted.query);
        let mut scores = self.scores(&asked, wanted);
        if let Some(whole) = wanted.step_of {
            for (score, whole) in scores.iter_mut().zip(whole) {
                *score += if *score > 0.0 { STEP_OF * whole } else { 0.0 };
            }
        }
        clear_outside(&mut scores, &wanted.within);
        if let Some(learned) = wanted.learned {
            self.boost(catalog, learned, &asked, &mut scores);
            clear_outside(&mut scores, &wanted.within);
        }
        scores
    }

    fn scores(&self, asked: &Asked, wanted: &Wanted<'_>) -> Vec<f32> {
        let groups = match wanted.ranking {
            Ranking::Words => asked.literal(self),
            Ranking::Full => asked.widened(self),
        };
        let scores = self.scores_of(asked, &groups, wanted.ranking);
        if scores[wanted.within.clone()]
            .iter()
            .any(|score| *score > 0.0)
        {
            return scores;
        }
        self.scores_of(asked, &asked.guessed(self), wanted.ranking)
    }

    fn scores_of(&self, asked: &Asked, groups: &[Group], ranking: Ranking) -> Vec<f32> {
        let tallies = self.tally(groups);
        let words: Vec<f32> = tallies.iter().map(Tally::words).collect();
        match ranking {
            Ranking::Words => words,
            Ranking::Full => self.full(asked, groups, &tallies, words),
        }
    }

    /// Adds up what stands in the postings.
    fn tally(&self, groups: &[Group]) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); self.tool_count()];
        for (number, group) in (1..).zip(groups) {
            let weight = self.group_weight(group);
            if let [(term, factor)] = group.terms[..] {
                self.tally_alone(&mut tallies, term, factor, weight);
                continue;
            }
            for &(term, factor) in &group.terms {
                let worth = self.weight(term) * factor;
                for posting in self.postings(term) {
                    let tally = tallies[posting.tool as usize].open(number);
                    let own = worth * posting.share;
                    raise(&mut tally.own, &mut tally.best.own, own);
                    let named = factor * posting.named;
                    raise(&mut tally.named, &mut tally.best.named, named);
                    raise_by(&mut tally.met, &mut tally.best.factor, factor, weight);
                }
                for tool in self.by_server_name(term) {
                    let tally = tallies[tool].open(number);
                    raise(&mut tally.server, &mut tally.best.server, worth);
                    raise_by(&mut tally.met, &mut tally.best.factor, factor, weight);
                }
            }
        }
        tallies
    }

    /// A word for which nothing else may stand; most words of long queries are.
    fn tally_alone(&self, tallies: &mut [Tally], term: u32, factor: f32, weight: f32) {
        let worth = self.weight(term) * factor;
        for posting in self.postings(term) {
            let tally = &mut tallies[posting.tool as usize];
            tally.own += worth * posting.share;
            tally.named += factor * posting.named;
            tally.met += factor * weight;
        }
        for tool in self.by_server_name(term) {
            let in_tool = self.posting(term, tool).is_some();
            let tally = &mut tallies[tool];
            tally.server += worth;
            tally.met += if in_tool { 0.0 } else { factor * weight };
        }
    }

    /// What the best term of a group weighs.
    fn group_weight(&self, group: &Group) -> f32 {
        let terms = group.terms.iter();
        let weights = terms.map(|(term, factor)| self.weight(*term) * factor);
        weights.fold(0.0, f32::max)
    }

    /// What words, agreement and meaning make together, from what `words` do alone.
    fn full(
        &self,
        asked: &Asked,
        groups: &[Group],
        tallies: &[Tally],
        words: Vec<f32>,
    ) -> Vec<f32> {
        let mut scores = words;
        let top = highest(&scores);
        if top == 0.0 {
            return scores;
        }
        let all: f32 = groups.iter().map(|group| self.group_weight(group)).sum();
        let acts = asked.acts();
        for (tool, (score, tally)) in scores.iter_mut().zip(tallies).enumerate() {
            if *score > 0.0 {
                *score = *score / top * (1.0 - COVERAGE + COVERAGE * tally.met / all)
                    + WHOLE_NAME * tally.named.min(1.0)
                    + SAME_ACT * acts.agree(self.acts(tool));
            }
        }
        for tools in self.servers() {
            let scores = &mut scores[tools.clone()];
            let sum: f32 = scores.iter().sum();
            if sum > 0.0 {
                let company = COMPANY * sum / (scores.len() as f32 + STRANGERS);
                for score in scores {
                    *score += company;
                }
            }
        }
        self.add_meaning(groups, &mut scores);
        let floor = FLOOR * highest(&scores);
        for score in &mut scores {
            *score = if *score < floor { 0.0 } else { *score };
        }
        scores
    }

    fn add_meaning(&self, groups: &[Group], scores: &mut [f32]) {
        let Some(space) = self.space() else {
            return;
        };
        let terms = groups.iter().flat_map(|group| &group.terms);
        let weighed = terms.filter_map(|(term, factor)| {
            let meaning = self.meaning(*term)?;
            Some((meaning, self.weight(*term) * factor))
        });
        let Some(point) = space.point(weighed) else {
            return;
        };
        for (score, nearness) in scores.iter_mut().zip(space.nearness(&point)) {
            *score += MEANING * nearness.max(0.0);
        }
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
    fn words(&self) -> f32 {
        // With nothing but the server named, its tools are what is asked for.
        let cap = if self.own > 0.0 {
            self.own * SERVER_CAP
        } else {
            f32::INFINITY
        };
        self.own + self.server.min(cap)
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

/// Scores compared at once.
const LANES: usize = 8;

/// The highest score, at least 0.
fn highest(scores: &[f32]) -> f32 {
    let mut highest = [0.0; LANES];
    let (chunks, rest) = scores.as_chunks::<LANES>();
    for chunk in chunks {
        for lane in 0..LANES {
            highest[lane] = if chunk[lane] > highest[lane] {
                chunk[lane]
            } else {
                highest[lane]
            };
        }
    }
    highest.iter().chain(rest).copied().fold(0.0, f32::max)
}

/// The best of the tools that match, ties in catalog order, and how many match.
pub(super) fn best(scores: &[f32], limit: usize) -> (Vec<Hit>, usize) {
    let mut best = Leading {
        hits: Vec::with_capacity(limit + 1),
        limit,
        least: 0.0,
    };
    let (chunks, rest) = scores.as_chunks::<LANES>();
    for (number, chunk) in chunks.iter().enumerate() {
        if chunk
            .iter()
            .fold(0, |any, score| any | u8::from(*score > best.least))
            > 0
        {
            best.offer(number * LANES, chunk);
        }
    }
    best.offer(scores.len() - rest.len(), rest);
    let matched = scores.iter().map(|score| u32::from(*score > 0.0));
    (best.hits, matched.sum::<u32>() as usize)
}

/// The first rows so far.
struct Leading {
    hits: Vec<Hit>,
    limit: usize,
    /// What a score must exceed to be among them.
    least: f32,
}

impl Leading {
    fn offer(&mut self, first: usize, scores: &[f32]) {
        for (tool, &score) in (first..).zip(scores) {
            if score > self.least {
                let at = self.hits.partition_point(|hit| hit.score >= score);
                self.hits.insert(at, Hit { tool, score });
                self.hits.truncate(self.limit);
                self.least = self.hits.get(self.limit - 1).map_or(0.0, |hit| hit.score);
            }
        }
    }
}
