//! The files that are measured on, and the options that name them.

use std::collections::{HashMap, HashSet};
use std::error::Error;

use retort_tools::{Learned, ServerListing, ServerState, ToolDefinition};
use serde_json::Value;

/// Options without a value.
const FLAGS: [&str; 1] = ["--baseline"];

/// What the command line says.
pub(crate) struct Options(HashMap<String, String>);

impl Options {
    /// Reads `--name value` pairs and flags.
    pub(crate) fn read(arguments: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut options = HashMap::new();
        let mut arguments = arguments.peekable();
        while let Some(name) = arguments.next() {
            let value = if FLAGS.contains(&&*name) {
                String::new()
            } else {
                arguments.next().ok_or(format!("`{name}` needs a value"))?
            };
            options.insert(name, value);
        }
        Ok(Self(options))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(crate) fn need(&self, name: &str) -> Result<&str, String> {
        self.get(name).ok_or(format!("`{name} FILE` is missing"))
    }
}

/// Tools by server, and the ids that queries know them by.
pub(crate) struct Tools {
    pub(crate) listings: Vec<ServerListing>,
    pub(crate) ids: HashMap<(String, String), String>,
}

impl Tools {
    pub(crate) fn read(file: &str, distractors: Option<&str>) -> Result<Self, Box<dyn Error>> {
        let mut tools = Self {
            listings: Vec::new(),
            ids: HashMap::new(),
        };
        for file in [Some(file), distractors].into_iter().flatten() {
            for raw in lines(file)? {
                tools.add(&raw)?;
            }
        }
        Ok(tools)
    }

    /// What is learned where each query is followed by a call of its first tool.
    pub(crate) fn learned(&self, queries: &[Query]) -> Learned {
        let mut learned = Learned::default();
        for query in queries {
            let place = self.ids.iter().find(|(_, id)| **id == query.first);
            if let Some(((server, tool), _)) = place {
                learned.record(&query.text, server, tool);
            }
        }
        learned
    }

    fn add(&mut self, raw: &Value) -> Result<(), Box<dyn Error>> {
        let server = raw["server"].as_str().unwrap_or("tools").to_owned();
        let definition = ToolDefinition::from_json(raw)?;
        let id = raw["id"].as_str().ok_or("a tool without `id`")?;
        self.ids
            .insert((server.clone(), definition.name.clone()), id.to_owned());
        let known = self.listings.iter().position(|known| known.name == server);
        let at = known.unwrap_or_else(|| {
            self.listings.push(ServerListing {
                name: server,
                state: ServerState::Ready,
                instructions: None,
                tools: Vec::new(),
            });
            self.listings.len() - 1
        });
        self.listings[at].tools.push(definition);
        Ok(())
    }
}

/// Which tools are as good as which others.
pub(crate) struct Answers(HashMap<String, String>);

impl Answers {
    pub(crate) fn read(file: Option<&str>) -> Result<Self, Box<dyn Error>> {
        let mut heads = HashMap::new();
        if let Some(file) = file {
            let classes: Vec<Vec<String>> = serde_json::from_str(&std::fs::read_to_string(file)?)?;
            for class in classes {
                for id in &class {
                    heads.insert(id.clone(), class[0].clone());
                }
            }
        }
        Ok(Self(heads))
    }

    /// The one that stands for all that are as good.
    pub(crate) fn head(&self, id: &str) -> String {
        self.0.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }
}

/// A query whose answers are known.
pub(crate) struct Query {
    pub(crate) text: String,
    pub(crate) gold: HashSet<String>,
    /// The first of `gold`, by its own id.
    first: String,
    /// Each of `gold` alone is a right answer.
    pub(crate) any: bool,
}

impl Query {
    pub(crate) fn read(file: &str, answers: &Answers) -> Result<Vec<Self>, Box<dyn Error>> {
        let read = |raw: Value| Self {
            text: raw["query"].as_str().unwrap_or("").to_owned(),
            gold: raw["gold"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(|id| answers.head(id))
                .collect(),
            first: raw["gold"][0].as_str().unwrap_or("").to_owned(),
            any: raw["label"] == "any",
        };
        Ok(lines(file)?.into_iter().map(read).collect())
    }
}

/// Words that say nothing by themselves.
const EMPTY: [&str; 40] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "did", "do", "does", "for", "from",
    "have", "how", "i", "in", "is", "it", "me", "my", "of", "on", "or", "our", "that", "the",
    "their", "this", "to", "up", "was", "we", "what", "which", "who", "with", "you", "your",
];

/// A text without every `every`th word that says something.
pub(crate) fn drop_words(text: &str, every: usize) -> String {
    let mut content = 0;
    let kept = text.split_whitespace().filter(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let says = !bare.is_empty() && !EMPTY.contains(&&*bare.to_lowercase());
        content += usize::from(says);
        !says || !content.is_multiple_of(every)
    });
    kept.collect::<Vec<_>>().join(" ")
}

fn lines(file: &str) -> Result<Vec<Value>, Box<dyn Error>> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    Ok(text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?)
}
