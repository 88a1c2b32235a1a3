//! `performance`: the clock of the run, which stands still during a step.

use boa_engine::{Context, JsObject, JsResult, JsValue, js_string};

use super::define;
use crate::runtime::environment::Environment;

/// Defines `performance`.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    let performance = JsObject::with_object_proto(context.intrinsics());
    define::method(&performance, "now", 0, now, context)?;
    define::method(&performance, "toJSON", 0, to_json, context)?;
    define::accessor(&performance, "timeOrigin", time_origin, None, context)?;
    define::tag(&performance, "Performance", context)?;
    define::global("performance", performance, context)
}

fn now(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    Ok(Environment::of(context).clock.read().elapsed_ms.into())
}

fn time_origin(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let now = Environment::of(context).clock.read();
    Ok((now.unix_ms - now.elapsed_ms).into())
}

fn to_json(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let json = JsObject::with_object_proto(context.intrinsics());
    let origin = time_origin(&JsValue::undefined(), &[], context)?;
    json.set(js_string!("timeOrigin"), origin, true, context)?;
    Ok(json.into())
}

#[cfg(test)]
mod tests {
    use crate::runtime::builtins::web_realm::evaluate;

    #[test]
    fn time_is_that_of_the_step() {
        assert_eq!(
            evaluate("[performance.now(), performance.timeOrigin, Date.now()].join()"),
            "2500,1767225600000,1767225602500"
        );
    }
}
