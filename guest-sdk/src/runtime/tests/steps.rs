use super::{Driver, run, value};
use crate::contract::{
    Call, CallError, ErrorKind, GuestLimits, ScriptError, Settled, State, Step, Target, Value,
};

fn waiting(step: &Step) -> Option<f64> {
    match step.state {
        State::Waiting { wake_at_ms } => wake_at_ms,
        ref other => panic!("the script should wait: {other:?}"),
    }
}

fn returned(step: &Step) -> String {
    match &step.state {
        State::Returned(Value::Text(text)) => text.clone(),
        State::Returned(Value::Json(json)) => json.clone(),
        other => panic!("the script should have returned: {other:?}"),
    }
}

fn threw(step: &Step) -> ScriptError {
    match &step.state {
        State::Threw(error) => error.clone(),
        other => panic!("the script should have thrown: {other:?}"),
    }
}

fn failed(call: u32, code: &str) -> Settled<'static> {
    let error = CallError {
        server: "my-server".to_owned(),
        tool: "list".to_owned(),
        code: code.to_owned(),
        message: "it failed".to_owned(),
        content: Some("[{\"type\":\"text\"}]".to_owned()),
        retryable: true,
    };
    Settled {
        call,
        result: Err(error),
    }
}

#[test]
fn calls_leave_together_and_settle_in_any_order() {
    let (mut driver, step) = Driver::start(
        "const order = [];\nconst calls = [1, 2, 3].map(async n => { order.push(await my_server.get_item({ n })); });\n\
         await Promise.all(calls);\nreturn order.join()",
    );
    let tool = |id, arguments: &str| Call {
        id,
        target: Target::Tool {
            server: "my-server".to_owned(),
            tool: "get-item".to_owned(),
        },
        arguments: arguments.to_owned(),
        position: Some(crate::contract::Position {
            line: 2,
            column: 69,
        }),
    };
    assert_eq!(
        step.calls,
        [
            tool(1, "{\"n\":1}"),
            tool(2, "{\"n\":2}"),
            tool(3, "{\"n\":3}")
        ]
    );
    assert_eq!(waiting(&step), None);
    let step = driver.resume(vec![Settled {
        call: 3,
        result: Ok("\"c\""),
    }]);
    waiting(&step);
    let step = driver.resume(vec![
        Settled {
            call: 1,
            result: Ok("\"a\""),
        },
        Settled {
            call: 2,
            result: Ok("\"b\""),
        },
    ]);
    assert_eq!(returned(&step), "c,a,b");
}

#[test]
fn microtasks_run_between_settlements_and_timers() {
    let (mut driver, step) = Driver::start(
        "const log = [];\nsetTimeout(() => { log.push('t1'); queueMicrotask(() => log.push('m1')) }, 5);\n\
         setTimeout(() => log.push('t2'), 5);\nsetTimeout(() => log.push('early'), 1);\n\
         const call = my_server.list({}).then(() => { log.push('c'); Promise.resolve().then(() => log.push('mc')) });\n\
         await new Promise(resolve => setTimeout(resolve, 10)); await call; return log.join()",
    );
    assert_eq!(waiting(&step), Some(1.0));
    driver.elapsed_ms = 20.0;
    let step = driver.resume(vec![Settled {
        call: 1,
        result: Ok("1"),
    }]);
    assert_eq!(returned(&step), "c,mc,early,t1,m1,t2");
}

#[test]
fn intervals_go_on_until_they_are_cleared() {
    assert_eq!(
        value(
            "let n = 0; await new Promise(done => { const id = setInterval(() => { if (++n === 3) { clearInterval(id); done() } }, 10) }); return n"
        ),
        "=3"
    );
    assert_eq!(value("setInterval(() => {}, 10); return 'done'"), "done");
}

#[test]
fn time_stands_still_within_a_step() {
    assert_eq!(
        value(
            "const a = Date.now(); for (let i = 0; i < 1e3; i++); const b = Date.now();\nawait new Promise(r => setTimeout(r, 250)); return [b - a, Date.now() - a]"
        ),
        "=[0,250]"
    );
}

#[test]
fn a_failed_call_rejects_with_a_tool_error() {
    let (mut driver, _) = Driver::start(
        "try { await my_server.list({}) } catch (e) {\n  return [e instanceof ToolError, e instanceof Error, e.name, e.server, e.tool, e.code, e.message, e.content[0].type, e.retryable, e.stack] }",
    );
    let step = driver.resume(vec![failed(1, "timeout")]);
    assert_eq!(
        returned(&step),
        "[true,true,\"ToolError\",\"my-server\",\"list\",\"timeout\",\"it failed\",\"text\",true,\
         \"ToolError: it failed\\n    at my_server.list (script:1:23)\"]"
    );
    let (mut driver, _) = Driver::start("const x = 1;\nawait my_server.list({})");
    let step = driver.resume(vec![failed(1, "timeout")]);
    let error = threw(&step);
    assert_eq!(
        (error.name.as_str(), error.message.as_str()),
        ("ToolError", "it failed")
    );
    assert_eq!(error.position.map(|at| at.line), Some(2));
    assert_eq!(
        error.call.map(|call| (call.server, call.code)),
        Some(("my-server".to_owned(), "timeout".to_owned()))
    );
}

