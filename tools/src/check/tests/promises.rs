//! Promises taken for their results, and those that nothing waits for.

use retort_guest::contract::{AsyncCallback, DroppedCall, PromiseUse, PromiseUseKind};

use super::*;

fn promise_use(line: u32, text: &str, kind: PromiseUseKind) -> PromiseUse {
    PromiseUse {
        place: place(line, 1, text),
        text: text.to_owned(),
        called: "github.list_issues".to_owned(),
        called_at: Position { line, column: 9 },
        wait_for: wait_for("github.list_issues()"),
        kind,
        exposure: Exposure::Sure,
    }
}

#[test]
fn a_promise_is_no_result() {
    let promise_uses = vec![
        promise_use(2, "r.items", PromiseUseKind::Property("items".to_owned())),
        promise_use(3, "of r", PromiseUseKind::Iterated),
        promise_use(4, "`${r}`", PromiseUseKind::Converted),
        PromiseUse {
            exposure: Exposure::Guarded,
            ..promise_use(5, "r?.x", PromiseUseKind::Property("x".to_owned()))
        },
    ];
    let inspection = Inspection {
        promise_uses,
        ..Inspection::default()
    };
    insta::assert_snapshot!(check(&inspection, &catalog()), @r#"
    error: `r.items` reads `items` from a promise: the call of `github.list_issues` is not awaited
    at 2:1
      r.items
      ^
    hint: write `await github.list_issues()` where it is called
    error: `of r` goes through a promise as a list: the call of `github.list_issues` is not awaited
    at 3:1
      of r
      ^
    hint: write `await github.list_issues()` where it is called
    warning: ``${r}`` makes text or a number of a promise: the call of `github.list_issues` is not awaited
    at 4:1
      `${r}`
      ^
    hint: write `await github.list_issues()` where it is called
    "#);
}

#[test]
fn what_to_write_is_told_by_where_the_promise_comes_from() {
    let one = |line, wait_for| PromiseUse {
        wait_for,
        ..promise_use(
            line,
            "r.items",
            PromiseUseKind::Property("items".to_owned()),
        )
    };
    let direct = WaitFor {
        read: ".items".to_owned(),
        ..wait_for("github.list_issues(…)")
    };
    let list = |text| WaitFor {
        kind: WaitKind::List,
        ..wait_for(text)
    };
    let plain = |wait_for| WaitFor {
        in_plain_function: true,
        ..wait_for
    };
    let promise_uses = vec![
        one(2, direct),
        one(3, wait_for("load(…)")),
        one(4, plain(wait_for("github.list_issues()"))),
        one(5, wait_for("github.list_issues().then(…)")),
        one(6, list("ids.map(…)")),
        one(7, list("jobs")),
        one(8, plain(wait_for("issue"))),
    ];
    let inspection = Inspection {
        promise_uses,
        ..Inspection::default()
    };
    insta::assert_snapshot!(check(&inspection, &catalog()), @"
    error: `r.items` reads `items` from a promise: the call of `github.list_issues` is not awaited
    at 2:1
      r.items
      ^
    hint: write `(await github.list_issues(…)).items`
    error: `r.items` reads `items` from a promise: `load(…)` gives that of `github.list_issues`, which is not awaited
    at 3:1
      r.items
      ^
    hint: write `await load(…)` where it is called
    error: `r.items` reads `items` from a promise: the call of `github.list_issues` is not awaited
    at 4:1
      r.items
      ^
    hint: write `await github.list_issues()` where it is called, and make the function around it `async`
    error: `r.items` reads `items` from a promise: `github.list_issues().then(…)` is not awaited
    at 5:1
      r.items
      ^
    hint: write `await github.list_issues().then(…)` where it is called
    error: `r.items` reads `items` from a promise: each element of `ids.map(…)` is one, of a call of `github.list_issues`
    at 6:1
      r.items
      ^
    hint: write `await Promise.all(ids.map(…))` where it is called
    error: `r.items` reads `items` from a promise: each element of `jobs` is one, of a call of `github.list_issues`
    at 7:1
      r.items
      ^
    hint: write `await Promise.all(jobs)`
    error: `r.items` reads `items` from a promise: the call of `github.list_issues` is not awaited
    at 8:1
      r.items
      ^
    hint: write `await issue`, and make the function around it `async`
    ");
}

#[test]
fn what_nothing_waits_for_is_a_warning() {
    let mut one = called(tool(4, "github", "get_issue"));
    one.call.as_mut().unwrap().handling = Handling::Dropped(wait_for("github.get_issue(…)"));
    let call = |line, text: &str| DroppedCall {
        place: place(line, 1, &format!("{text}()")),
        text: text.to_owned(),
        wait_for: wait_for(if text.is_empty() { "(…)()" } else { "save()" }),
        guarded: false,
    };
    let callback = |method: &str| AsyncCallback {
        place: place(2, 7, &format!("items.{method}(async (item) => {{")),
        method: method.to_owned(),
    };
    let mut two = called(tool(5, "github", "search_code"));
    two.call.as_mut().unwrap().handling = Handling::Dropped(WaitFor {
        kind: WaitKind::ForEach,
        ..wait_for("ids.forEach(…)")
    });
    let inspection = Inspection {
        uses: vec![one, two],
        dropped: vec![call(6, "save"), call(7, "")],
        async_callbacks: ["forEach", "filter", "sort"].map(callback).into(),
        ..Inspection::default()
    };
    let findings = check(&inspection, &catalog());
    assert!(!findings.has_errors());
    insta::assert_snapshot!(findings, @"
    warning: `forEach` does not wait for an async function
    at 2:7
      items.forEach(async (item) => {
            ^
    hint: write `for (const item of items) { await … }`, or all at once `await Promise.all(items.map(async (item) => …))`
    warning: `filter` takes the promise of an async function for true, whatever comes of it
    at 2:7
      items.filter(async (item) => {
            ^
    hint: await all answers first: `const answers = await Promise.all(items.map(async (item) => …))`
    warning: `sort` compares by the promises of an async function, not by their results
    at 2:7
      items.sort(async (item) => {
            ^
    hint: await what is to be compared first, then sort by it
    warning: nothing awaits the call of `github.get_issue`: the script goes on without its result, and its failure is no more than a warning at the end
    at 4:7
      await github.get_issue(…)
            ^
    hint: write `await github.get_issue(…)`, or await several calls at once with `Promise.all`
    warning: nothing awaits the call of `github.search_code`: the script goes on without its result, and its failure is no more than a warning at the end
    at 5:7
      await github.search_code(…)
            ^
    hint: write `for (const item of items) { await … }`, or all at once `await Promise.all(items.map(async (item) => …))`
    warning: nothing awaits the async function `save`: the script goes on before the tools it calls have answered, and their failure is no more than a warning at the end
    at 6:1
      save()
      ^
    hint: write `await save()`
    warning: nothing awaits an async function that is called in place: the script goes on before the tools it calls have answered, and their failure is no more than a warning at the end
    at 7:1
      ()
      ^
    hint: write `await (…)()`
    ");
}
