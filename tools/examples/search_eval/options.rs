//! What the command line says.

use std::collections::HashMap;

/// Options with a value.
const VALUES: [&str; 8] = [
    "--tools",
    "--queries",
    "--distractors",
    "--equiv",
    "--six",
    "--learn-from",
    "--drop",
    "--found",
];
/// Options without one.
const FLAGS: [&str; 2] = ["--baseline", "--learn"];

/// Options by name, each known.
pub(crate) struct Options(HashMap<String, String>);

impl Options {
    pub(crate) fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = HashMap::new();
        while let Some(name) = arguments.next() {
            let value = if FLAGS.contains(&&*name) {
                String::new()
            } else if VALUES.contains(&&*name) {
                arguments.next().ok_or(format!("`{name}` needs a value"))?
            } else {
                let known = [&VALUES[..], &FLAGS].concat().join("`, `");
                return Err(format!("unknown option `{name}`; known: `{known}`"));
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
