//! The files that are measured on: tools, queries, and which tools are as good as
//! which others.

use std::collections::{HashMap, HashSet};
use std::error::Error;

use retort_tools::{Catalog, ServerListing, ServerState, ToolDefinition, ToolRef};
use serde_json::Value;

/// A server's name where a tool does not say.
const SERVER: &str = "tools";

/// Tools by server, each with the id that queries know it by.
#[derive(Default)]
pub(crate) struct Tools {
    listings: Vec<ServerListing>,
    ids: Vec<Vec<String>>,
}

impl Tools {
    /// Reads files of definitions, one JSON object a line: `name` and what else
    /// `tools/list` gives, `server`, and `id` where it is not `server/name`.
    pub(crate) fn read(files: &[&str]) -> Result<Self, Box<dyn Error>> {
        let mut tools = Self::default();
        for file in files {
            for (place, raw) in lines(file)? {
                let added = tools.add(&raw);
                added.map_err(|error| format!("{place}: {error}"))?;
            }
        }
        Ok(tools)
    }

    fn add(&mut self, raw: &Value) -> Result<(), Box<dyn Error>> {
        let server = raw["server"].as_str().unwrap_or(SERVER);
        let definition = ToolDefinition::from_json(raw)?;
        let id = raw["id"].as_str().map_or_else(
            || format!("{server}/{}", definition.name),
            ToOwned::to_owned,
        );
        let known = self.listings.iter().position(|known| known.name == server);
        let at = known.unwrap_or_else(|| {
            self.listings.push(ServerListing {
                name: server.to_owned(),
                state: ServerState::Ready,
                instructions: None,
                tools: Vec::new(),
            });
            self.ids.push(Vec::new());
            self.listings.len() - 1
        });
        self.listings[at].tools.push(definition);
        self.ids[at].push(id);
        Ok(())
    }

    /// The catalog of these tools, and the id of each by its path in it.
    pub(crate) fn into_catalog(self) -> (Catalog, HashMap<String, String>) {
        let catalog = Catalog::new(self.listings);
        let paths: Vec<String> = catalog.tools().map(ToolRef::path).collect();
        let ids = paths.into_iter().zip(self.ids.into_iter().flatten());
        let ids = ids.collect();
        (catalog, ids)
    }
}

/// Which tools are as good as which others.
#[derive(Default)]
pub(crate) struct Answers(HashMap<String, String>);

impl Answers {
    /// Reads a file with one JSON array of classes, each an array of ids.
    pub(crate) fn read(file: Option<&str>) -> Result<Self, Box<dyn Error>> {
        let Some(file) = file else {
            return Ok(Self::default());
        };
        Ok(Self::new(
            serde_json::from_str(&text(file)?).map_err(|error| format!("{file}: {error}"))?,
        ))
    }

    pub(crate) fn new(classes: Vec<Vec<String>>) -> Self {
        let mut heads = HashMap::new();
        for class in classes {
            let Some(head) = class.first().cloned() else {
                continue;
            };
            heads.extend(class.into_iter().map(|id| (id, head.clone())));
        }
        Self(heads)
    }

    /// The one that stands for all that are as good.
    pub(crate) fn head<'a>(&'a self, id: &'a str) -> &'a str {
        self.0.get(id).map_or(id, String::as_str)
    }

    /// What was found, each class once, where the first of it stood.
    pub(crate) fn heads<'a>(&'a self, found: impl Iterator<Item = &'a str>) -> Vec<String> {
        let mut heads: Vec<String> = Vec::new();
        for id in found {
            let head = self.head(id);
            if !heads.iter().any(|known| known == head) {
                heads.push(head.to_owned());
            }
        }
        heads
    }
}

/// A query whose answers are known.
#[derive(Clone)]
pub(crate) struct Query {
    pub(crate) id: String,
    pub(crate) text: String,
    /// The heads of the right answers.
    pub(crate) gold: HashSet<String>,
    /// The first of the right answers, by its own id.
    pub(crate) first: String,
    /// Each of `gold` alone is a right answer.
    pub(crate) any: bool,
}

impl Query {
    /// Reads a file of queries, one JSON object a line: `query`, `gold` (ids), and
    /// `label: "any"` where one of them is enough.
    pub(crate) fn read(file: &str, answers: &Answers) -> Result<Vec<Self>, Box<dyn Error>> {
        lines(file)?
            .into_iter()
            .map(|(place, raw)| {
                Self::from_json(&raw, answers)
                    .ok_or_else(|| format!("{place}: a query has `query` and `gold`").into())
            })
            .collect()
    }

    fn from_json(raw: &Value, answers: &Answers) -> Option<Self> {
        let ids: Vec<&str> = raw["gold"]
            .as_array()?
            .iter()
            .filter_map(Value::as_str)
            .collect();
        Some(Self {
            id: raw["qid"].as_str().unwrap_or("").to_owned(),
            text: raw["query"].as_str()?.to_owned(),
            gold: ids.iter().map(|id| answers.head(id).to_owned()).collect(),
            first: (*ids.first()?).to_owned(),
            any: raw["label"] == "any",
        })
    }
}

/// The JSON objects of a file, each with where it stands.
fn lines(file: &str) -> Result<Vec<(String, Value)>, Box<dyn Error>> {
    let mut values = Vec::new();
    for (number, line) in text(file)?.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let place = format!("{file}:{}", number + 1);
        let value = serde_json::from_str(line).map_err(|error| format!("{place}: {error}"))?;
        values.push((place, value));
    }
    Ok(values)
}

fn text(file: &str) -> Result<String, String> {
    std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))
}
