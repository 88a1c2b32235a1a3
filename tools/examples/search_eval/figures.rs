//! What a ranking is worth.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::data::Query;

/// The figures of one query, or the mean of several, each from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Figures {
    pub(crate) r1: f64,
    pub(crate) r5: f64,
    pub(crate) r10: f64,
    pub(crate) ndcg10: f64,
    pub(crate) mrr: f64,
}

/// A figure by its name.
pub(crate) type Figure = (&'static str, fn(&Figures) -> f64);

/// All of them.
pub(crate) const ALL: [Figure; 5] = [
    ("r1", |one| one.r1),
    ("r5", |one| one.r5),
    ("r10", |one| one.r10),
    ("ndcg10", |one| one.ndcg10),
    ("mrr", |one| one.mrr),
];

impl Figures {
    /// Of tools found, best first and none twice. Recall at `k` is the share of the
    /// right answers among the first `k`, and where any one of them is enough,
    /// whether there is one; then there is no more to gain than one answer.
    pub(crate) fn of(found: &[String], query: &Query) -> Self {
        Self::of_ranks(&ranks(found, &query.gold), query.gold.len(), query.any)
    }

    /// `right` has the places of right answers, from 0, of `gold` that there are.
    fn of_ranks(right: &[usize], gold: usize, any: bool) -> Self {
        let answers = if any { 1 } else { gold.max(1) };
        let within = |k: usize| right.iter().filter(move |rank| **rank < k).take(answers);
        let recall = |k: usize| within(k).count() as f64 / answers as f64;
        let discount = |rank: usize| 1.0 / (rank as f64 + 2.0).log2();
        let ideal: f64 = (0..answers.min(10)).map(discount).sum();
        Self {
            r1: recall(1),
            r5: recall(5),
            r10: recall(10),
            ndcg10: within(10).map(|rank| discount(*rank)).sum::<f64>() / ideal,
            mrr: right.first().map_or(0.0, |rank| 1.0 / (*rank as f64 + 1.0)),
        }
    }

    pub(crate) fn mean(all: &[Self]) -> Self {
        let mean = |of: fn(&Self) -> f64| {
            let sum: f64 = all.iter().map(of).sum();
            sum / all.len().max(1) as f64
        };
        Self {
            r1: mean(|one| one.r1),
            r5: mean(|one| one.r5),
            r10: mean(|one| one.r10),
            ndcg10: mean(|one| one.ndcg10),
            mrr: mean(|one| one.mrr),
        }
    }

    pub(crate) fn to_json(self) -> Map<String, Value> {
        let named = |(name, of): &Figure| ((*name).to_owned(), json!(percent(of(&self))));
        ALL.iter().map(named).collect()
    }
}

/// Where right answers stand among what was found.
fn ranks(found: &[String], gold: &HashSet<String>) -> Vec<usize> {
    let ranks = found.iter().enumerate();
    let right = ranks.filter(|(_, id)| gold.contains(*id));
    right.map(|(rank, _)| rank).collect()
}

/// In hundredths, to two places.
pub(crate) fn percent(share: f64) -> f64 {
    // An empty sum is -0.
    (share * 1e4).round() / 1e2 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(right: &[usize], gold: usize, any: bool, expected: [f64; 5]) {
        let figures = Figures::of_ranks(right, gold, any);
        for ((name, of), expected) in ALL.iter().zip(expected) {
            let difference = (of(&figures) - expected).abs();
            assert!(difference < 1e-4, "{name} of {right:?}: {figures:?}");
        }
    }

    #[test]
    fn any_right_answer_is_enough_where_the_query_says_so() {
        check(&[0, 1], 3, true, [1.0; 5]);
        check(&[2, 3], 3, true, [0.0, 1.0, 1.0, 0.5, 1.0 / 3.0]);
        check(&[9], 1, true, [0.0, 0.0, 1.0, 0.2891, 0.1]);
        check(&[20], 1, true, [0.0, 0.0, 0.0, 0.0, 1.0 / 21.0]);
    }

    #[test]
    fn of_several_right_answers_each_counts() {
        // (1 + 1/log2(5)) / (1 + 1/log2(3)) and so on, by hand.
        check(&[0, 3], 2, false, [0.5, 1.0, 1.0, 0.8772, 1.0]);
        check(&[1, 6], 3, false, [0.0, 1.0 / 3.0, 2.0 / 3.0, 0.4525, 0.5]);
        check(&[], 2, false, [0.0; 5]);
    }
}
