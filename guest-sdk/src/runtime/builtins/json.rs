//! JSON text to values and back.

use boa_engine::{Context, JsNativeError, JsResult, JsString, JsValue};

/// Installs the overrides of `JSON`.
pub(crate) fn install(_context: &mut Context) -> JsResult<()> {
    Ok(())
}

/// The value of a JSON text.
pub(crate) fn parse(text: &str, context: &mut Context) -> JsResult<JsValue> {
    call("parse", JsString::from(text).into(), context)
}

/// The JSON text of a value; `None` where it has none (`undefined`, functions).
pub(crate) fn stringify(value: &JsValue, context: &mut Context) -> JsResult<Option<String>> {
    let text = call("stringify", value.clone(), context)?;
    Ok(text.as_string().map(|text| text.to_std_string_escaped()))
}

fn call(name: &str, argument: JsValue, context: &mut Context) -> JsResult<JsValue> {
    let json = context.intrinsics().objects().json();
    let function = json.get(JsString::from(name), context)?;
    let function = function
        .as_callable()
        .ok_or_else(|| JsNativeError::typ().with_message("`JSON` was replaced"))?;
    function.call(&json.into(), &[argument], context)
}
