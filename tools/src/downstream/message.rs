//! Reads one line of a server as a JSON-RPC message, taking its payload as text.
//!
//! Owns what may be wrong with a line and to which call it still belongs. Payloads are not decoded
//! here: numbers out of range, lone surrogates and deep nesting in them do no harm. Must not know
//! what the payloads mean. Start at [`read`].

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::raw_object::RawObject;

/// What a line says.
#[derive(Debug)]
pub(super) enum Message<'a> {
    /// The answer to our request `id`.
    Response {
        id: i64,
        payload: Payload<'a>,
    },
    /// A request of the server, with its id as it stands.
    Request {
        id: &'a RawValue,
        method: String,
    },
    Notification {
        method: String,
        text: &'a str,
    },
    /// An error the server could not relate to a request.
    LooseError(RpcError),
}

/// What an answer holds.
#[derive(Debug)]
pub(super) enum Payload<'a> {
    Result(&'a str),
    Error(RpcError),
    /// Neither a result nor an error that can be read.
    Unreadable(&'static str),
}

/// A JSON-RPC error, as far as it can be read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RpcError {
    pub(super) code: i32,
    pub(super) message: String,
    /// JSON text.
    pub(super) data: Option<String>,
}

/// Why a line is no message.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    /// The request it answers, if that could be made out.
    pub(super) id: Option<i64>,
    pub(super) why: &'static str,
}

/// The members of a message, none of them looked into.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    method: Option<&'a RawValue>,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    #[serde(borrow)]
    error: Option<&'a RawValue>,
}

/// The most that is kept of the text of an error.
const LONGEST_ERROR_TEXT: usize = 16 * 1024;

/// A batch of more is not read.
const LARGEST_BATCH: usize = 1024;

/// Reads a line as the messages it holds: one, or several where the server sends a batch.
pub(super) fn read(line: &str) -> Vec<Result<Message<'_>, Unreadable>> {
    match line.as_bytes().first() {
        Some(b'{') => vec![read_one(line)],
        Some(b'[') => match serde_json::from_str::<Vec<&RawValue>>(line) {
            Ok(batch) if batch.len() <= LARGEST_BATCH => {
                batch.iter().map(|one| read_one(one.get())).collect()
            }
            Ok(_) => vec![Err(Unreadable {
                id: None,
                why: "it holds too many messages",
            })],
            Err(_) => vec![Err(Unreadable {
                id: None,
                why: "it is not valid JSON",
            })],
        },
        _ => vec![Err(Unreadable {
            id: None,
            why: "it is not a JSON object",
        })],
    }
}

fn read_one(text: &str) -> Result<Message<'_>, Unreadable> {
    let envelope: Envelope<'_> = serde_json::from_str(text).map_err(|_| Unreadable {
        id: find_id(text, text),
        why: "it is not a valid JSON-RPC message",
    })?;
    if let Some(method) = envelope.method {
        let method = serde_json::from_str::<String>(method.get()).map_err(|_| Unreadable {
            id: None,
            why: "its `method` is not a string",
        })?;
        return Ok(match envelope.id {
            Some(id) => Message::Request { id, method },
            None => Message::Notification { method, text },
        });
    }
    match (envelope.id, envelope.error) {
        (Some(id), error) => {
            let Some(id) = read_id(id.get()) else {
                return Err(Unreadable {
                    id: None,
                    why: "its `id` is not one of ours",
                });
            };
            let payload = match (envelope.result, error) {
                (Some(result), _) => Payload::Result(result.get()),
                (None, Some(error)) => Payload::Error(read_error(error.get())),
                (None, None) => Payload::Unreadable("it has neither a result nor an error"),
            };
            Ok(Message::Response { id, payload })
        }
        (None, Some(error)) => Ok(Message::LooseError(read_error(error.get()))),
        (None, None) => Err(Unreadable {
            id: None,
            why: "it has neither an `id` nor a `method`",
        }),
    }
}

/// Our ids are small whole numbers; some servers send them back as text or as `1.0`.
fn read_id(json: &str) -> Option<i64> {
    if let Ok(id) = json.parse::<i64>() {
        return Some(id);
    }
    if let Ok(id) = json.parse::<f64>() {
        return (id.fract() == 0.0 && id.abs() < 9e15).then_some(id as i64);
    }
    json.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

/// Takes from an error object what is there; a server that sends less gets the defaults.
fn read_error(json: &str) -> RpcError {
    let text = |raw: &str| match serde_json::from_str::<String>(raw) {
        Ok(text) => text,
        Err(_) => raw.to_owned(),
    };
    let (code, message, data) = match RawObject::read(json) {
        Some(members) => (
            members.decode("code"),
            members.get("message").map(|message| text(message.get())),
            members.get("data").map(RawValue::get),
        ),
        None => (None, Some(text(json)), None),
    };
    RpcError {
        code: code.unwrap_or(-32603),
        message: shortened(
            message.as_deref().unwrap_or("no message"),
            LONGEST_ERROR_TEXT,
        )
        .into_owned(),
        data: data
            .filter(|data| data.len() <= LONGEST_ERROR_TEXT)
            .map(str::to_owned),
    }
}

/// Cuts a text at a character's border, marking that it did.
pub(super) fn shortened(text: &str, longest: usize) -> Cow<'_, str> {
    if text.len() <= longest {
        return Cow::Borrowed(text);
    }
    let end = text.floor_char_boundary(longest);
    Cow::Owned(format!("{}…", &text[..end]))
}

/// Looks for the id of a message that cannot be parsed, in its beginning and in its end.
pub(super) fn find_id(start: &str, end: &str) -> Option<i64> {
    id_in_start(start).or_else(|| id_in_end(end))
}