#[test]
fn wrong_arguments_reject_without_a_call() {
    for (arguments, what) in [
        ("'x'", "takes one object with named arguments, got a string"),
        (
            "{}, {}",
            "takes one object with named arguments, got 2 arguments",
        ),
        ("[1]", "takes one object with named arguments, got an array"),
        (
            "new Map()",
            "takes one object with named arguments, got a Map",
        ),
        (
            "Promise.resolve({})",
            "takes one object with named arguments, got a promise (`await` it first)",
        ),
        (
            "() => 1",
            "takes one object with named arguments, got a function",
        ),
    ] {
        let caught = value(&format!(
            "try {{ await my_server.list({arguments}) }} catch (e) {{ return e.code + ' ' + e.message }}"
        ));
        assert_eq!(
            caught,
            format!("invalid_arguments `my_server.list`: {what}")
        );
    }
    let caught = value("try { await my_server.list({ n: 1n }) } catch (e) { return e.message }");
    assert!(
        caught.starts_with("`my_server.list`: the arguments cannot be expressed as JSON: "),
        "{caught}"
    );
}

#[test]
fn limits_of_calls_reject_with_a_code() {
    let limits = GuestLimits {
        calls: 2,
        argument_bytes: 20,
        ..GuestLimits::default()
    };
    let (mut driver, step) = Driver::start_with(
        "const all = await Promise.allSettled([{}, { a: 'x'.repeat(20) }, {}, {}].map(a => my_server.list(a)));\n\
         return all.map(one => one.reason?.code ?? one.value)",
        limits,
    );
    assert_eq!(step.calls.len(), 2);
    let settled = step
        .calls
        .iter()
        .map(|call| Settled {
            call: call.id,
            result: Ok("1"),
        })
        .collect();
    assert_eq!(
        returned(&driver.resume(settled)),
        "[1,\"argument_too_large\",1,\"too_many_calls\"]"
    );
}

#[test]
fn an_answer_nested_too_deep_fails_the_call() {
    let deep = "[".repeat(501) + &"]".repeat(501);
    let script = "try { await my_server.get_item({}) } catch (e) {
        return [e instanceof ToolError, e.code, e.server, e.tool, e.message.split(':')[0], e.content] }";
    let (mut driver, _) = Driver::start(script);
    let settled = Settled {
        call: 1,
        result: Ok(&deep),
    };
    assert_eq!(
        returned(&driver.resume(vec![settled])),
        "[true,\"protocol\",\"my-server\",\"get-item\",\"the answer of `my_server.get_item` cannot be used\",null]"
    );
    let (mut driver, _) = Driver::start(script);
    let mut failed = failed(1, "tool_error");
    if let Err(error) = &mut failed.result {
        error.content = Some(deep);
    }
    assert_eq!(
        returned(&driver.resume(vec![failed])),
        "[true,\"tool_error\",\"my-server\",\"list\",\"it failed\",null]"
    );
}

#[test]
fn a_promise_that_nothing_settles_is_said_at_once() {
    for script in [
        "await new Promise(() => {})",
        "return { then() {} }",
        "await { ['then']: () => {} }",
        "const { promise } = Promise.withResolvers(); await promise.then(x => x)",
    ] {
        let (_, step) = Driver::start(script);
        assert_eq!(threw(&step).kind, ErrorKind::Stalled, "{script}");
    }
}

#[test]
fn calls_never_awaited_are_waited_for() {
    let (mut driver, step) = Driver::start("my_server.list({});\nreturn 1");
    assert_eq!(
        step.warnings,
        [
            "`my_server.list` (line 1) was still under way when the script returned: the run waited for it"
        ]
    );
    waiting(&step);
    let step = driver.resume(vec![failed(1, "tool_error")]);
    assert_eq!(
        step.warnings,
        ["a promise was rejected and nobody handled it: ToolError: it failed (line 1)"]
    );
    assert_eq!(returned(&step), "1");
}

#[test]
fn unhandled_rejections_are_warnings_and_handled_ones_are_not() {
    let (_, warnings) = run(
        "Promise.reject(new Error('lost')); const p = Promise.reject(new Error('later'));\n\
         await null; await p.catch(() => {}); return 1",
    );
    assert_eq!(
        warnings,
        ["a promise was rejected and nobody handled it: Error: lost (line 1)"]
    );
    let (state, warnings) = run("throw new Error('main')");
    assert!(matches!(state, State::Threw(_)));
    assert!(warnings.is_empty(), "{warnings:?}");
}

#[test]
fn an_exception_in_a_timer_is_a_warning() {
    let (_, warnings) = run(
        "setTimeout(() => { throw new Error('t') }, 1); await new Promise(r => setTimeout(r, 2))",
    );
    assert_eq!(warnings, ["a timer threw Error: t (line 1)"]);
}

#[test]
fn timers_are_limited() {
    let limits = GuestLimits {
        timers: 3,
        ..GuestLimits::default()
    };
    let (_, step) = Driver::start_with("for (;;) setTimeout(() => {}, 1)", limits);
    assert_eq!(threw(&step).message, "more than 3 timers are waiting");
}

#[test]
fn runs_are_deterministic() {
    let source = "return [Math.random(), Math.random(), Date.now(), crypto.randomUUID(), new Date().toISOString()]";
    assert_eq!(value(source), value(source));
    assert_eq!(
        value("const n = Math.random(); return n >= 0 && n < 1"),
        "=true"
    );
}

#[test]
fn the_loser_of_a_race_is_not_waited_for() {
    let (mut driver, step) = Driver::start(
        "const late = new Promise(r => setTimeout(r, 50, 'late')); return await Promise.race([my_server.list({}), late])",
    );
    driver.elapsed_ms = waiting(&step).expect("there is a timer");
    let step = driver.resume(Vec::new());
    assert_eq!(returned(&step), "late");
    let warning = "`my_server.list` (line 1) was still under way when the script returned: its result is not used";
    assert_eq!(step.warnings, [warning]);
}
