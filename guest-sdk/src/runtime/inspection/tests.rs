use crate::contract::{
    Api, ApiTarget, Exposure, GuestLimits, Handling, Inspection, Key, Literal, Now, PromiseUseKind,
    ServerApi, Start, State, ToolApi, VERSION, Value, WaitFor, WaitKind, encode,
};
use crate::runtime::Runtime;

mod arguments;
mod effort;
mod flows;
mod guards;
mod promises;
mod results;
mod targets;

/// What inspection finds in a script, one line for each fact.
fn check(source: &str) -> String {
    inspect(source).map_or_else(|error| error, |found| text(&found))
}

fn inspect(source: &str) -> Result<Inspection, String> {
    with_start(source, |start| {
        Runtime::new()
            .inspect(start)
            .map_err(|error| format!("{}: {}", error.name, error.message))
    })
}

fn with_start<T>(source: &str, run: impl FnOnce(&Start<'_>) -> T) -> T {
    let server = |name: &str, ident: &str| ServerApi {
        name: name.to_owned(),
        ident: ident.to_owned(),
        tools: encode(&Vec::<ToolApi>::new()),
    };
    let api = encode(&Api {
        servers: vec![server("gh", "gh"), server("my-server", "my_server")],
    });
    run(&Start {
        version: VERSION,
        source,
        seed: [7; 32],
        now: Now {
            unix_ms: 0.0,
            elapsed_ms: 0.0,
        },
        api: &api,
        limits: GuestLimits::default(),
        time_zone: "UTC",
    })
}

fn text(found: &Inspection) -> String {
    let mut lines = Vec::new();
    for one in &found.uses {
        let at = one.place.position;
        let target = match &one.target {
            ApiTarget::Tool { server, tool } => format!("{server}/{tool}"),
            ApiTarget::AnyToolOf { server } => format!("{server}/*"),
            ApiTarget::AnyTool => "*".to_owned(),
            ApiTarget::Undeclared {
                name, member, near, ..
            } => {
                let member = member.as_ref().map(|member| format!(".{member}"));
                let near = near.as_ref().map(|near| format!(" like {near}"));
                let [member, near] = [member, near].map(Option::unwrap_or_default);
                format!("undeclared {name}{member}{near}")
            }
            ApiTarget::TooEarly { name } => format!("too early {name}"),
        };
        let mut line = format!("{}:{} `{}` {target}", at.line, at.column, one.text);
        if let Some(call) = &one.call {
            let arguments = call.arguments.as_ref().map(literal).unwrap_or_default();
            line.push_str(&format!("({arguments}) {}", handling(&call.handling)));
            if call.count > 1 {
                line.push_str(&format!(" {} arguments", call.count));
            }
            if call.exposure == Exposure::Guarded && one.exposure > Exposure::Guarded {
                line.push_str(" coped with");
            }
            if call.place != one.place {
                let at = call.place.position;
                line.push_str(&format!(" at {}:{} `{}`", at.line, at.column, call.text));
            }
        }
        line.push_str(exposure(one.exposure));
        lines.push(line);
        let Some(call) = &one.call else { continue };
        for read in &call.reads {
            let path: Vec<&str> = read
                .path
                .iter()
                .map(|key| match key {
                    Key::Name(name) => name.as_str(),
                    Key::Element => "[]",
                    Key::Value => "[?]",
                })
                .collect();
            let at = read.place.position;
            let called = if read.called { "()" } else { "" };
            let guarded = if read.guarded { " guarded" } else { "" };
            let (line, column, text) = (at.line, at.column, &read.text);
            lines.push(format!(
                "  {line}:{column} `{text}` reads {}{called}{guarded}",
                path.join(".")
            ));
        }
    }
    for found in &found.promise_uses {
        let at = found.place.position;
        let kind = match &found.kind {
            PromiseUseKind::Property(name) => format!("property {name}"),
            other => format!("{other:?}").to_lowercase(),
        };
        let guarded = exposure(found.exposure);
        let (line, column, text, called) = (at.line, at.column, &found.text, &found.called);
        lines.push(format!(
            "{line}:{column} `{text}` promise of `{called}`: {kind}{guarded}, {}",
            waiting(&found.wait_for)
        ));
    }
    for found in &found.dropped {
        let at = found.place.position;
        let guarded = if found.guarded { " guarded" } else { "" };
        let (line, column, text) = (at.line, at.column, &found.text);
        let waiting = waiting(&found.wait_for);
        lines.push(format!(
            "{line}:{column} `{text}` dropped{guarded}, {waiting}"
        ));
    }
    for callback in &found.async_callbacks {
        let at = callback.place.position;
        let (line, column, method) = (at.line, at.column, &callback.method);
        lines.push(format!("{line}:{column} async {method}"));
    }
    if found.incomplete {
        lines.push("incomplete".to_owned());
    }
    lines.join("\n")
}

fn handling(handling: &Handling) -> String {
    match handling {
        Handling::Dropped(wait_for) => format!("Dropped, {}", waiting(wait_for)),
        other => format!("{other:?}"),
    }
}

fn waiting(wait_for: &WaitFor) -> String {
    let WaitFor { text, read, .. } = wait_for;
    let plain = if wait_for.in_plain_function {
        " in a plain function"
    } else {
        ""
    };
    match wait_for.kind {
        WaitKind::Promise if read.is_empty() => format!("wait for `{text}`{plain}"),
        WaitKind::Promise => format!("wait for `{text}` before `{read}`{plain}"),
        WaitKind::List => format!("wait for all of `{text}`{plain}"),
        WaitKind::ForEach => format!("wait for `{text}` of each{plain}"),
    }
}

fn exposure(exposure: Exposure) -> &'static str {
    match exposure {
        Exposure::Guarded => " guarded",
        Exposure::Likely => " likely",
        Exposure::Sure => "",
    }
}

