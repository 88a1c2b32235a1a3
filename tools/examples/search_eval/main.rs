//! Measures search on queries with known answers and prints the figures as JSON:
//!
//! `search_eval --tools FILE --queries FILE [--distractors FILE] [--equiv FILE]`,
//! for one set of queries. `--baseline` ranks by words alone; `--learn-from FILE`
//! first lets each query of that file be followed by a call of its tool; `--drop N`
//! leaves out every Nth content word of the queries asked.
//!
//! `search_eval --six DIR` compares both rankings on six kinds of queries, with and
//! without distractors, and gives intervals.

mod data;
mod figures;
mod six;

use std::error::Error;
use std::time::Instant;

use retort_tools::{Catalog, Ranking, SearchOptions, SearchQuery};
use serde_json::json;

use crate::data::{Answers, Options, Query, Tools};
use crate::figures::Figures;

/// How many rows are asked for.
const ROWS: usize = 50;

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::read(std::env::args().skip(1))?;
    let printed = if let Some(folder) = options.get("--six") {
        six::compare(folder.as_ref())?
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
fn one(options: &Options) -> Result<serde_json::Value, Box<dyn Error>> {
    let tools = Tools::read(options.need("--tools")?, options.get("--distractors"))?;
    let answers = Answers::read(options.get("--equiv"))?;
    let queries = Query::read(options.need("--queries")?, &answers)?;
    let learned = match options.get("--learn-from") {
        Some(file) => Some(tools.learned(&Query::read(file, &answers)?)),
        None => None,
    };
    let every: Option<usize> = options.get("--drop").map(str::parse).transpose()?;
    let ranking = if options.has("--baseline") {
        Ranking::Words
    } else {
        Ranking::Full
    };
    let searched = SearchOptions {
        ranking,
        learned: learned.as_ref(),
    };
    let (catalog, index_ms) = indexed(&tools);
    let mut figures = Vec::new();
    let mut times = Vec::new();
    let mut matches = Vec::new();
    for query in &queries {
        let text = match every {
            Some(every) => data::drop_words(&query.text, every),
            None => query.text.clone(),
        };
        let (found, matched, microseconds) = ask(&catalog, &tools, &answers, &text, searched);
        times.push(microseconds);
        matches.push(matched as f64);
        if std::env::var_os("VERBOSE").is_some() {
            show(&text, query, &found);
        }
        figures.push(Figures::of(&found, query));
    }
    let mut printed = Figures::mean(&figures).to_json();
    printed["p50_us"] = json!(median(&mut times).round());
    printed["matched_p50"] = json!(median(&mut matches));
    printed["index_ms"] = json!(index_ms.round());
    printed["n"] = json!(queries.len());
    printed["tools"] = json!(catalog.tool_count());
    Ok(printed)
}

/// The catalog, and how long it took to build its index.
fn indexed(tools: &Tools) -> (Catalog, f64) {
    let catalog = Catalog::new(tools.listings.clone());
    let start = Instant::now();
    catalog.prepare_search();
    (catalog, start.elapsed().as_secs_f64() * 1e3)
}

/// What is found, best first, how many tools match, and in how many microseconds.
fn ask(
    catalog: &Catalog,
    tools: &Tools,
    answers: &Answers,
    text: &str,
    options: SearchOptions<'_>,
) -> (Vec<String>, usize, f64) {
    let query = SearchQuery {
        query: text.to_owned(),
        server: None,
        limit: Some(ROWS),
    };
    let start = Instant::now();
    let answer = catalog.search_with(&query, options);
    let microseconds = start.elapsed().as_secs_f64() * 1e6;
    let mut found: Vec<String> = Vec::new();
    for row in &answer.rows {
        let id = tools.ids.get(&(row.server.clone(), row.tool.clone()));
        let head = id.map(|id| answers.head(id));
        if let Some(head) = head.filter(|head| !found.contains(head)) {
            found.push(head);
        }
    }
    (found, answer.matched, microseconds)
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(0.0)
}

#[expect(clippy::print_stderr, reason = "asked for by a variable")]
fn show(text: &str, query: &Query, found: &[String]) {
    let place = found.iter().position(|id| query.gold.contains(id));
    let first = &found[..found.len().min(3)];
    eprintln!("{place:?}\t{text}\t{:?}\t{first:?}", query.gold);
}
