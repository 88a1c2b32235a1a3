//! Dates beside what V8 answers; `fixtures/v8.mjs` writes the answers.

use crate::runtime::builtins::web_realm::check_answers;

#[test]
fn in_utc() {
    check_answers(include_str!("../../../../fixtures/dates-utc.jsonl"), "UTC");
}

#[test]
fn in_berlin() {
    check_answers(
        include_str!("../../../../fixtures/dates-berlin.jsonl"),
        "Europe/Berlin",
    );
}

#[test]
fn in_new_york() {
    check_answers(
        include_str!("../../../../fixtures/dates-new-york.jsonl"),
        "America/New_York",
    );
}
