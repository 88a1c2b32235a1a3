use super::*;

/// Deeper than what is nested here, but for one test.
const DEPTH: usize = 500;

fn check(raw: &str, expected: &str) {
    let value = match unwrap_result(raw, DEPTH) {
        Ok(unwrapped) => unwrapped.value_json,
        Err(error) => format!("error: {error}"),
    };
    assert_eq!(value, expected, "{raw}");
}

#[test]
fn structured_content_comes_first_without_its_wrap() {
    check(
        r#"{"content":[{"type":"text","text":"x"}],"structuredContent":{"a":1}}"#,
        r#"{"a":1}"#,
    );
    check(
        r#"{"content":[],"structuredContent":{"result":[1,2]}}"#,
        "[1,2]",
    );
    check(
        r#"{"structuredContent":{"result":1,"next":2}}"#,
        r#"{"result":1,"next":2}"#,
    );
    check(
        r#"{"content":[{"type":"text","text":"x"}],"structuredContent":null}"#,
        r#""x""#,
    );
}

#[test]
fn one_text_is_parsed_where_it_is_an_object_or_array() {
    check(
        r#"{"content":[{"type":"text","text":"{\"a\": [1]}\n"}]}"#,
        r#"{"a": [1]}"#,
    );
    check(r#"{"content":[{"type":"text","text":"[1]"}]}"#, "[1]");
    check(r#"{"content":[{"type":"text","text":"12"}]}"#, r#""12""#);
    check(
        r#"{"content":[{"type":"text","text":"{not json}"}]}"#,
        r#""{not json}""#,
    );
    check(
        r#"{"content":[{"type":"text","text":"[link] and {x}"}]}"#,
        r#""[link] and {x}""#,
    );
}

#[test]
fn several_texts_are_an_array() {
    check(
        r#"{"content":[{"type":"text","text":"a"},{"text":"{}","type":"text"}]}"#,
        r#"["a","{}"]"#,
    );
    check(
        r#"{"content":[{"type":"text","text":"{\"id\":1}"},{"type":"text","text":"{\"id\":2}"}]}"#,
        r#"[{"id":1},{"id":2}]"#,
    );
}

#[test]
fn mixed_content_and_media_stay_blocks() {
    let blocks =
        r#"[{"type":"text","text":"a"},{"type":"image","data":"AA==","mimeType":"image/png"}]"#;
    check(&format!(r#"{{"content":{blocks}}}"#), blocks);
    check(
        r#"{"content":[{"type":"novel","x":1}]}"#,
        r#"[{"type":"novel","x":1}]"#,
    );
    check(
        r#"{"content":[{"type":"text","text":5}]}"#,
        r#"[{"type":"text","text":5}]"#,
    );
}

#[test]
fn nothing_is_null() {
    check(r#"{"content":[]}"#, "null");
    check("{}", "null");
}

#[test]
fn what_a_decoder_refuses_passes_through() {
    check(
        r#"{"content":[{"type":"text","text":"cut \ud83d"}]}"#,
        r#""cut \ud83d""#,
    );
    check(
        r#"{"structuredContent":{"n":1e400,"s":"\ud83d"}}"#,
        r#"{"n":1e400,"s":"\ud83d"}"#,
    );
    check(r#"{"\ud83d":1,"content":[]}"#, "null");
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    check(
        &format!(r#"{{"structuredContent":{{"result":{deep}}}}}"#),
        &deep,
    );
    check(
        r#"{"content":[{"type":"text","text":"{\"s\":\"\\ud83d\"}"}]}"#,
        r#"{"s":"\ud83d"}"#,
    );
}

#[test]
fn a_repeated_key_means_the_last() {
    check(
        r#"{"structuredContent":{"a":1},"structuredContent":{"a":2}}"#,
        r#"{"a":2}"#,
    );
}

#[test]
fn a_tools_error_has_its_message_and_content() {
    let content = r#"[{"type":"text","text":"no such file"},{"type":"text","text":"try another"}]"#;
    assert_eq!(
        unwrap_result(&format!(r#"{{"isError":true,"content":{content}}}"#), DEPTH),
        Err(ResultError::Tool {
            message: "no such file\ntry another".to_owned(),
            content_json: Some(content.to_owned()),
        })
    );
    check(
        r#"{"isError":true,"structuredContent":{"code":5}}"#,
        r#"error: {"code":5}"#,
    );
    check(
        r#"{"isError":true}"#,
        "error: the tool reported an error without a message",
    );
}

#[test]
fn a_long_error_message_is_cut_with_its_numbers() {
    let text = "é".repeat(10_000);
    let raw = format!(r#"{{"isError":true,"content":[{{"type":"text","text":"{text}"}}]}}"#);
    let message = unwrap_result(&raw, DEPTH).unwrap_err().to_string();
    assert!(
        message.ends_with("é… (4000 of 10000 characters)"),
        "{message}"
    );
}

#[test]
fn what_is_no_result_is_said() {
    check(
        "[]",
        "error: the answer is no tool result: it is no JSON object",
    );
    check(
        "",
        "error: the answer is no tool result: it is no JSON object",
    );
    check(
        r#"{"content":5}"#,
        "error: the answer is no tool result: its `content` is no array",
    );
}

#[test]
fn text_nested_too_deep_stays_text() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let one = |text: &str| format!(r#"{{"content":[{{"type":"text","text":"{text}"}}]}}"#);
    check(&one(&nested(DEPTH)), &nested(DEPTH));
    let deeper = nested(DEPTH + 1);
    check(&one(&deeper), &format!("\"{deeper}\""));
    // Several texts are parsed into one array, which is a level too.
    let [full, small] = [nested(DEPTH), nested(1)];
    check(
        &format!(
            r#"{{"content":[{{"type":"text","text":"{full}"}},{{"type":"text","text":"{small}"}}]}}"#
        ),
        &format!(r#"["{full}","{small}"]"#),
    );
}

#[test]
fn brackets_inside_strings_are_no_nesting() {
    assert_eq!(depth(r#"{"a":["[[\"[",{"b\\":[1]}],"c":[]}"#), 4);
    assert_eq!(depth("1"), 0);
}
