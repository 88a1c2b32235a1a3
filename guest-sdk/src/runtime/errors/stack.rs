//! Stacks of errors, in positions of the source.

use std::fmt::Write as _;

use boa_engine::object::builtins::JsFunction;
use boa_engine::property::PropertyDescriptor;
use boa_engine::{Context, JsObject, JsResult, JsString, JsValue, NativeFunction, js_string};

use crate::contract::Position;
use crate::runtime::builtins::define;
use crate::runtime::calls::tool_error::own_value;
use crate::runtime::environment::Environment;
use crate::runtime::source::SCRIPT_NAME;
use crate::runtime::source::positions::PositionMap;

/// Frames an error keeps.
const FRAMES: usize = 16;

/// The engine's own getter of `Error.prototype.stack`.
struct EngineStack(JsFunction);

/// Replaces the getter of `Error.prototype.stack`.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    context.runtime_limits_mut().set_backtrace_limit(FRAMES);
    let prototype = context.intrinsics().constructors().error().prototype();
    let descriptor = prototype
        .borrow()
        .properties()
        .get(&js_string!("stack").into());
    let Some(descriptor) = descriptor else {
        return Ok(());
    };
    let Some(getter) = descriptor
        .get()
        .and_then(JsValue::as_object)
        .and_then(JsFunction::from_object)
    else {
        return Ok(());
    };
    context.insert_data(EngineStack(getter));
    let getter = define::closure(
        "get stack",
        0,
        NativeFunction::from_fn_ptr(get_stack),
        context,
    );
    let setter = descriptor.set().cloned().unwrap_or_default();
    let descriptor = PropertyDescriptor::builder()
        .get(getter)
        .set(setter)
        .enumerable(false)
        .configurable(true);
    prototype.define_property_or_throw(js_string!("stack"), descriptor, context)?;
    Ok(())
}

/// The stack of an error in positions of the source; `None` for other objects.
pub(super) fn of(object: &JsObject, context: &mut Context) -> Option<String> {
    if let Some(own) = own_value(object, "stack", context) {
        return Some(own.as_string()?.to_std_string_escaped());
    }
    if !object.is::<boa_engine::builtins::error::Error>() {
        return None;
    }
    let getter: &EngineStack = context.get_data()?;
    let getter = getter.0.clone();
    let stack = getter.call(&object.clone().into(), &[], context).ok()?;
    let stack = stack
        .as_string()
        .map(|stack| stack.to_std_string_escaped())
        .unwrap_or_default();
    Some(match Environment::of(context).positions() {
        Some(positions) => mapped(&stack, &positions),
        None => stack,
    })
}

/// Where the engine says that an error of its own was thrown: line and column
/// of the generated code. `None` where a native threw it, or the script.
pub(super) fn engine_place(object: &JsObject, context: &mut Context) -> Option<(u32, u32)> {
    if own_value(object, "stack", context).is_some() {
        return None;
    }
    place(engine_stack(object, context)?.lines().next()?)
}

fn engine_stack(object: &JsObject, context: &mut Context) -> Option<String> {
    if !object.is::<boa_engine::builtins::error::Error>() {
        return None;
    }
    let getter: &EngineStack = context.get_data()?;
    let getter = getter.0.clone();
    let stack = getter.call(&object.clone().into(), &[], context).ok()?;
    Some(
        stack
            .as_string()
            .map(|stack| stack.to_std_string_escaped())
            .unwrap_or_default(),
    )
}

/// Rewrites the engine's frames: positions of the source, natives without any.
pub(super) fn mapped(stack: &str, positions: &PositionMap) -> String {
    let mut lines = String::with_capacity(stack.len());
    for frame in stack
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("at "))
    {
        let name = frame.split(" (").next().unwrap_or_default();
        match place(frame) {
            None => _ = writeln!(lines, "    at {name} (native)"),
            Some((line, column)) => {
                if let Some(at) = positions.of_generated(line, column) {
                    _ = writeln!(
                        lines,
                        "    at {name} ({SCRIPT_NAME}:{}:{})",
                        at.line, at.column
                    );
                }
            }
        }
    }
    lines.truncate(lines.trim_end().len());
    lines
}

/// The first position a stack names.
pub(super) fn first_position(stack: &str) -> Option<Position> {
    stack.lines().find_map(|line| {
        let (line, column) = place(line)?;
        Some(Position { line, column })
    })
}

/// Line and column of a frame of the script: the end `(script:3:5)`.
fn place(frame: &str) -> Option<(u32, u32)> {
    let place = frame.trim_end().strip_suffix(')')?;
    let (_, place) = place.rsplit_once(" (")?;
    let place = place.strip_prefix(SCRIPT_NAME)?.strip_prefix(':')?;
    let (line, column) = place.split_once(':')?;
    Some((line.parse().ok()?, column.parse().ok()?))
}

fn get_stack(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(object) = this.as_object() else {
        return Ok(JsValue::undefined());
    };
    let object = object.clone();
    let Some(frames) = of(&object, context) else {
        return Ok(JsValue::undefined());
    };
    let head = this.to_string(context)?.to_std_string_escaped();
    let newline = if frames.is_empty() { "" } else { "\n" };
    Ok(JsString::from(format!("{head}{newline}{frames}")).into())
}
