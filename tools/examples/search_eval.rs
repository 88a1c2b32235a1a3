//! Measures search on queries with known answers and prints the figures as JSON:
//! `search_eval --tools FILE --queries FILE [--distractors FILE] [--equiv FILE]`.

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::time::Instant;

use retort_tools::{Catalog, SearchQuery, ServerListing, ServerState, ToolDefinition};
use serde_json::{Value, json};

/// How many rows are asked for.
const ROWS: usize = 50;

fn main() -> Result<(), Box<dyn Error>> {
    let options: HashMap<String, String> = {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        arguments
            .chunks_exact(2)
            .map(|pair| (pair[0].clone(), pair[1].clone()))
            .collect()
    };
    let need = |name: &str| options.get(name).ok_or(format!("`{name} FILE` is missing"));

    let mut listings = Vec::new();
    let mut ids = HashMap::new();
    for file in [Some(need("--tools")?), options.get("--distractors")]
        .into_iter()
        .flatten()
    {
        read_tools(file, &mut listings, &mut ids)?;
    }
    let queries = lines(need("--queries")?)?;
    let mut heads: HashMap<String, String> = HashMap::new();
    if let Some(file) = options.get("--equiv") {
        let classes: Vec<Vec<String>> = serde_json::from_str(&std::fs::read_to_string(file)?)?;
        for class in classes {
            for id in &class {
                heads.insert(id.clone(), class[0].clone());
            }
        }
    }
    let head = |id: &str| heads.get(id).cloned().unwrap_or_else(|| id.to_owned());

    let catalog = Catalog::new(listings);
    let start = Instant::now();
    catalog.search(&SearchQuery {
        query: "warm up".to_owned(),
        ..SearchQuery::default()
    });
    let index_ms = start.elapsed().as_secs_f64() * 1e3;

    let mut sums = Sums::default();
    let mut times = Vec::new();
    for query in &queries {
        let asked = SearchQuery {
            query: query["query"].as_str().unwrap_or("").to_owned(),
            server: None,
            limit: Some(ROWS),
        };
        let start = Instant::now();
        let answer = catalog.search(&asked);
        times.push(start.elapsed().as_secs_f64() * 1e6);
        let mut seen = HashSet::new();
        let ranked: Vec<String> = answer
            .rows
            .iter()
            .filter_map(|row| ids.get(&(row.server.clone(), row.tool.clone())))
            .map(|id| head(id))
            .filter(|id| seen.insert(id.clone()))
            .collect();
        let gold: HashSet<String> = query["gold"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(head)
            .collect();
        sums.add(&ranked, &gold, query["label"] == "any");
        if std::env::var_os("VERBOSE").is_some() {
            let place = ranked.iter().position(|id| gold.contains(id));
            eprintln_row(query, place, &ranked);
        }
    }
    times.sort_by(f64::total_cmp);
    let count = queries.len() as f64;
    let mean = |sum: f64| (sum / count * 1e4).round() / 1e2;
    #[expect(clippy::print_stdout, reason = "what the program is for")]
    {
        println!(
            "{}",
            json!({
                "r1": mean(sums.recall[0]), "r5": mean(sums.recall[1]), "r10": mean(sums.recall[2]),
                "ndcg10": mean(sums.ndcg), "mrr": mean(sums.mrr),
                "p50_us": times.get(times.len() / 2).map(|time| time.round()),
                "index_ms": index_ms.round(), "n": queries.len(), "tools": catalog.tool_count(),
            })
        );
    }
    Ok(())
}

#[expect(clippy::print_stderr, reason = "asked for by a variable")]
fn eprintln_row(query: &Value, place: Option<usize>, ranked: &[String]) {
    let first: Vec<&str> = ranked.iter().take(3).map(String::as_str).collect();
    eprintln!(
        "{place:?}\t{}\t{}\t{first:?}",
        query["query"], query["gold"]
    );
}

#[derive(Default)]
struct Sums {
    /// At 1, 5 and 10.
    recall: [f64; 3],
    ndcg: f64,
    mrr: f64,
}

impl Sums {
    fn add(&mut self, ranked: &[String], gold: &HashSet<String>, any: bool) {
        let hits = |k: usize| {
            ranked
                .iter()
                .take(k)
                .filter(|id| gold.contains(*id))
                .count()
        };
        for (sum, k) in self.recall.iter_mut().zip([1, 5, 10]) {
            *sum += if any {
                f64::from(u8::from(hits(k) > 0))
            } else {
                hits(k) as f64 / gold.len() as f64
            };
        }
        let discount = |rank: usize| 1.0 / (rank as f64 + 2.0).log2();
        let found: f64 = ranked
            .iter()
            .take(10)
            .enumerate()
            .filter(|(_, id)| gold.contains(*id))
            .map(|(rank, _)| discount(rank))
            .take(if any { 1 } else { usize::MAX })
            .sum();
        let ideal: f64 = (0..if any { 1 } else { gold.len().min(10) })
            .map(discount)
            .sum();
        self.ndcg += found / ideal;
        self.mrr += ranked
            .iter()
            .position(|id| gold.contains(id))
            .map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0));
    }
}

fn lines(file: &str) -> Result<Vec<Value>, Box<dyn Error>> {
    let text = std::fs::read_to_string(file)?;
    Ok(text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?)
}

fn read_tools(
    file: &str,
    listings: &mut Vec<ServerListing>,
    ids: &mut HashMap<(String, String), String>,
) -> Result<(), Box<dyn Error>> {
    for raw in lines(file)? {
        let server = raw["server"].as_str().unwrap_or("tools").to_owned();
        let definition = ToolDefinition::from_json(&raw)?;
        let id = raw["id"].as_str().ok_or("a tool without `id`")?;
        ids.insert((server.clone(), definition.name.clone()), id.to_owned());
        let at = listings
            .iter()
            .position(|listing| listing.name == server)
            .unwrap_or_else(|| {
                listings.push(ServerListing {
                    name: server,
                    state: ServerState::Ready,
                    instructions: None,
                    tools: Vec::new(),
                });
                listings.len() - 1
            });
        listings[at].tools.push(definition);
    }
    Ok(())
}
