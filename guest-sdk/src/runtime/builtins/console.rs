//! `console`: lines for the reader of a run, formatted as Node does it.
//!
//! Lines go to the outbox, which counts and bounds them; once it is full,
//! nothing is formatted any more. Start at [`install`].

pub(crate) mod inspect;
mod table;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsString, JsValue, JsVariant};

use self::inspect::{MAX_TEXT, inspect};
use super::define;
use crate::contract::ConsoleLevel;
use crate::runtime::environment::Environment;

/// How deep objects are shown.
const DEPTH: usize = 4;
/// Groups deeper than this indent no further.
const MAX_GROUPS: usize = 20;
/// Labels of `count` and `time` that are remembered.
const MAX_LABELS: usize = 1000;

/// What `console` remembers between calls.
#[derive(Default)]
struct State {
    groups: usize,
    counts: BTreeMap<String, u32>,
    timers: BTreeMap<String, f64>,
}

/// Defines `console`.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    context.insert_data(Rc::new(RefCell::new(State::default())));
    let console = JsObject::with_object_proto(context.intrinsics());
    let methods: [(&str, define::Native); 19] = [
        ("log", |_, args, context| {
            print(ConsoleLevel::Log, args, context)
        }),
        ("info", |_, args, context| {
            print(ConsoleLevel::Log, args, context)
        }),
        ("debug", |_, args, context| {
            print(ConsoleLevel::Debug, args, context)
        }),
        ("warn", |_, args, context| {
            print(ConsoleLevel::Warn, args, context)
        }),
        ("error", |_, args, context| {
            print(ConsoleLevel::Error, args, context)
        }),
        ("trace", trace),
        ("assert", assert),
        ("dir", dir),
        ("dirxml", |_, args, context| {
            print(ConsoleLevel::Log, args, context)
        }),
        ("table", table),
        ("group", group),
        ("groupCollapsed", group),
        ("groupEnd", group_end),
        ("count", count),
        ("countReset", count_reset),
        ("time", time),
        ("timeLog", |_, args, context| {
            report_time(args, false, context)
        }),
        ("timeEnd", |_, args, context| {
            report_time(args, true, context)
        }),
        ("clear", |_, _, _| Ok(JsValue::undefined())),
    ];
    for (name, native) in methods {
        define::method(&console, name, 0, native, context)?;
    }
    define::tag(&console, "console", context)?;
    define::global("console", console, context)
}

/// The text of a call's arguments: `%` formats, strings as they are, the rest
/// inspected.
///
/// # Errors
/// Only what nothing may catch; else what scripts throw changes the text.
pub(crate) fn format(args: &[JsValue], context: &mut Context) -> JsResult<String> {
    let mut text = String::new();
    let mut rest = args;
    if let [first, others @ ..] = args
        && let Some(first) = first.as_string()
        && !others.is_empty()
    {
        rest = substitute(&plain(&first), others, &mut text, context)?;
        if !rest.is_empty() {
            text.push(' ');
        }
    }
    for (at, value) in rest.iter().enumerate() {
        if at > 0 {
            text.push(' ');
        }
        if text.len() > MAX_TEXT {
            break;
        }
        match value.as_string() {
            Some(value) => text.push_str(&plain(&value)),
            None => text.push_str(&inspect(value, DEPTH, context)),
        }
    }
    Ok(text)
}

/// Replaces the `%` formats of `pattern`; the arguments left over are returned.
fn substitute<'a>(
    pattern: &str,
    mut args: &'a [JsValue],
    text: &mut String,
    context: &mut Context,
) -> JsResult<&'a [JsValue]> {
    let mut pieces = pattern.chars();
    while let Some(letter) = pieces.next() {
        if letter != '%' {
            text.push(letter);
            continue;
        }
        let Some(kind) = pieces.next() else {
            text.push('%');
            break;
        };
        if kind == '%' {
            text.push('%');
            continue;
        }
        let (Some((value, others)), true) = (args.split_first(), "sdifjoOc".contains(kind)) else {
            text.push('%');
            text.push(kind);
            continue;
        };
        args = others;
        text.push_str(&formatted(kind, value, context)?);
    }
    Ok(args)
}

fn formatted(kind: char, value: &JsValue, context: &mut Context) -> JsResult<String> {
    Ok(match kind {
        's' => match value.variant() {
            JsVariant::String(text) => plain(&text),
            JsVariant::Object(_) => inspect(value, 0, context),
            _ => inspect(value, DEPTH, context),
        },
        'd' | 'i' | 'f' => numeric(kind, value, context),
        'j' => {
            // A getter or `toJSON` of the script may throw; that is no reason to fail here.
            let json = match crate::runtime::builtins::json::stringify(value, context) {
                Err(error) if error.as_engine().is_some() => return Err(error),
                json => json.ok().flatten(),
            };
            json.unwrap_or_else(|| "undefined".to_owned())
        }
        'c' => String::new(),
        _ => inspect(value, DEPTH, context),
    })
}

fn numeric(kind: char, value: &JsValue, context: &mut Context) -> String {
    match value.variant() {
        JsVariant::BigInt(value) => format!("{value}n"),
        JsVariant::Symbol(_) | JsVariant::Object(_) => "NaN".to_owned(),
        _ => {
            let number = value.to_number(context).unwrap_or(f64::NAN);
            let number = if kind == 'i' { number.trunc() } else { number };
            inspect::number(number, context)
        }
    }
}

