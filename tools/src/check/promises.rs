//! Calls that are not awaited: results used too early, and results lost.

use retort_guest::contract::{ApiUse, CallUse, Handling, Inspection, PromiseUse, PromiseUseKind};

use super::finding::{Finding, FindingKind, Report, Severity};

pub(super) fn report(inspection: &Inspection, report: &mut Report) {
    for api_use in inspection.uses.iter().filter(|one| !one.guarded) {
        let Some(call) = &api_use.call else { continue };
        if call.handling == Handling::Dropped {
            report.add(Severity::Warning, || dropped(api_use));
        }
        for promise_use in call.promise_uses.iter().filter(|one| !one.guarded) {
            report.add(severity(promise_use), || {
                not_awaited(api_use, call, promise_use)
            });
        }
    }
    for place in &inspection.async_for_each {
        report.add(Severity::Warning, || Finding {
            severity: Severity::Warning,
            kind: FindingKind::AsyncForEach,
            place: place.clone(),
            message: "`forEach` does not wait for an async function".to_owned(),
            hint: Some(
                "write `for (const item of items) { await … }`, or all at once `await Promise.all(items.map(async (item) => …))`".to_owned(),
            ),
        });
    }
}

fn severity(promise_use: &PromiseUse) -> Severity {
    match promise_use.kind {
        PromiseUseKind::Property(_) | PromiseUseKind::Iterated => Severity::Error,
        PromiseUseKind::Converted => Severity::Warning,
    }
}

fn dropped(api_use: &ApiUse) -> Finding {
    let name = &api_use.text;
    Finding {
        severity: Severity::Warning,
        kind: FindingKind::DroppedPromise,
        place: api_use.place.clone(),
        message: format!(
            "nothing awaits the call of `{name}`, so its result and its failure are lost"
        ),
        hint: Some(format!(
            "write `await {name}(…)`, or await several calls at once with `Promise.all`"
        )),
    }
}

fn not_awaited(api_use: &ApiUse, call: &CallUse, promise_use: &PromiseUse) -> Finding {
    let (name, text) = (&api_use.text, &promise_use.text);
    let arguments = if call.arguments.is_some() { "…" } else { "" };
    let message = match &promise_use.kind {
        PromiseUseKind::Property(property) => {
            format!(
                "`{text}` reads `{property}` from a promise: the call of `{name}` is not awaited"
            )
        }
        PromiseUseKind::Iterated => {
            format!(
                "`{text}` goes through a promise as a list: the call of `{name}` is not awaited"
            )
        }
        PromiseUseKind::Converted => {
            format!(
                "`{text}` makes text or a number of a promise: the call of `{name}` is not awaited"
            )
        }
    };
    Finding {
        severity: severity(promise_use),
        kind: FindingKind::MissingAwait,
        place: promise_use.place.clone(),
        message,
        hint: Some(format!(
            "write `await {name}({arguments})` where it is called"
        )),
    }
}
