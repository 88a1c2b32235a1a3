//! Compiling a schema under bounds.

use jsonschema::{PatternOptions, Validator};
use serde_json::Value;

/// A compiled schema, or why there is none.
#[derive(Debug)]
pub(crate) enum Checker {
    Compiled(Box<Validator>),
    Unchecked(String),
}

impl Checker {
    pub(crate) fn new(schema: &Value) -> Self {
        let patterns = PatternOptions::fancy_regex()
            .backtrack_limit(10_000)
            .size_limit(1 << 20);
        let built = jsonschema::options()
            .with_pattern_options(patterns)
            .should_validate_formats(false)
            .build(schema);
        match built {
            Ok(validator) => Self::Compiled(Box::new(validator)),
            Err(error) => Self::Unchecked(error.to_string().chars().take(300).collect()),
        }
    }
}
