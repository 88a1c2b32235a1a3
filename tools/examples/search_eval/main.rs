//! Measures search on queries with known answers and prints the figures as JSON.
//! The figures are in hundredths; `p50_us` is the median time of a search for ten
//! rows and their text; `index_ms` what it takes to build the index, `index_mib` what
//! that holds.
//!
//! `search_eval --tools FILE --queries FILE [--distractors FILE] [--equiv FILE]`
//! measures one set of queries. With `--baseline` the same by words alone (BM25F)
//! beside it, and what is gained, with intervals. With `--learn-from FILE` each
//! query of that file is first followed by a call of its first tool, and what was
//! before stands beside it; `--drop N` leaves out every Nth content word of the
//! queries; `--found FILE` writes what was found for each.
//!
//! `search_eval --six DIR` compares both rankings on six kinds of queries, with and
//! without distractors; `--learn` adds what learning from one kind does to all.

mod bench;
mod beside;
mod data;
mod figures;
mod learning;
mod options;
mod six;

use std::error::Error;
use std::fmt::Write as _;

use retort_tools::SearchOptions;
use serde_json::{Map, Value, json};

use crate::bench::{Bench, Measured};
use crate::beside::{Pair, beside};
use crate::data::Query;
use crate::figures::Figures;
use crate::options::Options;

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::read(std::env::args().skip(1))?;
    let printed = if let Some(folder) = options.get("--six") {
        six::compare(folder.as_ref(), options.has("--learn"))?
    } else {
        one(&options)?
    };
    #[expect(clippy::print_stdout, reason = "what the program is for")]
    {
        println!("{printed}");
    }
    Ok(())
}

/// The figures of one set of queries.
fn one(options: &Options) -> Result<Value, Box<dyn Error>> {
    let tools = options.need("--tools")?;
    let files: Vec<&str> = [Some(tools), options.get("--distractors")]
        .into_iter()
        .flatten()
        .collect();
    let bench = Bench::new(&files, options.get("--equiv"))?;
    let mut queries = Query::read(options.need("--queries")?, &bench.answers)?;
    let learned = match options.get("--learn-from") {
        Some(file) => Some(bench.learned(&Query::read(file, &bench.answers)?)),
        None => None,
    };
    if let Some(every) = options.get("--drop") {
        let every = every.parse().ok().filter(|every| *every > 0);
        queries = learning::without_words(&queries, every.ok_or("`--drop` is a number above 0")?);
    }
    let searched = SearchOptions {
        learned: learned.as_ref(),
        ..SearchOptions::default()
    };
    let (words, full) = six::both(&bench, &queries, searched);
    if let Some(file) = options.get("--found") {
        std::fs::write(file, found(&queries, &full))?;
    }
    let mut printed = Figures::mean(&full.figures).to_json();
    let mut say = |name: &str, value: Value| printed.insert(name.to_owned(), value);
    say("p50_us", json!(full.p50_us.round()));
    say("index_ms", json!(bench.index_ms.round()));
    say("index_mib", json!(bench.index_mib()));
    say("n", json!(queries.len()));
    say("tools", json!(bench.catalog.tool_count()));
    say("matched_p50", json!(full.matched.get(queries.len() / 2)));
    let unknown = bench.unknown_gold(&queries);
    if unknown > 0 {
        say("unknown_gold", json!(unknown));
    }
    if let Some(learned) = &learned {
        let pair = learning::beside_learned(&bench, &queries, learned);
        add_beside(&mut printed, pair, "before", "gain_by_learning");
    }
    if options.has("--baseline") {
        let pair = Pair {
            before: words.figures,
            after: full.figures,
        };
        add_beside(&mut printed, pair, "baseline", "gain");
        printed["baseline"]["p50_us"] = json!(words.p50_us.round());
    }
    Ok(printed.into())
}

/// Adds other figures for the same queries, and what is gained over them.
fn add_beside(printed: &mut Map<String, Value>, pair: Pair, other: &str, gain: &str) {
    let mut beside = beside(&[pair], [other, "printed"]);
    for (from, to) in [(other, other), ("gain", gain)] {
        printed.insert(to.to_owned(), beside.remove(from).unwrap_or_default());
    }
}

/// What was found for each query, one JSON object a line.
fn found(queries: &[Query], measured: &Measured) -> String {
    let mut text = String::new();
    for (query, found) in queries.iter().zip(&measured.found) {
        let line = json!({"qid": query.id, "query": query.text, "found": found});
        let _ = writeln!(text, "{line}");
    }
    text
}
