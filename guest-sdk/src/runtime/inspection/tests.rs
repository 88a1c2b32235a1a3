use crate::contract::{
    Api, ApiTarget, GuestLimits, Inspection, Key, Literal, Now, PromiseUseKind, ServerApi, Start,
    State, ToolApi, VERSION, Value, encode,
};
use crate::runtime::Runtime;

mod arguments;
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
            ApiTarget::Undeclared { name, member } => match member {
                Some(member) => format!("undeclared {name}.{member}"),
                None => format!("undeclared {name}"),
            },
        };
        let mut line = format!("{}:{} `{}` {target}", at.line, at.column, one.text);
        if let Some(call) = &one.call {
            let arguments = call.arguments.as_ref().map(literal).unwrap_or_default();
            line.push_str(&format!("({arguments}) {:?}", call.handling));
        }
        if one.guarded {
            line.push_str(" guarded");
        }
        lines.push(line);
        let Some(call) = &one.call else { continue };
        for read in &call.reads {
            let path: Vec<&str> = read
                .path
                .iter()
                .map(|key| match key {
                    Key::Name(name) => name.as_str(),
                    Key::Element => "[]",
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
        for found in &call.promise_uses {
            let at = found.place.position;
            let kind = match &found.kind {
                PromiseUseKind::Property(name) => format!("property {name}"),
                other => format!("{other:?}").to_lowercase(),
            };
            let guarded = if found.guarded { " guarded" } else { "" };
            let (line, column, text) = (at.line, at.column, &found.text);
            lines.push(format!(
                "  {line}:{column} `{text}` promise: {kind}{guarded}"
            ));
        }
    }
    for place in &found.async_for_each {
        let at = place.position;
        lines.push(format!("{}:{} async forEach", at.line, at.column));
    }
    if found.incomplete {
        lines.push("incomplete".to_owned());
    }
    lines.join("\n")
}

fn literal(value: &Literal) -> String {
    match value {
        Literal::Unknown => "?".to_owned(),
        Literal::AnyString => "text".to_owned(),
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