fn literal(value: &Literal) -> String {
    match value {
        Literal::Unknown => "?".to_owned(),
        Literal::AnyString => "text".to_owned(),
        Literal::AnyNumber => "number".to_owned(),
        Literal::AnyBoolean => "boolean".to_owned(),
        Literal::String(text) if text.len() > 40 => format!("{} bytes", text.len()),
        Literal::String(text) => format!("{text:?}"),
        Literal::Number(number) => number.to_string(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Array { items, open } => {
            let mut items: Vec<String> = items.iter().map(literal).collect();
            items.extend(open.then(|| "...".to_owned()));
            format!("[{}]", items.join(", "))
        }
        Literal::Object { fields, open } => {
            let mut shown: Vec<String> = fields
                .iter()
                .map(|field| format!("{}: {}", field.name, literal(&field.value)))
                .collect();
            shown.extend(open.then(|| "...".to_owned()));
            format!("{{{}}}", shown.join(", "))
        }
        other => format!("{other:?}").to_lowercase(),
    }
}

#[test]
fn what_does_not_parse_is_told() {
    insta::assert_snapshot!(check("return gh.list({"), @"SyntaxError: Expected `}` but found `EOF`");
}

#[test]
fn an_inspected_script_starts_as_any_other() {
    let mut runtime = Runtime::new();
    let inspected = with_start("return typeof gh.list", |start| runtime.inspect(start));
    assert_eq!(inspected.map(|found| found.uses.len()), Ok(1));
    let step = with_start("return `other`", |start| runtime.start(start));
    assert_eq!(step.state, State::Returned(Value::Text("other".to_owned())));
    let mut runtime = Runtime::new();
    with_start("return Object.keys(gh).length", |start| {
        assert!(runtime.inspect(start).is_ok());
        let State::Returned(value) = runtime.start(start).state else {
            panic!("the script should have ended");
        };
        assert_eq!(value, Value::Json("0".to_owned()));
    });
}
