//! What was learned, as text and back. The text may come from anybody: what is too
//! large is refused, what is malformed in part is left out.

use serde_json::{Map, Value, json};

use super::{
    BYTES, Learned, LearnedTool, LearnedWord, NAME_BYTES, STRONGEST, TOOLS, WEAKEST, WORDS, words,
};

/// The format written.
const VERSION: u64 = 1;

/// Why a text is not what [`Learned::to_json`] writes.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LearnedError {
    /// Longer than [`BYTES`].
    #[error("what was learned has {bytes} bytes, at most {BYTES} are read")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// No JSON.
    #[error("what was learned is no JSON: {0}")]
    NotJson(#[from] serde_json::Error),
    /// Another format.
    #[error("what was learned has another format than `\"version\": {VERSION}`")]
    OtherFormat,
}

impl Learned {
    /// All of it as text, for [`Self::from_json`].
    pub fn to_json(&self) -> String {
        let tools: Vec<Value> = self.tools.iter().map(tool_to_json).collect();
        json!({"version": VERSION, "clock": self.clock, "tools": tools}).to_string()
    }

    /// Reads what [`Self::to_json`] wrote.
    ///
    /// # Errors
    /// [`LearnedError`] for a text that is no such thing at all.
    pub fn from_json(text: &str) -> Result<Self, LearnedError> {
        if text.len() > BYTES {
            return Err(LearnedError::TooLong { bytes: text.len() });
        }
        let raw: Value = serde_json::from_str(text)?;
        if raw["version"] != VERSION {
            return Err(LearnedError::OtherFormat);
        }
        let clock = raw["clock"].as_u64().unwrap_or(0);
        let mut learned = Self {
            clock,
            ..Self::default()
        };
        for raw in raw["tools"].as_array().into_iter().flatten() {
            let Some(tool) = tool_from_json(raw, clock) else {
                continue;
            };
            let known = learned.tools.iter();
            let twice = known.clone().any(|one| one.is(&tool.server, &tool.tool));
            if !twice && known.len() < TOOLS {
                learned.tools.push(tool);
                learned.link(learned.tools.len() - 1);
            }
        }
        Ok(learned)
    }
}

fn tool_to_json(one: &LearnedTool) -> Value {
    let words = one.words.iter().map(|word| {
        // Two places are enough, and keep the text short.
        let strength = (f64::from(word.strength) * 100.0).round() / 100.0;
        (word.written.clone(), json!(strength))
    });
    json!({
        "server": one.server, "tool": one.tool, "uses": one.uses, "at": one.at,
        "words": words.collect::<Map<_, _>>(),
    })
}

fn tool_from_json(raw: &Value, clock: u64) -> Option<LearnedTool> {
    let name = |key: &str| {
        let name = raw[key].as_str()?;
        (!name.is_empty() && name.len() <= NAME_BYTES).then(|| name.to_owned())
    };
    let mut tool = LearnedTool {
        server: name("server")?,
        tool: name("tool")?,
        uses: raw["uses"].as_u64()?,
        at: raw["at"].as_u64()?.min(clock),
        words: Vec::new(),
    };
    for (written, strength) in raw["words"].as_object()?.iter().take(WORDS) {
        let strength = strength.as_f64().map_or(0.0, |number| number as f32);
        if !(WEAKEST..=STRONGEST).contains(&strength) {
            continue;
        }
        let written = &written[..written.floor_char_boundary(NAME_BYTES)];
        for word in words(written) {
            if !tool.words.iter().any(|known| known.stem == word.stem) {
                tool.words.push(LearnedWord { strength, ..word });
            }
        }
    }
    tool.trim();
    (!tool.words.is_empty()).then_some(tool)
}
