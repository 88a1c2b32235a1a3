//! Requests that cannot be read as a whole: half a surrogate pair in a string,
//! nesting or numbers beyond what we take, a line too long. A client waits for
//! the answer to each of them, so each gets one.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

/// JSON-RPC's code for a message that cannot be read.
const PARSE_ERROR: i32 = -32_700;
/// What clients of the stateless protocol put into every request.
const MODERN_MARK: &str = "io.modelcontextprotocol/protocolVersion";

/// The members of a request, none of them looked into.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    method: Option<Cow<'a, str>>,
}

/// Replaces escapes of half surrogate pairs (`\ud83d` alone), which JavaScript
/// prints and JSON readers refuse, by the replacement character. `None` if
/// there is none.
pub(super) fn mended(line: &str) -> Option<String> {
    let mut mended = String::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(found) = line[at..].find('\\') {
        let escape = at + found;
        let Some(unit) = code_unit(line, escape) else {
            // Any other escape: its second character may be a backslash.
            at = line.ceil_char_boundary((escape + 2).min(line.len()));
            continue;
        };
        at = escape + 6;
        let pair = (0xD800..0xDC00).contains(&unit)
            && code_unit(line, at).is_some_and(|low| (0xDC00..0xE000).contains(&low));
        if pair {
            at += 6;
        } else if (0xD800..0xE000).contains(&unit) {
            mended.push_str(&line[done..escape]);
            mended.push_str("\\ufffd");
            done = at;
        }
    }
    (done > 0).then(|| mended + &line[done..])
}

/// The code unit of a `\uXXXX` at `at`.
fn code_unit(line: &str, at: usize) -> Option<u16> {
    let hex = line.get(at..at + 6)?.strip_prefix("\\u")?;
    u16::from_str_radix(hex, 16).ok()
}

/// The answer to a request that cannot be read because of `reason`; `None` if
/// it is no request or its id cannot be made out.
pub(super) fn answer(line: &str, reason: &str) -> Option<Vec<u8>> {
    let envelope: Envelope<'_> = serde_json::from_str(line).ok()?;
    let id = serde_json::from_str(envelope.id?.get()).ok()?;
    let is_call = envelope.method? == "tools/call";
    Some(reply(id, is_call, line.contains(MODERN_MARK), reason))
}

/// The answer to a request of which only the ends are known.
pub(super) fn answer_to_ends(start: &[u8], end: &[u8], limit: usize) -> Option<Vec<u8>> {
    let (start, end) = (String::from_utf8_lossy(start), String::from_utf8_lossy(end));
    let head = start.split("\"params\"").next().unwrap_or_default();
    let first = head.find("\"id\"").and_then(|at| id_after(head, at));
    let id = first.or_else(|| id_after(&end, end.rfind("\"id\"")?))?;
    let is_call = start.contains("tools/call") || end.contains("tools/call");
    let reason = format!("the request is longer than {limit} bytes");
    Some(reply(
        id,
        is_call,
        start.contains(MODERN_MARK) || end.contains(MODERN_MARK),
        &reason,
    ))
}

/// The number or string after the `"id"` at `at`.
fn id_after(text: &str, at: usize) -> Option<Value> {
    let value = text[at + 4..].trim_start().strip_prefix(':')?;
    let mut values = serde_json::Deserializer::from_str(value).into_iter::<Value>();
    let id = values.next()?.ok()?;
    (id.is_number() || id.is_string()).then_some(id)
}

/// A model reads results and seldom errors, so a call gets a result.
fn reply(id: Value, is_call: bool, modern: bool, reason: &str) -> Vec<u8> {
    let message = format!("the request cannot be read: {reason}");
    let mut reply = if is_call {
        let content = json!([{"type": "text", "text": message}]);
        json!({"jsonrpc": "2.0", "id": id, "result": {"content": content, "isError": true}})
    } else {
        let error = json!({"code": PARSE_ERROR, "message": message});
        json!({"jsonrpc": "2.0", "id": id, "error": error})
    };
    if is_call && modern {
        reply["result"]["resultType"] = json!("complete");
    }
    let mut text = reply.to_string().into_bytes();
    text.push(b'\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(reply: Option<Vec<u8>>) -> Value {
        serde_json::from_slice(&reply.expect("a reply")).expect("JSON")
    }

    #[test]
    fn half_pairs_are_mended_and_whole_ones_kept() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(mended(text).as_deref(), expected, "{text}");
        };
        check(r#""\ud83d""#, Some(r#""\ufffd""#));
        check(
            r#""a\udca9\ud83d\ud83d\udca9b""#,
            Some(r#""a\ufffd\ufffd\ud83d\udca9b""#),
        );
        check(r#""\ud83d\udca9""#, None);
        check(r#""\\ud83d""#, None);
        check(r#""\ué \"#, None);
        check("plain ü", None);
    }

    #[test]
    fn deep_call_is_answered_as_a_result() {
        let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
        let line = format!(
            r#"{{"method":"tools/call","params":{{"name":"x","arguments":{{"a":{deep}}}}},"jsonrpc":"2.0","id":"q"}}"#
        );
        let reply = parsed(answer(&line, "too deep"));
        assert_eq!(reply["id"], "q");
        assert_eq!(reply["result"]["isError"], true);
        assert!(reply["result"].get("resultType").is_none());
    }

    #[test]
    fn other_requests_get_an_error_and_notifications_nothing() {
        let reply = parsed(answer(
            r#"{"id":7,"method":"tools/list","params":1e999}"#,
            "too large",
        ));
        assert_eq!(
            (&reply["id"], &reply["error"]["code"]),
            (&json!(7), &json!(PARSE_ERROR))
        );
        assert_eq!(
            answer(r#"{"method":"x","params":1e999}"#, "too large"),
            None
        );
        assert_eq!(answer("garbage", "garbage"), None);
    }

    #[test]
    fn overlong_request_is_answered_by_its_ends() {
        let first = br#"{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"id":9"#;
        assert_eq!(parsed(answer_to_ends(first, b"xxx}}}", 10))["id"], 5);
        let last = br#"xxx"}},"jsonrpc":"2.0","id":6}"#;
        assert_eq!(
            parsed(answer_to_ends(
                br#"{"method":"tools/call","params":{"#,
                last,
                10
            ))["id"],
            6
        );
        assert_eq!(answer_to_ends(b"{", b"}", 10), None);
    }
}
