//! Both rankings beside each other on six kinds of queries.

use std::error::Error;
use std::path::Path;

use retort_tools::{Ranking, SearchOptions};
use serde_json::{Map, Value, json};

use crate::data::{Answers, Query, Tools};
use crate::figures::{Figures, interval, percent};
use crate::{ask, indexed, median};

/// Folders, and the kinds of queries that each has.
const SETS: [(&str, [&str; 3]); 2] = [
    ("mcpcore", ["keyword", "named", "paraphrase"]),
    ("livemcpbench", ["agent", "step", "task"]),
];

/// One kind of queries under both rankings, query by query.
struct Kind {
    name: &'static str,
    words: Vec<Figures>,
    full: Vec<Figures>,
}

/// Everything that the folder has, without and with distractors.
pub(crate) fn compare(folder: &Path) -> Result<Value, Box<dyn Error>> {
    Ok(json!({
        "without_distractors": measure(folder, false)?,
        "with_distractors": measure(folder, true)?,
    }))
}

fn measure(folder: &Path, distractors: bool) -> Result<Value, Box<dyn Error>> {
    let mut kinds = Vec::new();
    let (mut index_ms, mut p50_us) = (0.0, 0.0);
    for (set, names) in SETS {
        let file = |name: &str| folder.join(set).join(name).to_string_lossy().into_owned();
        let others = distractors.then(|| file("distractors.jsonl"));
        let tools = Tools::read(&file("tools.jsonl"), others.as_deref())?;
        let equal = Some(file("equiv.json")).filter(|file| Path::new(file).exists());
        let answers = Answers::read(equal.as_deref())?;
        let (catalog, milliseconds) = indexed(&tools);
        index_ms = f64::max(index_ms, milliseconds);
        for name in names {
            let queries = Query::read(&file(&format!("queries.{name}.dev.jsonl")), &answers)?;
            let mut times = Vec::new();
            let mut ranked = |ranking| -> Vec<Figures> {
                let figures = queries.iter().map(|query| {
                    let options = SearchOptions {
                        ranking,
                        learned: None,
                    };
                    let (found, _, time) = ask(&catalog, &tools, &answers, &query.text, options);
                    times.push(time);
                    Figures::of(&found, query)
                });
                figures.collect()
            };
            let words = ranked(Ranking::Words);
            let full = ranked(Ranking::Full);
            p50_us = f64::max(p50_us, median(&mut times[words.len()..]));
            kinds.push(Kind { name, words, full });
        }
    }
    let mut printed = Map::new();
    for kind in &kinds {
        printed.insert(kind.name.to_owned(), beside(std::slice::from_ref(kind)));
    }
    printed.insert("macro".to_owned(), beside(&kinds));
    printed.insert("index_ms".to_owned(), json!(f64::round(index_ms)));
    printed.insert("p50_us".to_owned(), json!(f64::round(p50_us)));
    Ok(Value::Object(printed))
}

/// The mean of several kinds under both rankings, what the second gains with its
/// interval, and for how many queries the first five rows became better or worse.
fn beside(kinds: &[Kind]) -> Value {
    let mean = |of: fn(&Kind) -> &Vec<Figures>| {
        let kinds: Vec<Figures> = kinds.iter().map(|kind| Figures::mean(of(kind))).collect();
        Figures::mean(&kinds)
    };
    let (words, full) = (mean(|kind| &kind.words), mean(|kind| &kind.full));
    let gain = |of: fn(&Figures) -> f64| {
        let pairs = |kind: &Kind| -> Vec<f64> {
            let pairs = kind.words.iter().zip(&kind.full);
            pairs.map(|(words, full)| of(full) - of(words)).collect()
        };
        let differences: Vec<Vec<f64>> = kinds.iter().map(pairs).collect();
        json!({"points": percent(of(&full) - of(&words)), "interval": interval(&differences)})
    };
    let count = |better: fn(&f64, &f64) -> bool| {
        let pairs = kinds
            .iter()
            .flat_map(|kind| kind.words.iter().zip(&kind.full));
        pairs
            .filter(|(words, full)| better(&full.recall[1], &words.recall[1]))
            .count()
    };
    json!({
        "baseline": words.to_json(), "full": full.to_json(),
        "gain_ndcg10": gain(|one| one.ndcg), "gain_r5": gain(|one| one.recall[1]),
        "r5_better": count(f64::gt), "r5_worse": count(f64::lt),
        "n": kinds.iter().map(|kind| kind.full.len()).sum::<usize>(),
    })
}
