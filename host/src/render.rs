//! Answers: what the client's model reads of a run or of a single call.
//!
//! Owns the wording and the cut to size. Does no I/O and knows nothing of the
//! protocol but its content blocks. Start at [`report`].

mod blocks;
mod cut;
mod failure;
mod ledger;
mod notes;

use retort_sandbox::contract::Value;
use retort_tools::CallError;
use rmcp::model::ContentBlock;

pub(crate) use self::cut::grouped;

use self::blocks::Fitted;
use self::cut::{characters, cut_json};
use crate::results::{ResultId, ResultStore};
use crate::run::{Bytes, RunLimits, RunOutcome, RunReport};

/// Part of an answer that notes may take from a value too large for both.
const NOTES_SHARE: usize = 3;
/// Part of an answer that the words of an error may take from its notes.
const ERROR_SHARE: usize = 2;
/// Room for the sentence that says where the whole value is.
const CUT_NOTE: usize = 160;

/// What a tool of ours answers: the value first, then what a script emitted,
/// then what is to be said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Content blocks. Never structured content beside them: clients show that
    /// instead of the text.
    pub content: Vec<ContentBlock>,
    /// Whether the script or the call failed.
    pub is_error: bool,
}

impl Answer {
    /// A good answer of one text.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            content: vec![ContentBlock::text(text)],
            is_error: false,
        }
    }

    /// A failure, told in one text.
    pub fn error(text: impl Into<String>) -> Self {
        Self {
            content: vec![ContentBlock::text(text)],
            is_error: true,
        }
    }

    fn value(text: Option<String>, emitted: Vec<ContentBlock>, notes: Option<String>) -> Self {
        let text = text.map(ContentBlock::text);
        let content = text
            .into_iter()
            .chain(emitted)
            .chain(notes.map(ContentBlock::text))
            .collect();
        Self {
            content,
            is_error: false,
        }
    }
}

/// The answer to a run, in so many characters as `limits` allow. A value that
/// does not fit is kept in `results`. A failure is one text, because some
/// clients show only the first of an error.
pub fn report(report: &RunReport, results: &ResultStore, limits: &RunLimits) -> Answer {
    let limit = limits.answer_characters as usize;
    let Emitted {
        fitted: emitted,
        rejected,
    } = Emitted::read(&report.transcript.emitted, limit / 2);
    let limit = limit.saturating_sub(emitted.characters);
    let value = match &report.outcome {
        RunOutcome::Returned(value) => value,
        RunOutcome::Planned(plan) => {
            let mut text = format!("nothing was run\n{plan}");
            if !report.findings.is_empty() {
                text = format!("{text}\n{}", report.findings);
            }
            return Answer::text(cut::cut_text(&text, limit));
        }
        _ => {
            let room = limit / ERROR_SHARE;
            let text = cut::cut_text(&failure::words(report, room), room);
            let room = limit.saturating_sub(characters(&text));
            let notes = notes::of_failure(report, rejected, room);
            let text = notes.map_or_else(|| text.clone(), |notes| format!("{text}\n\n{notes}"));
            let mut answer = Answer::error(text);
            answer.content.extend(emitted.blocks);
            return answer;
        }
    };
    let notes = notes::of_success(report, rejected, limit / NOTES_SHARE);
    let room = limit.saturating_sub(notes.as_deref().map_or(0, characters));
    let (text, cut) = match value {
        Value::Undefined if emitted.blocks.is_empty() => (
            Some(
                "the script's value is `undefined`: end it with `return` and what you need"
                    .to_owned(),
            ),
            None,
        ),
        Value::Undefined => (None, None),
        Value::Text(text) => fit_text(text, results, room),
        Value::Json(json) => fit_json(json, results, room),
    };
    Answer::value(text, emitted.blocks, joined(cut, notes))
}

/// The answer to a single call that returned `value`, JSON text, and what is to be
/// said beside it.
pub fn tool_value(
    value: &str,
    surprise: Option<String>,
    results: &ResultStore,
    limits: &RunLimits,
) -> Answer {
    let room = limits.answer_characters as usize;
    let note = surprise.map(|surprise| cut::cut_text(&notes::note(&surprise), room / NOTES_SHARE));
    let room = room.saturating_sub(note.as_deref().map_or(0, characters));
    if let Some(blocks) = media(value) {
        return media_value(value, blocks, note, results, room);
    }
    let (text, cut) = match serde_json::from_str::<String>(value) {
        Ok(text) => fit_text(&text, results, room),
        Err(_) => fit_json(value, results, room),
    };
    Answer::value(text, Vec::new(), joined(cut, note))
}

