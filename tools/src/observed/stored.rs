//! What was observed, as text and back. The text may come from anybody: what is too
//! large is refused, what is malformed in part is left out, and no name is taken that
//! would not have been kept.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::shape::{DEPTH, FIELDS, Object, Shape};
use super::{BYTES, NAME_BYTES, Observed, ObservedTool, TOOLS};
use crate::data_like::is_data_like;

/// The format written.
const VERSION: u64 = 1;

/// Why a text is not what [`Observed::to_json`] writes.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ObservedError {
    /// Longer than [`BYTES`].
    #[error("what was observed has {bytes} bytes, at most {BYTES} are read")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// No JSON.
    #[error("what was observed is no JSON: {0}")]
    NotJson(#[from] serde_json::Error),
    /// Another format.
    #[error("what was observed has another format than `\"version\": {VERSION}`")]
    OtherFormat,
}

#[derive(Serialize, Deserialize)]
struct StoredTool {
    server: String,
    tool: String,
    calls: u64,
    quiet: u64,
    at: u64,
    shape: Shape,
}

impl Observed {
    /// All of it as text, for [`Self::from_json`].
    pub fn to_json(&self) -> String {
        let tools = self.tools().map(|(server, tool, known)| StoredTool {
            server: server.to_owned(),
            tool: tool.to_owned(),
            calls: known.calls,
            quiet: known.quiet,
            at: known.at,
            shape: known.shape.clone(),
        });
        let tools: Vec<StoredTool> = tools.collect();
        json!({"version": VERSION, "clock": self.clock, "tools": tools}).to_string()
    }

    /// Reads what [`Self::to_json`] wrote.
    ///
    /// # Errors
    /// [`ObservedError`] for a text that is no such thing at all.
    pub fn from_json(text: &str) -> Result<Self, ObservedError> {
        if text.len() > BYTES {
            return Err(ObservedError::TooLong { bytes: text.len() });
        }
        let mut raw: Value = serde_json::from_str(text)?;
        if raw["version"] != VERSION {
            return Err(ObservedError::OtherFormat);
        }
        let clock = raw["clock"].as_u64().unwrap_or(0).min(u64::MAX / 2);
        let mut observed = Self {
            clock,
            ..Self::default()
        };
        let Value::Array(tools) = raw["tools"].take() else {
            return Ok(observed);
        };
        for raw in tools.into_iter().take(TOOLS) {
            let Ok(stored) = serde_json::from_value::<StoredTool>(raw) else {
                continue;
            };
            let is_name = |name: &str| !name.is_empty() && name.len() <= NAME_BYTES;
            if is_name(&stored.server) && is_name(&stored.tool) {
                observed.take_in(stored);
            }
        }
        observed.trim();
        Ok(observed)
    }

    fn take_in(&mut self, stored: StoredTool) {
        let mut shape = stored.shape;
        shape.sanitise(0);
        let places = shape.fit();
        let at = stored.at.min(self.clock);
        let known = ObservedTool {
            calls: stored.calls.min(u64::MAX / 2),
            quiet: stored.quiet.min(stored.calls),
            at,
            places,
            shape,
        };
        *self.entry(&stored.server, &stored.tool) = Arc::new(known);
    }
}

impl Shape {
    /// Takes out what reading a value would not have kept.
    fn sanitise(&mut self, depth: usize) {
        let has_parts = self.items.is_some() || self.object.is_some();
        if self.is_anything() || (depth >= DEPTH && has_parts) {
            *self = Self::anything();
            return;
        }
        if let Some(items) = &mut self.items {
            items.sanitise(depth + 1);
        }
        if let Some(object) = &mut self.object {
            object.sanitise(depth + 1);
        }
    }
}

impl Object {
    fn sanitise(&mut self, depth: usize) {
        let before = self.fields.len();
        self.fields.retain(|name, _| !is_data_like(name));
        if self.fields.len() < before {
            self.rest = Some(Shape::anything());
        }
        if self.map || self.fields.len() > FIELDS {
            self.become_map();
        }
        let fields = self.fields.values_mut().map(|field| &mut field.shape);
        for shape in fields.chain(&mut self.rest) {
            shape.sanitise(depth);
        }
    }
}
