//! What a script gets from a tool's answer: the value alone, or the tool's error.
//!
//! It works on the JSON text and decodes only what it must, so that an answer
//! nested beyond what a decoder takes, cut inside an emoji (`"\ud83d"`) or with
//! numbers like `1e400` passes through as it came. Start at [`unwrap_result`].

use serde_json::value::RawValue;

use crate::raw_object::RawObject;

/// Most characters of a tool's own error message that are kept.
const MESSAGE_CHARS: usize = 4_000;

/// The value of a successful call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unwrapped {
    /// JSON text.
    pub value_json: String,
}

/// An answer that carries no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResultError {
    /// The tool says that it failed (`isError`).
    #[error("{message}")]
    Tool {
        /// In its own words, cut when long.
        message: String,
        /// JSON text of its content blocks, where there were any.
        content_json: Option<String>,
    },
    /// The answer is no `CallToolResult`.
    #[error("the answer is no tool result: {reason}")]
    Malformed {
        /// What is wrong with it.
        reason: String,
    },
}

/// Unwraps the JSON text of a `CallToolResult`: an error if it says so, else
/// `structuredContent` (without a lone `result` around it), else its texts, else
/// the content blocks. A text that holds JSON nested deeper than `max_depth`
/// stays a text.
///
/// # Errors
/// [`ResultError`] when the tool failed or the text is no such result.
pub fn unwrap_result(raw: &str, max_depth: usize) -> Result<Unwrapped, ResultError> {
    let malformed = |reason: String| ResultError::Malformed { reason };
    let result =
        RawObject::read(raw).ok_or_else(|| malformed("it is no JSON object".to_owned()))?;
    let content = result.get("content");
    let blocks = match content {
        None => Vec::new(),
        Some(content) => serde_json::from_str::<Vec<&RawValue>>(content.get())
            .map_err(|_| malformed("its `content` is no array".to_owned()))?,
    };
    let structured = result.get("structuredContent");

    if result
        .get("isError")
        .is_some_and(|flag| flag.get() == "true")
    {
        return Err(ResultError::Tool {
            message: error_message(&blocks, structured),
            content_json: content.map(|content| content.get().to_owned()),
        });
    }
    let value_json = match structured {
        Some(structured) => without_wrap(structured).to_owned(),
        None => value_of(&blocks, content, max_depth),
    };
    Ok(Unwrapped { value_json })
}

/// `{"result": …}` and nothing else is how FastMCP wraps what is no object.
fn without_wrap(structured: &RawValue) -> &str {
    let object = RawObject::read(structured.get());
    match object.as_ref().and_then(RawObject::only) {
        Some(("\"result\"", value)) => value.get(),
        _ => structured.get(),
    }
}

fn value_of(blocks: &[&RawValue], content: Option<&RawValue>, max_depth: usize) -> String {
    let texts: Option<Vec<&RawValue>> = blocks.iter().map(|block| text_of(block)).collect();
    match (texts.as_deref(), content) {
        (_, None) | (Some([]), _) => "null".to_owned(),
        (Some([text]), _) => {
            embedded_json(text, max_depth).unwrap_or_else(|| text.get().to_owned())
        }
        (Some(texts), _) => {
            // A list of records comes as one block each: all are parsed, or none.
            let inside = max_depth.saturating_sub(1);
            let parsed: Option<Vec<String>> = texts
                .iter()
                .map(|text| embedded_json(text, inside))
                .collect();
            let items =
                parsed.unwrap_or_else(|| texts.iter().map(|text| text.get().to_owned()).collect());
            format!("[{}]", items.join(","))
        }
        (None, Some(content)) => content.get().to_owned(),
    }
}

/// The text of a text block, still as a JSON string literal.
fn text_of(block: &RawValue) -> Option<&RawValue> {
    let block = RawObject::read(block.get())?;
    let text = block.get("text")?;
    (block.get("type")?.get() == "\"text\"" && text.get().starts_with('"')).then_some(text)
}

/// The JSON object or array that a text holds, if that is what it holds and it is
/// nested no deeper than this.
fn embedded_json(literal: &RawValue, max_depth: usize) -> Option<String> {
    let text: String = serde_json::from_str(literal.get()).ok()?;
    let text = text.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\u{feff}');
    let is_container = text.starts_with(['{', '[']);
    let is_json = is_container && serde_json::from_str::<&RawValue>(text).is_ok();
    (is_json && depth(text) <= max_depth).then(|| text.to_owned())
}

/// How deep the arrays and objects of a valid JSON text are nested.
pub(crate) fn depth(json: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    let mut in_string = false;
    let mut bytes = json.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => in_string = !in_string,
            b'\\' if in_string => {
                bytes.next();
            }
            b'[' | b'{' if !in_string => {
                open += 1;
                deepest = deepest.max(open);
            }
            b']' | b'}' if !in_string => open = open.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

fn error_message(blocks: &[&RawValue], structured: Option<&RawValue>) -> String {
    let texts: Vec<String> = blocks
        .iter()
        .filter_map(|block| text_of(block))
        .map(|text| serde_json::from_str(text.get()).unwrap_or_else(|_| text.get().to_owned()))
        .filter(|text| !text.trim().is_empty())
        .collect();
    let message = match (texts.is_empty(), structured) {
        (false, _) => texts.join("\n"),
        (true, Some(structured)) => structured.get().to_owned(),
        (true, None) => "the tool reported an error without a message".to_owned(),
    };
    let message = message.trim();
    match message.char_indices().nth(MESSAGE_CHARS) {
        None => message.to_owned(),
        Some((end, _)) => format!(
            "{}… ({MESSAGE_CHARS} of {} characters)",
            &message[..end],
            message.chars().count()
        ),
    }
}

#[cfg(test)]
mod tests;