/// A string argument, cut before it is converted.
fn plain(text: &JsString) -> String {
    if text.len() <= MAX_TEXT {
        return text.to_std_string_lossy();
    }
    let more = text.len() - MAX_TEXT;
    let kept = text.slice(0, MAX_TEXT).to_std_string_lossy();
    format!("{kept}... {more} more characters")
}

fn print(level: ConsoleLevel, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    if !is_full(context) {
        let text = format(args, context)?;
        write(level, &text, context);
    }
    Ok(JsValue::undefined())
}

/// Whether nothing more will be kept; the line is then counted as dropped.
fn is_full(context: &Context) -> bool {
    let environment = Environment::of(context);
    let is_full = environment.outbox.console_is_full();
    if is_full {
        environment.outbox.console(ConsoleLevel::Log, "");
    }
    is_full
}

fn write(level: ConsoleLevel, text: &str, context: &Context) {
    let groups = state(context).borrow().groups;
    let outbox = &Environment::of(context).outbox;
    if groups == 0 {
        return outbox.console(level, text);
    }
    let indent = "  ".repeat(groups);
    let text = text.replace('\n', &format!("\n{indent}"));
    outbox.console(level, &format!("{indent}{text}"));
}

fn state(context: &Context) -> Rc<RefCell<State>> {
    context
        .get_data::<Rc<RefCell<State>>>()
        .cloned()
        .unwrap_or_default()
}

fn trace(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    if !is_full(context) {
        let text = format(args, context)?;
        let gap = if text.is_empty() { "" } else { ": " };
        write(ConsoleLevel::Debug, &format!("Trace{gap}{text}"), context);
    }
    Ok(JsValue::undefined())
}

fn assert(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    if args.get_or_undefined(0).to_boolean() || is_full(context) {
        return Ok(JsValue::undefined());
    }
    let text = format(args.get(1..).unwrap_or_default(), context)?;
    let gap = if text.is_empty() { "" } else { ": " };
    let text = format!("Assertion failed{gap}{text}");
    write(ConsoleLevel::Error, &text, context);
    Ok(JsValue::undefined())
}

fn dir(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    if !is_full(context) {
        let text = inspect(args.get_or_undefined(0), DEPTH, context);
        write(ConsoleLevel::Log, &text, context);
    }
    Ok(JsValue::undefined())
}

fn table(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    if is_full(context) {
        return Ok(JsValue::undefined());
    }
    let text = match table::table(args.get_or_undefined(0), args.get_or_undefined(1), context) {
        Some(text) => text,
        None => format(args.get(..1).unwrap_or_default(), context)?,
    };
    write(ConsoleLevel::Log, &text, context);
    Ok(JsValue::undefined())
}

fn group(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    if !args.is_empty() {
        print(ConsoleLevel::Log, args, context)?;
    }
    let state = state(context);
    let groups = state.borrow().groups;
    state.borrow_mut().groups = (groups + 1).min(MAX_GROUPS);
    Ok(JsValue::undefined())
}

fn group_end(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let state = state(context);
    let groups = state.borrow().groups;
    state.borrow_mut().groups = groups.saturating_sub(1);
    Ok(JsValue::undefined())
}

fn label(args: &[JsValue], context: &mut Context) -> JsResult<String> {
    let label = args.get_or_undefined(0);
    if label.is_undefined() {
        return Ok("default".to_owned());
    }
    Ok(plain(&label.to_string(context)?))
}

fn count(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let label = label(args, context)?;
    let state = state(context);
    let known = state.borrow().counts.get(&label).copied();
    let count = known.unwrap_or(0).saturating_add(1);
    if known.is_some() || state.borrow().counts.len() < MAX_LABELS {
        state.borrow_mut().counts.insert(label.clone(), count);
    }
    write(ConsoleLevel::Log, &format!("{label}: {count}"), context);
    Ok(JsValue::undefined())
}

fn count_reset(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let label = label(args, context)?;
    state(context).borrow_mut().counts.remove(&label);
    Ok(JsValue::undefined())
}

fn time(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let label = label(args, context)?;
    let now_ms = Environment::of(context).clock.read().elapsed_ms;
    let state = state(context);
    let mut state = state.borrow_mut();
    if state.timers.len() < MAX_LABELS {
        state.timers.entry(label).or_insert(now_ms);
    }
    Ok(JsValue::undefined())
}

fn report_time(args: &[JsValue], ends: bool, context: &mut Context) -> JsResult<JsValue> {
    let label = label(args, context)?;
    let state = state(context);
    let since_ms = state.borrow().timers.get(&label).copied();
    let Some(since_ms) = since_ms else {
        return Ok(JsValue::undefined());
    };
    if ends {
        state.borrow_mut().timers.remove(&label);
    }
    let passed_ms = Environment::of(context).clock.read().elapsed_ms - since_ms;
    let more = format(args.get(1..).unwrap_or_default(), context)?;
    let gap = if more.is_empty() { "" } else { " " };
    let text = format!(
        "{label}: {}ms{gap}{more}",
        (passed_ms * 1000.0).round() / 1000.0
    );
    write(ConsoleLevel::Log, &text, context);
    Ok(JsValue::undefined())
}

#[cfg(test)]
mod tests;
