//! `Intl` beside what V8 answers; `fixtures/v8.mjs` writes the answers.

use crate::runtime::builtins::web_realm::{check_answers, evaluate};

#[test]
fn as_v8() {
    check_answers(include_str!("../../../../fixtures/intl.jsonl"), "UTC");
}

#[test]
fn other_locales_are_refused() {
    for call in [
        "(1).toLocaleString('de-DE')",
        "new Date(0).toLocaleDateString('sv-SE')",
        "'a'.localeCompare('b', 'sv')",
        "new Intl.NumberFormat(['fr', 'en'])",
        "Intl.DateTimeFormat('en-GB')",
        "new Intl.Collator('de')",
    ] {
        let message = evaluate(&format!(
            "try {{ {call}; 'no error' }} catch (e) {{ e.name + ': ' + e.message }}"
        ));
        let start = "RangeError: only the locale en-US is available, not `";
        assert!(message.starts_with(start), "{call}: {message}");
    }
}