/// The answer to a single call that failed.
pub fn tool_error(error: &CallError, limits: &RunLimits) -> Answer {
    let words = failure::call_words(error, limits.answer_characters as usize);
    Answer::error(cut_text(&words, limits))
}

/// `text`, or its start with the number of characters left out.
pub fn cut_text(text: &str, limits: &RunLimits) -> String {
    cut::cut_text(text, limits.answer_characters as usize)
}

/// A text as it is, or its start and where the whole is kept.
fn fit_text(text: &str, results: &ResultStore, room: usize) -> (Option<String>, Option<String>) {
    let total = characters(text);
    if total <= room {
        return (Some(text.to_owned()), None);
    }
    let json = serde_json::Value::from(text).to_string();
    let shown = cut::cut_text(text, room.saturating_sub(CUT_NOTE));
    let note = cut_note(results.put(json), total, text.len());
    (Some(shown), Some(note))
}

/// JSON as it is, or cut by its structure and where the whole is kept.
fn fit_json(json: &str, results: &ResultStore, room: usize) -> (Option<String>, Option<String>) {
    let total = characters(json);
    if total <= room {
        return (Some(json.to_owned()), None);
    }
    let shown = cut_json(json, room.saturating_sub(CUT_NOTE));
    let note = cut_note(results.put(json), total, json.len());
    (Some(shown), Some(note))
}

fn cut_note(kept: Option<ResultId>, characters: usize, bytes: usize) -> String {
    let characters = grouped(characters);
    match kept {
        Some(id) => {
            format!(
                "cut: the whole value ({characters} characters) is kept as {id}: `await results.get(\"{id}\")`"
            )
        }
        None => format!(
            "cut: the whole value ({}) is too large to be kept, return less",
            Bytes(bytes as u64)
        ),
    }
}

fn joined(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first}\n{second}")),
        (first, second) => first.or(second),
    }
}

/// The answer to a call that gave content blocks.
fn media_value(
    value: &str,
    blocks: Vec<ContentBlock>,
    note: Option<String>,
    results: &ResultStore,
    room: usize,
) -> Answer {
    let all = blocks.len();
    let fitted = Fitted::of(blocks, room.saturating_sub(CUT_NOTE));
    let left_out = (fitted.left_out > 0).then(|| {
        format!(
            "{} of {} content blocks are shown",
            grouped(fitted.blocks.len()),
            grouped(all)
        )
    });
    let cut = (fitted.is_cut || fitted.left_out > 0)
        .then(|| cut_note(results.put(value), characters(value), value.len()));
    Answer::value(None, fitted.blocks, joined(joined(left_out, cut), note))
}

/// Content blocks with something else than text among them, if `value` is that.
fn media(value: &str) -> Option<Vec<ContentBlock>> {
    let blocks: Vec<ContentBlock> = serde_json::from_str(value).ok()?;
    let is_text = |block: &ContentBlock| matches!(block, ContentBlock::Text(_));
    (!blocks.iter().all(is_text)).then_some(blocks)
}

/// Blocks a script emitted.
struct Emitted {
    fitted: Fitted,
    /// What is wrong with the others.
    rejected: Vec<String>,
}

impl Emitted {
    /// Takes what MCP knows as content; all words in it share `limit` characters.
    fn read(emitted: &[String], limit: usize) -> Self {
        let mut blocks = Vec::new();
        let mut rejected = Vec::new();
        for (index, json) in emitted.iter().enumerate() {
            match serde_json::from_str(json) {
                Ok(block) => blocks.push(block),
                Err(error) => rejected.push(format!(
                    "`emit`: block {} is no MCP content block: {error}",
                    index + 1
                )),
            }
        }
        let fitted = Fitted::of(blocks, limit);
        if fitted.left_out > 0 {
            rejected.push(format!(
                "`emit`: {} of {} blocks were left out, their text does not fit the answer",
                grouped(fitted.left_out),
                grouped(emitted.len())
            ));
        }
        Self { fitted, rejected }
    }
}

#[cfg(test)]
mod tests;
