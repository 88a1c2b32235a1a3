//! Both rankings beside each other on six kinds of queries, with and without
//! distractors, and what learning does to each.

use std::error::Error;
use std::path::{Path, PathBuf};

use retort_tools::{Ranking, SearchOptions};
use serde_json::{Map, Value, json};

use crate::bench::{Bench, Measured};
use crate::beside::{Pair, beside};
use crate::data::Query;
use crate::learning;

/// Folders, and the kinds of queries that each has.
const CORE: (&str, [&str; 3]) = ("mcpcore", ["keyword", "named", "paraphrase"]);
const LIVE: (&str, [&str; 3]) = ("livemcpbench", ["agent", "step", "task"]);

/// The folders that are measured.
pub(crate) struct Sets {
    pub(crate) core: Set,
    pub(crate) live: Set,
}

/// One catalog and its queries.
pub(crate) struct Set {
    pub(crate) bench: Bench,
    folder: PathBuf,
    kinds: [&'static str; 3],
}

/// Everything that the folder has, without and with distractors.
pub(crate) fn compare(folder: &Path, learn: bool) -> Result<Value, Box<dyn Error>> {
    let mut printed = Map::new();
    for (name, distractors) in [("without_distractors", false), ("with_distractors", true)] {
        let sets = Sets {
            core: Set::read(folder, CORE, distractors)?,
            live: Set::read(folder, LIVE, distractors)?,
        };
        let mut measured = rankings(&sets)?;
        if learn {
            measured.insert("learning".to_owned(), learning::measure(&sets)?);
        }
        printed.insert(name.to_owned(), measured.into());
    }
    Ok(printed.into())
}

impl Set {
    fn read(
        folder: &Path,
        (name, kinds): (&str, [&'static str; 3]),
        distractors: bool,
    ) -> Result<Self, Box<dyn Error>> {
        let folder = folder.join(name);
        let file = |name: &str| folder.join(name).to_string_lossy().into_owned();
        let (tools, others) = (file("tools.jsonl"), file("distractors.jsonl"));
        let files = [&*tools, &*others];
        let equal = file("equiv.json");
        let equal = Some(&*equal).filter(|file| Path::new(file).exists());
        let bench = Bench::new(&files[..=usize::from(distractors)], equal)?;
        Ok(Self {
            bench,
            folder,
            kinds,
        })
    }

    pub(crate) fn queries(&self, kind: &str) -> Result<Vec<Query>, Box<dyn Error>> {
        let file = self.folder.join(format!("queries.{kind}.dev.jsonl"));
        Query::read(&file.to_string_lossy(), &self.bench.answers)
    }
}

impl Sets {
    /// The six kinds, each with the set it is of.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = (&Set, &'static str)> {
        let sets = [&self.core, &self.live];
        sets.into_iter()
            .flat_map(|set| set.kinds.map(|kind| (set, kind)))
    }
}

fn rankings(sets: &Sets) -> Result<Map<String, Value>, Box<dyn Error>> {
    let mut printed = Map::new();
    let mut pairs = Vec::new();
    let mut slowest = 0.0;
    for (set, kind) in sets.kinds() {
        let (words, full) = both(&set.bench, &set.queries(kind)?, SearchOptions::default());
        let pair = Pair {
            before: words.figures,
            after: full.figures,
        };
        let mut beside = beside(std::slice::from_ref(&pair), ["baseline", "full"]);
        beside.insert("p50_us".to_owned(), json!(full.p50_us.round()));
        printed.insert(kind.to_owned(), beside.into());
        pairs.push(pair);
        slowest = f64::max(slowest, full.p50_us);
    }
    let together = beside(&pairs, ["baseline", "full"]);
    let [core, live] = [&sets.core.bench, &sets.live.bench];
    printed.insert("macro".to_owned(), together.into());
    printed.insert("p50_us".to_owned(), json!(slowest.round()));
    let index_ms = f64::max(core.index_ms, live.index_ms).round();
    printed.insert("index_ms".to_owned(), json!(index_ms));
    let index_mib = f64::max(core.index_mib(), live.index_mib());
    printed.insert("index_mib".to_owned(), json!(index_mib));
    let tools = [core, live].map(|bench| bench.catalog.tool_count());
    printed.insert("tools".to_owned(), json!(tools));
    Ok(printed)
}

/// The same queries by words alone, and as `options` say.
pub(crate) fn both(
    bench: &Bench,
    queries: &[Query],
    options: SearchOptions<'_>,
) -> (Measured, Measured) {
    let words = SearchOptions {
        ranking: Ranking::Words,
        ..SearchOptions::default()
    };
    (
        bench.measure(queries, words),
        bench.measure(queries, options),
    )
}
