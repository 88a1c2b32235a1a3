use serde_json::{Value, json};

use super::*;

/// Cuts and asserts that the budget holds.
fn check(value: &Value, budget: usize) -> String {
    let cut = cut_json(&value.to_string(), budget);
    assert!(
        characters(&cut) <= budget,
        "{} characters in a budget of {budget}: {cut}",
        characters(&cut)
    );
    cut
}

#[test]
fn what_fits_is_left_alone() {
    let value = json!({"a": [1, 2, {"b": null}], "c": "ü".repeat(40)});
    assert_eq!(check(&value, 100), value.to_string());
}

#[test]
fn an_array_shows_its_first_items() {
    let rows: Vec<_> = (0..5000)
        .map(|id| json!({"id": id, "name": format!("item {id}")}))
        .collect();
    insta::assert_snapshot!(
        check(&json!(rows), 200),
        @r#"[{"id":0,"name":"item 0"},{"id":1,"name":"item 1"},{"id":2,"name":"item 2"},{"id":3,"name":"item 3"},{"id":4,"name":"item 4"},{"id":5,"name":"item 5"},… 4,994 more of 5,000]"#
    );
}

#[test]
fn small_fields_stay_whole_beside_a_large_one() {
    let rows: Vec<_> = (0..1000).collect();
    insta::assert_snapshot!(
        check(&json!({"total": 1000, "rows": rows, "next": "page 2"}), 200),
        @r#"{"total":1000,"rows":[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,… 959 more of 1,000],"next":"page 2"}"#
    );
}

#[test]
fn a_long_string_keeps_its_start() {
    insta::assert_snapshot!(
        check(&json!({"text": "lorem ipsum ".repeat(1000)}), 200),
        @r#"{"text":"lorem ipsum lorem ipsum lorem ipsum lorem ipsum lorem ipsum lorem ipsum lorem ipsum lorem ipsum lorem ipsum lorem ipsum lorem ipsum lorem ipsu… 11,858 more of 12,000 characters"}"#
    );
}

#[test]
fn escapes_are_never_split() {
    let lone = format!("\"{}\"", r"\ud83d\n".repeat(50));
    insta::assert_snapshot!(cut_json(&lone, 80), @r#""\ud83d\n\ud83d\n\ud83d\n\ud83d\n… 92 more of 100 characters""#);
}

#[test]
fn keys_with_lone_surrogates_are_kept() {
    let object = format!(r#"{{"\ud83d":1,"rest":"{}"}}"#, "x".repeat(200));
    assert!(cut_json(&object, 120).starts_with(r#"{"\ud83d":1,"rest":"xxx"#));
}

#[test]
fn many_keys_are_counted() {
    let object: serde_json::Map<_, _> = (0..300).map(|n| (format!("key{n}"), json!(n))).collect();
    insta::assert_snapshot!(
        check(&Value::Object(object), 120),
        @r#"{"key0":0,"key1":1,"key2":2,"key3":3,"key4":4,"key5":5,"key6":6,"key7":7,… 292 more of 300 keys}"#
    );
}

#[test]
fn large_items_are_cut_inside() {
    let item = json!({"id": 1, "body": "x".repeat(5000), "labels": ["a", "b"]});
    insta::assert_snapshot!(
        check(&json!([item, item, item]), 400),
        @r#"[{"id":1,"body":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… 4,953 more of 5,000 characters","labels":["a","b"]},{"id":1,"body":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… 4,952 more of 5,000 characters","labels":["a","b"]},{"id":1,"body":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… 4,952 more of 5,000 characters","labels":["a","b"]}]"#
    );
}

#[test]
fn what_lies_deep_is_counted() {
    let nested = format!(
        "{}{}{}",
        "[".repeat(100_000),
        "7,".repeat(10) + "7",
        "]".repeat(100_000)
    );
    insta::assert_snapshot!(cut_json(&nested, 200), @"[[[[[[[[[[[[[[[[[… 1 item]]]]]]]]]]]]]]]]]");
    assert!(cut_json(&nested, 10_000).len() < 100);
}

#[test]
fn any_shape_keeps_to_its_budget() {
    let text = "päper ".repeat(400);
    let shapes = [
        json!([[text, text], {"a": text, "b": [text, text, text]}]),
        json!({"a".repeat(300): text, "b": {"c".repeat(90): [1, 2, text]}}),
        json!(vec![vec![vec![1; 50]; 50]; 50]),
        json!(vec![json!({"a": {"b": {"c": text}}}); 40]),
        json!(text),
    ];
    for shape in shapes {
        for budget in [64, 65, 100, 150, 333, 1000, 4000, 10_000] {
            check(&shape, budget);
        }
    }
}

#[test]
fn text_is_cut_at_a_line() {
    let log: Vec<_> = (0..100).map(|line| format!("line {line}")).collect();
    let log = log.join("\n") + "\n";
    insta::assert_snapshot!(cut_text(&log, 90), @"
    line 0
    line 1
    line 2
    line 3
    line 4
    line 5
    … 749 more of 790 characters
    ");
    assert_eq!(cut_text("short", 64), "short");
}

#[test]
fn thousands_are_grouped() {
    assert_eq!(
        [0, 999, 1000, 1_234_567].map(grouped),
        ["0", "999", "1,000", "1,234,567"]
    );
}
