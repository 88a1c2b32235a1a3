//! `ToolError`: what a failed call rejects with.

use boa_engine::property::PropertyDescriptor;
use boa_engine::{Context, JsObject, JsResult, JsString, JsValue, Source, js_string};

use crate::contract::{CallError, Position};
use crate::runtime::builtins::define;
use crate::runtime::builtins::json;
use crate::runtime::source::SCRIPT_NAME;

/// The class as the realm was built with it, whatever scripts do to the global.
struct ToolErrorClass(JsObject);

/// A real subclass, so that `instanceof` and `extends` work.
const CLASS: &str = r#"(class ToolError extends Error {
  constructor(message, details) {
    super(message);
    const { server = "", tool = "", code = "tool_error", content, retryable = false } = details ?? {};
    this.server = server;
    this.tool = tool;
    this.code = code;
    this.content = content;
    this.retryable = retryable;
  }
  toJSON() {
    return { name: this.name, message: this.message, ...this };
  }
})"#;

/// Defines the class and its `name`.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let class = context.eval(Source::from_bytes(CLASS))?;
    let class = class
        .as_object()
        .expect("a class expression is an object")
        .clone();
    let prototype = class.get(js_string!("prototype"), context)?;
    let prototype = prototype
        .as_object()
        .expect("a class has a prototype")
        .clone();
    define::property(
        &prototype,
        "name",
        js_string!("ToolError").into(),
        false,
        context,
    )?;
    define::property(
        &context.global_object(),
        "ToolError",
        class.clone().into(),
        false,
        context,
    )?;
    context.insert_data(ToolErrorClass(class));
    Ok(())
}

/// An instance for a failed call that the script made at `position`.
pub(super) fn create(
    error: &CallError,
    label: &str,
    position: Option<Position>,
    context: &mut Context,
) -> JsResult<JsValue> {
    let content = match error
        .content
        .as_deref()
        .map(|text| json::parse(text, context))
    {
        Some(Err(error)) if error.as_engine().is_some() => return Err(error),
        // Content nested too deep is left out: the failure itself is known.
        content => content.and_then(Result::ok),
    };
    let class: &ToolErrorClass = context.get_data().expect("the realm defines `ToolError`");
    let class = class.0.clone();
    let instance = class.construct(
        &[JsString::from(error.message.as_str()).into()],
        None,
        context,
    )?;
    let properties = [
        ("server", JsString::from(error.server.as_str()).into()),
        ("tool", JsString::from(error.tool.as_str()).into()),
        ("code", JsString::from(error.code.as_str()).into()),
        ("content", content.unwrap_or_default()),
        ("retryable", error.retryable.into()),
    ];
    for (name, value) in properties {
        define::property(&instance, name, value, true, context)?;
    }
    let at = position.map_or_else(String::new, |at| {
        format!("\n    at {label} ({SCRIPT_NAME}:{}:{})", at.line, at.column)
    });
    let stack = format!("ToolError: {}{at}", error.message);
    define::property(
        &instance,
        "stack",
        JsString::from(stack).into(),
        false,
        context,
    )?;
    Ok(instance.into())
}

/// The failed call behind a thrown value, where it is a `ToolError`.
pub(crate) fn call_of(value: &JsObject, context: &mut Context) -> Option<CallError> {
    let class: &ToolErrorClass = context.get_data()?;
    let class = JsValue::from(class.0.clone());
    if !JsValue::from(value.clone())
        .instance_of(&class, context)
        .ok()?
    {
        return None;
    }
    let mut text = |name: &str| -> Option<String> {
        let value = own_value(value, name, context)?;
        Some(value.as_string()?.to_std_string_escaped())
    };
    let (server, tool, code) = (text("server")?, text("tool")?, text("code")?);
    let message = text("message").unwrap_or_default();
    let retryable = own_value(value, "retryable", context).is_some_and(|value| value.to_boolean());
    let content = own_value(value, "content", context);
    let content = content.and_then(|content| json::stringify(&content, context).ok().flatten());
    Some(CallError {
        server,
        tool,
        code,
        message,
        content,
        retryable,
    })
}

/// The value of an own data property; getters are not called.
pub(crate) fn own_value(object: &JsObject, name: &str, context: &mut Context) -> Option<JsValue> {
    let descriptor: PropertyDescriptor = own_descriptor(object, name, context)?;
    descriptor.value().cloned()
}

fn own_descriptor(
    object: &JsObject,
    name: &str,
    context: &mut Context,
) -> Option<PropertyDescriptor> {
    let _ = context;
    object
        .borrow()
        .properties()
        .get(&JsString::from(name).into())
}
