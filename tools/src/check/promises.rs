//! Calls that are not awaited: results used too early, and results lost.

use retort_guest::contract::{
    AsyncCallback, CallUse, DroppedCall, Handling, Inspection, PromiseUse, PromiseUseKind, WaitFor,
    WaitKind,
};

use super::finding::{Finding, FindingKind, Report, Severity, also_on};
use crate::prose;

/// What to write in the place of `forEach`.
const FOR_EACH: &str = "write `for (const item of items) { await … }`, or all at once \
`await Promise.all(items.map(async (item) => …))`";

pub(super) fn report(inspection: &Inspection, report: &mut Report) {
    for api_use in &inspection.uses {
        // That nothing waits for it is wrong even where a failure is coped with.
        if let Some(call) = &api_use.call
            && let Handling::Dropped(wait_for) = &call.handling
        {
            report.add(Severity::Warning, || dropped(call, wait_for));
        }
    }
    not_awaited(&inspection.promise_uses, report);
    for call in inspection.dropped.iter().filter(|one| !one.guarded) {
        report.add(Severity::Warning, || not_waited_for(call));
    }
    for callback in &inspection.async_callbacks {
        report.add(Severity::Warning, || not_waiting(callback));
    }
}

/// One finding for each call that is not awaited, with all places where its promise
/// is taken for its result.
fn not_awaited(uses: &[PromiseUse], report: &mut Report) {
    let mut calls: Vec<(&PromiseUse, Severity, Vec<u32>)> = Vec::new();
    for one in uses {
        let Some(severity) = severity(one) else {
            continue;
        };
        let known = calls
            .iter_mut()
            .find(|(first, ..)| first.called_at == one.called_at);
        match known {
            None => calls.push((one, severity, Vec::new())),
            Some((first, worst, also)) => {
                // A sure failure says more than text made of a promise.
                let other = if severity == Severity::Error && *worst != Severity::Error {
                    *worst = severity;
                    std::mem::replace(first, one)
                } else {
                    one
                };
                let line = other.place.position.line;
                if line != first.place.position.line && !also.contains(&line) {
                    also.push(line);
                }
            }
        }
    }
    for (first, severity, mut also) in calls {
        also.sort_unstable();
        report.add(severity, || taken_for_result(first, severity, &also));
    }
}

fn severity(promise_use: &PromiseUse) -> Option<Severity> {
    let severity = Severity::of(promise_use.exposure)?;
    Some(match promise_use.kind {
        PromiseUseKind::Property(_) | PromiseUseKind::Iterated => severity,
        PromiseUseKind::Converted | PromiseUseKind::Tested => Severity::Warning,
    })
}

fn not_waiting(callback: &AsyncCallback) -> Finding {
    let method = prose::one_line(&callback.method, 20);
    let (message, hint) = match method.as_str() {
        "forEach" => (
            "`forEach` does not wait for an async function".to_owned(),
            FOR_EACH,
        ),
        "sort" | "toSorted" => (
            format!(
                "`{method}` compares by the promises of an async function, not by their results"
            ),
            "await what is to be compared first, then sort by it",
        ),
        "reduce" | "reduceRight" => (
            format!(
                "`{method}` gives an async function the promise of the step before, not what comes of it"
            ),
            "`await` the first parameter before it is used, or add up in a `for` loop",
        ),
        _ => (
            format!(
                "`{method}` takes the promise of an async function for true, whatever comes of it"
            ),
            "await all answers first: `const answers = await Promise.all(items.map(async (item) => …))`",
        ),
    };
    Finding {
        severity: Severity::Warning,
        kind: FindingKind::AsyncCallback,
        place: callback.place.clone(),
        message,
        hint: Some(hint.to_owned()),
    }
}

fn dropped(call: &CallUse, wait_for: &WaitFor) -> Finding {
    let name = &call.text;
    let mut hint = written(wait_for, "");
    if wait_for.kind == WaitKind::Promise {
        hint.push_str(", or await several calls at once with `Promise.all`");
    }
    Finding {
        severity: Severity::Warning,
        kind: FindingKind::DroppedPromise,
        place: call.place.clone(),
        message: format!(
            "nothing awaits the call of `{name}`: the script goes on without its result, and its failure is no more than a warning at the end"
        ),
        hint: Some(hint),
    }
}

fn not_waited_for(call: &DroppedCall) -> Finding {
    let what = match (call.text.as_str(), call.wait_for.kind) {
        (name, WaitKind::List) => format!("the promises of `{name}`"),
        ("", _) => "an async function that is called in place".to_owned(),
        (name, _) => format!("the async function `{name}`"),
    };
    Finding {
        severity: Severity::Warning,
        kind: FindingKind::DroppedPromise,
        place: call.place.clone(),
        message: format!(
            "nothing awaits {what}: the script goes on before the tools it calls have answered, and their failure is no more than a warning at the end"
        ),
        hint: Some(written(&call.wait_for, "")),
    }
}

fn taken_for_result(promise_use: &PromiseUse, severity: Severity, also: &[u32]) -> Finding {
    let text = &promise_use.text;
    let does = match &promise_use.kind {
        PromiseUseKind::Property(property) => format!("reads `{property}` from a promise"),
        PromiseUseKind::Iterated => "goes through a promise as a list".to_owned(),
        PromiseUseKind::Converted => "makes text or a number of a promise".to_owned(),
        PromiseUseKind::Tested => "is a promise, which is always true".to_owned(),
    };
    let wait_for = &promise_use.wait_for;
    let place = if wait_for.read.is_empty() && is_call(wait_for) {
        " where it is called"
    } else {
        ""
    };
    let why = why(promise_use);
    Finding {
        severity,
        kind: FindingKind::MissingAwait,
        place: promise_use.place.clone(),
        message: format!("`{text}` {does}: {why}{}", also_on(also)),
        hint: Some(written(wait_for, place)),
    }
}

/// Whose promise it is, and why it is one still.
fn why(promise_use: &PromiseUse) -> String {
    let PromiseUse {
        called, wait_for, ..
    } = promise_use;
    let waits = &wait_for.text;
    let is_call_itself = waits
        .strip_prefix(called.as_str())
        .is_some_and(|rest| ["()", "(…)"].contains(&rest));
    match wait_for.kind {
        WaitKind::List if is_call_itself || called.is_empty() => {
            format!("each element of `{waits}` is one")
        }
        WaitKind::List => format!("each element of `{waits}` is one, of a call of `{called}`"),
        _ if called.is_empty() => "the call of an async function is not awaited".to_owned(),
        _ if is_call_itself || !is_call(wait_for) => {
            format!("the call of `{called}` is not awaited")
        }
        _ if waits.starts_with(called.as_str()) => format!("`{waits}` is not awaited"),
        _ => format!("`{waits}` gives that of `{called}`, which is not awaited"),
    }
}

fn is_call(wait_for: &WaitFor) -> bool {
    wait_for.text.ends_with(')')
}

/// What to write so that a promise is waited for, and where.
fn written(wait_for: &WaitFor, place: &str) -> String {
    let WaitFor { text, read, .. } = wait_for;
    let code = match wait_for.kind {
        WaitKind::ForEach => return FOR_EACH.to_owned(),
        WaitKind::List => format!("await Promise.all({text})"),
        WaitKind::Promise if read.is_empty() => format!("await {text}"),
        WaitKind::Promise => format!("(await {text}){read}"),
    };
    let plain = if wait_for.in_plain_function {
        ", and make the function around it `async`"
    } else {
        ""
    };
    format!("write `{code}`{place}{plain}")
}
