//! What a ranking is worth, and how sure that is.

use serde_json::{Value, json};

use crate::data::Query;

/// How often queries are drawn again for an interval.
const DRAWS: usize = 2_000;

/// The figures of one query, or the mean of several.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Figures {
    /// At 1, 5 and 10.
    pub(crate) recall: [f64; 3],
    pub(crate) ndcg: f64,
    pub(crate) mrr: f64,
}

impl Figures {
    pub(crate) fn of(found: &[String], query: &Query) -> Self {
        let right: Vec<usize> = (0..found.len())
            .filter(|rank| query.gold.contains(&found[*rank]))
            .collect();
        let discount = |rank: usize| 1.0 / (rank as f64 + 2.0).log2();
        let answers = if query.any {
            1
        } else {
            query.gold.len().max(1)
        };
        let within = |k: usize| right.iter().filter(move |rank| **rank < k).take(answers);
        let gained: f64 = within(10).map(|rank| discount(*rank)).sum();
        let ideal: f64 = (0..answers.min(10)).map(discount).sum();
        Self {
            recall: [1, 5, 10].map(|k| within(k).count() as f64 / answers as f64),
            ndcg: gained / ideal,
            mrr: right.first().map_or(0.0, |rank| 1.0 / (*rank as f64 + 1.0)),
        }
    }

    pub(crate) fn mean(all: &[Self]) -> Self {
        let count = all.len().max(1) as f64;
        let mean = |of: &dyn Fn(&Self) -> f64| all.iter().map(of).sum::<f64>() / count;
        Self {
            recall: [0, 1, 2].map(|k| mean(&|one| one.recall[k])),
            ndcg: mean(&|one| one.ndcg),
            mrr: mean(&|one| one.mrr),
        }
    }

    pub(crate) fn to_json(self) -> Value {
        let [r1, r5, r10] = self.recall.map(percent);
        json!({"r1": r1, "r5": r5, "r10": r10, "ndcg10": percent(self.ndcg), "mrr": percent(self.mrr)})
    }
}

/// In hundredths, to two places.
pub(crate) fn percent(share: f64) -> f64 {
    (share * 1e4).round() / 1e2
}

/// The interval that holds the mean over kinds with 95 %, by drawing from each kind
/// again as many values as it has.
pub(crate) fn interval(kinds: &[Vec<f64>]) -> [f64; 2] {
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut means: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let drawn = kinds
                .iter()
                .filter(|values| !values.is_empty())
                .map(|values| {
                    let sum: f64 = (0..values.len()).map(|_| values[next(values.len())]).sum();
                    sum / values.len() as f64
                });
            drawn.sum::<f64>() / kinds.len().max(1) as f64
        })
        .collect();
    means.sort_by(f64::total_cmp);
    [DRAWS / 40, DRAWS - 1 - DRAWS / 40].map(|i| percent(means[i]))
}
