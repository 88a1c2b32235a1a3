//! Two rankings of the same queries beside each other, and how sure the difference
//! is.

use serde_json::{Map, Value, json};

use crate::figures::{ALL, Figure, Figures, percent};

/// How often queries are drawn again for an interval.
const DRAWS: usize = 2_000;

/// One kind of queries under two rankings, query by query.
pub(crate) struct Pair {
    pub(crate) before: Vec<Figures>,
    pub(crate) after: Vec<Figures>,
}

/// The mean over kinds under both rankings, by these names, and what the second gains
/// in each figure: with the interval that holds the gain with 95 %, and for how many
/// queries the figure rose, fell, and was lost on balance.
pub(crate) fn beside(kinds: &[Pair], names: [&str; 2]) -> Map<String, Value> {
    let before = macro_mean(kinds, |kind| &kind.before);
    let after = macro_mean(kinds, |kind| &kind.after);
    let gain = |figure: &Figure| {
        let (name, of) = *figure;
        let gains: Vec<Vec<f64>> = kinds.iter().map(|kind| kind.gains(of)).collect();
        let count = |is: fn(&f64) -> bool| gains.iter().flatten().filter(|gain| is(gain)).count();
        let (better, worse) = (count(|gain| *gain > 0.0), count(|gain| *gain < 0.0));
        let gain = json!({
            "points": percent(of(&after) - of(&before)),
            "interval": interval(&gains),
            "better": better,
            "worse": worse,
            "lost_net": worse.saturating_sub(better),
        });
        (name.to_owned(), gain)
    };
    let n: usize = kinds.iter().map(|kind| kind.after.len()).sum();
    Map::from_iter([
        (names[0].to_owned(), before.to_json().into()),
        (names[1].to_owned(), after.to_json().into()),
        ("gain".to_owned(), ALL.iter().map(gain).collect()),
        ("n".to_owned(), n.into()),
    ])
}

/// Each kind counts alike, however many queries it has.
fn macro_mean(kinds: &[Pair], of: fn(&Pair) -> &Vec<Figures>) -> Figures {
    let means: Vec<Figures> = kinds.iter().map(|kind| Figures::mean(of(kind))).collect();
    Figures::mean(&means)
}

impl Pair {
    /// What each query gained in one figure.
    fn gains(&self, of: fn(&Figures) -> f64) -> Vec<f64> {
        let pairs = self.before.iter().zip(&self.after);
        pairs
            .map(|(before, after)| of(after) - of(before))
            .collect()
    }
}

/// The interval that holds the mean over kinds with 95 %, by drawing from each kind
/// again as many queries as it has. A query's two rankings stay together.
fn interval(kinds: &[Vec<f64>]) -> [f64; 2] {
    let kinds: Vec<&Vec<f64>> = kinds.iter().filter(|gains| !gains.is_empty()).collect();
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut means: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let drawn = kinds.iter().map(|gains| {
                let sum: f64 = gains.iter().map(|_| gains[next(gains.len())]).sum();
                sum / gains.len() as f64
            });
            drawn.sum::<f64>() / kinds.len().max(1) as f64
        })
        .collect();
    means.sort_by(f64::total_cmp);
    [DRAWS / 40, DRAWS - 1 - DRAWS / 40].map(|i| percent(means[i]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(r5: f64) -> Figures {
        Figures {
            r5,
            ..Figures::default()
        }
    }

    #[test]
    fn kinds_count_alike_and_losses_are_net() {
        let few = Pair {
            before: vec![figures(0.0)],
            after: vec![figures(1.0)],
        };
        let many = Pair {
            before: vec![figures(1.0); 9],
            after: [[0.0; 4].as_slice(), &[1.0; 5]]
                .concat()
                .into_iter()
                .map(figures)
                .collect(),
        };
        let printed = beside(&[few, many], ["a", "b"]);
        assert_eq!(printed["a"]["r5"], 50.0);
        assert_eq!(printed["b"]["r5"], 77.78);
        assert_eq!(printed["gain"]["r5"]["points"], 27.78);
        assert_eq!(printed["gain"]["r5"]["lost_net"], 3);
        assert_eq!(printed["n"], 10);
    }

    #[test]
    fn an_interval_holds_the_mean_and_narrows_with_more_queries() {
        let width = |count: usize| {
            let gains: Vec<f64> = (0..count).map(|i| (i % 2) as f64).collect();
            let [low, high] = interval(&[gains]);
            assert!(low < 50.0 && high > 50.0, "{low} {high}");
            high - low
        };
        // Four standard deviations of a mean of coin tosses.
        assert!((width(100) - 20.0).abs() < 3.0);
        assert!((width(1_600) - 5.0).abs() < 1.0);
        assert_eq!(interval(&[vec![0.5; 7]]), [50.0; 2]);
        assert_eq!(interval(&[]), [0.0; 2]);
    }
}
