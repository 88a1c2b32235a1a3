//! What our own transport makes of the answer to a `tools/call` or `tools/list`.
//!
//! rmcp decodes answers into its own types and gives up on what it does not know. Our transport
//! hands it a stand-in instead that carries the raw text, and the caller takes it out again. Start
//! at [`Answer`].

use rmcp::model::{CustomResult, ServerResult};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The raw JSON text of a result, or why there is none.
pub(super) type Answer = Result<String, Refusal>;

/// Why there is no result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Refusal {
    /// The server answered with a JSON-RPC error.
    Error {
        code: i32,
        message: String,
        data: Option<String>,
    },
    /// The line is longer than the limit and was skipped.
    TooLarge { bytes: u64, allowed: u64 },
    /// The answer cannot be read.
    Unreadable { why: String },
}

/// Wraps an answer for its way through rmcp.
pub(super) fn into_stand_in(answer: Answer) -> ServerResult {
    let value = match answer {
        Ok(text) => Value::String(text),
        Err(refusal) => serde_json::to_value(refusal).unwrap_or_default(),
    };
    ServerResult::CustomResult(CustomResult::new(value))
}

/// Takes the answer out again.
pub(super) fn from_stand_in(result: ServerResult) -> Answer {
    let unknown = || Refusal::Unreadable {
        why: "the answer is of an unexpected kind".to_owned(),
    };
    match result {
        ServerResult::CustomResult(CustomResult(Value::String(text))) => Ok(text),
        ServerResult::CustomResult(CustomResult(value)) => {
            Err(serde_json::from_value(value).unwrap_or_else(|_| unknown()))
        }
        _ => Err(unknown()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_survives_its_way_through_rmcp() {
        for answer in [
            Ok("{\"a\":1e400}".to_owned()),
            Err(Refusal::Error {
                code: -1,
                message: "no".to_owned(),
                data: None,
            }),
            Err(Refusal::TooLarge {
                bytes: 9,
                allowed: 8,
            }),
            Err(Refusal::Unreadable {
                why: "noise".to_owned(),
            }),
        ] {
            assert_eq!(from_stand_in(into_stand_in(answer.clone())), answer);
        }
    }
}