/// Walks the members of the outermost object until its `id`, or until the text stops making sense.
fn id_in_start(text: &str) -> Option<i64> {
    let mut depth = 0_u32;
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1).filter(|depth| *depth > 0)?,
            b'"' => {
                let mut escaped = false;
                let close = bytes.find_map(|(at, byte)| {
                    let ends = byte == b'"' && !escaped;
                    escaped = byte == b'\\' && !escaped;
                    ends.then_some(at)
                })?;
                if depth == 1
                    && text.get(at..=close) == Some("\"id\"")
                    && let Some(value) = text[close + 1..].trim_start().strip_prefix(':')
                {
                    return leading_id(value).map(|(id, _)| id);
                }
            }
            _ => {}
        }
    }
    None
}

/// The last `"id": …` after which the outermost object only closes.
fn id_in_end(text: &str) -> Option<i64> {
    let at = text.rfind("\"id\"")?;
    let value = text[at + 4..].trim_start().strip_prefix(':')?;
    let (id, rest) = leading_id(value)?;
    let rest = rest.trim_end().strip_suffix('}')?;
    (!rest.contains(['{', '}', '[', ']'])).then_some(id)
}

/// The id a text begins with, and what follows it.
fn leading_id(text: &str) -> Option<(i64, &str)> {
    let text = text.trim_start();
    let end = text.find([',', '}', ' ', '\t', ']'])?;
    let (id, rest) = text.split_at(end);
    Some((read_id(id)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(line: &str) -> (i64, String) {
        match read(line).remove(0).unwrap() {
            Message::Response {
                id,
                payload: Payload::Result(text),
            } => (id, text.to_owned()),
            other => panic!("not a result: {other:?}"),
        }
    }

    #[test]
    fn a_payload_is_taken_as_text_whatever_is_in_it() {
        let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
        for payload in [
            "{\"a\":1e400}",
            "\"\\ud800\"",
            deep.as_str(),
            "0.10000000000000000001",
        ] {
            let line = format!("{{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{payload}}}");
            assert_eq!(result(&line), (7, payload.to_owned()));
        }
        assert_eq!(result(r#"{"result":{},"id":"12"}"#).0, 12);
        assert_eq!(result(r#"{"result":{},"id":3.0}"#).0, 3);
    }

    #[test]
    fn what_is_no_message_says_why_and_whose_it_is() {
        fn check(line: &str, id: Option<i64>) {
            assert_eq!(read(line).remove(0).unwrap_err().id, id, "{line}");
        }
        check("Server listening", None);
        check("{\"id\":4,\"result\":{\"a\":", Some(4));
        check("{\"id\":4,\"result\":{}}{\"id\":5,\"result\":{}}", Some(4));
        check("{\"result\":{\"id\":9,\"x\":nope},\"id\":5}", Some(5));
        check("{\"result\":{\"x\":nope,\"id\":9}}", None);
        check("{\"id\":{},\"result\":1}", None);
        check("{\"id\":4,\"id\":4,\"result\":1}", Some(4));
        check("{}", None);
        check("[1, 2", None);
        check("{\"method\":5}", None);
        check("{\"\\\"id\\\"\":1,\"id\"", None);
    }

    #[test]
    fn the_id_of_a_skipped_line_is_found_at_either_end() {
        fn check(start: &str, end: &str, id: Option<i64>) {
            assert_eq!(find_id(start, end), id, "{start} … {end}");
        }
        check(
            r#"{"jsonrpc":"2.0","id":31,"result":{"text":"aaa"#,
            "aaa\"}}",
            Some(31),
        );
        check(
            r#"{"jsonrpc":"2.0","result":{"id":1,"text":"aaa"#,
            r#"aaa"},"id":31}"#,
            Some(31),
        );
        check(
            r#"{"result":{"id":1,"text":"aaa"#,
            r#"aaa"},"id": "31" , "jsonrpc":"2.0" }"#,
            Some(31),
        );
        check(r#"{"result":{"id":1,"text":"aaa"#, r#"aaa","id":2}}"#, None);
        check(r#"{"result":"{\"id\":1}"#, "aaa", None);
        check("", "", None);
        check("}}}", "}}}", None);
    }

    #[test]
    fn errors_are_read_as_far_as_they_go() {
        fn check(line: &str, code: i32, message: &str) {
            match read(line).remove(0).unwrap() {
                Message::Response {
                    payload: Payload::Error(error),
                    ..
                }
                | Message::LooseError(error) => {
                    assert_eq!((error.code, error.message.as_str()), (code, message));
                }
                other => panic!("not an error: {other:?}"),
            }
        }
        check(
            r#"{"id":1,"error":{"code":-32602,"message":"bad"}}"#,
            -32602,
            "bad",
        );
        check(r#"{"id":1,"error":{"code":"x","message":7}}"#, -32603, "7");
        check(r#"{"id":1,"error":"broken"}"#, -32603, "broken");
        check(r#"{"id":null,"error":{}}"#, -32603, "no message");
    }

    #[test]
    fn a_batch_is_several_messages() {
        let batch = read(r#"[{"id":1,"result":1}, {"method":"x"}, 5]"#);
        assert_eq!(batch.len(), 3);
        assert!(matches!(&batch[1], Ok(Message::Notification { .. })));
        assert!(batch[2].is_err());
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_odd(text in "[\\[\\]{}\":,\\\\a-e0-9 i]{0,60}", other in "\\PC{0,40}") {
            for text in [text.clone(), other.clone(), format!("{{\"id\":{text}"), format!("{other}\"id\":{text}}}")] {
                let _ = read(&text);
                let _ = find_id(&text, &text);
            }
        }
    }
}
