//! A realm for the tests of single built-ins, without the event loop.

use std::rc::Rc;

use boa_engine::{Context, JsValue, Source};

use crate::contract::{GuestLimits, Now, Start, VERSION};
use crate::runtime::environment::Environment;
use crate::runtime::environment::clock::StepClock;
use crate::runtime::event_loop::Hooks;

/// A realm with all built-ins, 2.5 seconds into a run, in UTC.
pub(crate) fn realm() -> Context {
    realm_in("UTC")
}

/// The same in a time zone.
pub(crate) fn realm_in(time_zone: &str) -> Context {
    let clock = Rc::new(StepClock::new());
    let environment = Rc::new(Environment::new(clock.clone()));
    environment.begin(&Start {
        version: VERSION,
        source: "",
        seed: [7; 32],
        now: Now {
            unix_ms: 1_767_225_602_500.0,
            elapsed_ms: 2_500.0,
        },
        api: &[],
        limits: GuestLimits::default(),
        time_zone,
    });
    let hooks = Hooks {
        rejections: Rc::default(),
        zone: environment.zone.clone(),
    };
    let mut context = Context::builder()
        .clock(clock)
        .host_hooks(Rc::new(hooks))
        .build()
        .unwrap();
    context.insert_data(environment);
    super::install(&mut context).unwrap();
    context
}

/// Runs a script in a realm.
#[track_caller]
pub(crate) fn run(script: &str, context: &mut Context) -> JsValue {
    match context.eval(Source::from_bytes(script)) {
        Ok(value) => value,
        Err(error) => panic!("{script}: {error}"),
    }
}

/// Runs a script in a realm of its own and gives the value as a string.
#[track_caller]
pub(crate) fn evaluate(script: &str) -> String {
    let mut context = realm();
    let value = run(script, &mut context);
    value.to_string(&mut context).unwrap().to_std_string_lossy()
}

/// Checks each line `["expression", "what String(expression) is in V8"]`; where
/// V8 throws, the answer is the error's name.
#[track_caller]
pub(crate) fn check_answers(lines: &str, time_zone: &str) {
    let mut context = realm_in(time_zone);
    let mut wrong = Vec::new();
    for line in lines.lines() {
        let (expression, expected): (String, String) = serde_json::from_str(line).unwrap();
        let answer = match context.eval(Source::from_bytes(&expression)) {
            Ok(value) => value.to_string(&mut context),
            Err(error) => error
                .into_opaque(&mut context)
                .and_then(|error| {
                    error
                        .as_object()
                        .unwrap()
                        .get(boa_engine::js_string!("name"), &mut context)
                })
                .and_then(|name| name.to_string(&mut context)),
        };
        let answer = answer.unwrap().to_std_string_lossy();
        if answer != expected {
            wrong.push(format!(
                "{expression}\n  V8   {expected:?}\n  here {answer:?}"
            ));
        }
    }
    let count = lines.lines().count();
    assert!(
        wrong.is_empty(),
        "{} of {count} differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_script_finds_what_it_expects() {
    let names = "console structuredClone TextEncoder TextDecoder URL URLSearchParams atob btoa \
        crypto.randomUUID crypto.getRandomValues performance.now AbortController AbortSignal.any \
        AbortSignal.timeout Event EventTarget DOMException escape unescape globalThis \
        Intl.NumberFormat Intl.DateTimeFormat Intl.PluralRules Intl.ListFormat Intl.Collator \
        Intl.RelativeTimeFormat String.prototype.substr String.prototype.anchor \
        String.prototype.big String.prototype.bold String.prototype.link String.prototype.sub \
        String.prototype.trimLeft String.prototype.trimRight String.prototype.localeCompare \
        Date.prototype.getYear Date.prototype.setYear Date.prototype.toGMTString \
        RegExp.prototype.compile Object.prototype.__defineGetter__ \
        Object.prototype.__lookupSetter__ Number.prototype.toLocaleString \
        BigInt.prototype.toLocaleString Array.prototype.toLocaleString";
    for name in names.split_whitespace() {
        assert_ne!(evaluate(&format!("typeof {name}")), "undefined", "{name}");
    }
    assert_eq!(
        evaluate("'a'.anchor('b') + '\\u00e9'.substr(-1) + escape('\u{e9}')"),
        "<a name=\"b\">a</a>é%E9"
    );
}

#[test]
fn the_web_platform_is_as_in_node() {
    check_answers(include_str!("../../../fixtures/web.jsonl"), "UTC");
}
