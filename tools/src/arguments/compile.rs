//! Compiling a schema under bounds.

use jsonschema::{PatternOptions, Validator};
use serde_json::{Value, json};

use super::bound::{self, Bound};
use crate::prose;
use crate::typescript::lower::is_property_map;

/// How often a pattern may go back before it is given up.
const BACKTRACKS: usize = 10_000;
/// Most a compiled pattern may take, in bytes.
const PATTERN_BYTES: usize = 256 << 10;

/// A compiled schema, or why there is none.
#[derive(Debug)]
pub(crate) enum Checker {
    Compiled {
        validator: Box<Validator>,
        /// What was compiled, where that is not the tool's schema as it stands.
        schema: Option<Box<Value>>,
        bound: Bound,
    },
    Unchecked(String),
}

impl Checker {
    pub(crate) fn new(schema: &Value) -> Self {
        match schema.as_object() {
            Some(map) if is_property_map(map) => {
                let schema = json!({"properties": map});
                Self::compiled(&schema, Some(Box::new(schema.clone())))
            }
            _ => Self::compiled(schema, None),
        }
    }

    fn compiled(schema: &Value, kept: Option<Box<Value>>) -> Self {
        let bound = match bound::measure(schema) {
            Ok(bound) => bound,
            Err(reason) => return Self::Unchecked(reason),
        };
        let patterns = PatternOptions::fancy_regex()
            .backtrack_limit(BACKTRACKS)
            .size_limit(PATTERN_BYTES)
            .dfa_size_limit(PATTERN_BYTES);
        let built = jsonschema::options()
            .offline()
            .with_pattern_options(patterns)
            .should_validate_formats(false)
            .build(schema);
        match built {
            Ok(validator) => Self::Compiled {
                validator: Box::new(validator),
                schema: kept,
                bound,
            },
            Err(error) => Self::Unchecked(prose::one_line(&error.to_string(), 300)),
        }
    }
}
