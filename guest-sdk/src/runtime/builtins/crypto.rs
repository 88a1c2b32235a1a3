//! `crypto` and `Math.random`: randomness of the run's seed, nothing ambient.

use std::fmt::Write;

use boa_engine::builtins::typed_array::TypedArrayKind;
use boa_engine::object::builtins::{JsArrayBuffer, JsTypedArray};
use boa_engine::{
    Context, JsArgs, JsNativeError, JsObject, JsResult, JsString, JsValue, js_string,
};

use super::{define, exception};
use crate::runtime::environment::Environment;

/// The most bytes one call fills, as elsewhere.
const MAX_BYTES: usize = 65_536;

/// Defines `crypto` and replaces `Math.random`.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    let crypto = JsObject::with_object_proto(context.intrinsics());
    define::method(&crypto, "randomUUID", 0, random_uuid, context)?;
    define::method(&crypto, "getRandomValues", 1, random_values, context)?;
    define::accessor(&crypto, "subtle", subtle, None, context)?;
    define::tag(&crypto, "Crypto", context)?;
    define::global("crypto", crypto, context)?;
    let math = context.global_object().get(js_string!("Math"), context)?;
    if let Some(math) = math.as_object() {
        define::method(&math, "random", 0, random, context)?;
    }
    Ok(())
}

fn random(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    Ok(Environment::of(context).random_unit().into())
}

fn random_uuid(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut bytes = [0; 16];
    Environment::of(context).fill_random(&mut bytes);
    // RFC 9562: version 4, variant 1.
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    Ok(JsString::from(text.as_str()).into())
}

fn random_values(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let target = args.get_or_undefined(0);
    let array = target
        .as_object()
        .and_then(|object| JsTypedArray::from_object(object).ok());
    let floats = [Some(TypedArrayKind::Float32), Some(TypedArrayKind::Float64)];
    let array = array.filter(|array| !floats.contains(&array.kind()));
    let Some(array) = array else {
        let message = "argument 1 is not a typed array of integers";
        return Err(exception::exception("TypeMismatchError", message, context));
    };
    let from = array.byte_offset(context)?;
    let length = array.byte_length(context)?;
    if length > MAX_BYTES {
        let message = format!("the array has {length} bytes, more than {MAX_BYTES}");
        return Err(exception::exception(
            "QuotaExceededError",
            &message,
            context,
        ));
    }
    let mut bytes = vec![0; length];
    Environment::of(context).fill_random(&mut bytes);
    let buffer = array.buffer(context)?;
    let buffer = buffer.as_object().map(JsArrayBuffer::from_object);
    if let Some(Ok(buffer)) = buffer
        && let Some(mut data) = buffer.data_mut()
        && let Some(place) = data.get_mut(from..from + length)
    {
        place.copy_from_slice(&bytes);
    }
    Ok(target.clone())
}

fn subtle(_: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    Err(JsNativeError::error()
        .with_message("`crypto.subtle` is not available here")
        .into())
}

#[cfg(test)]
mod tests {
    use crate::runtime::builtins::web_realm::evaluate;

    #[test]
    fn randomness_follows_the_seed() {
        let first = evaluate("[Math.random(), crypto.randomUUID()].join()");
        let second = evaluate("[Math.random(), crypto.randomUUID()].join()");
        assert_eq!(first, second);
        let pattern = "/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/";
        assert_eq!(
            evaluate(&format!("{pattern}.test(crypto.randomUUID())")),
            "true"
        );
    }

    #[test]
    fn random_values_fill_their_part_of_a_buffer() {
        let script = "const a = new Uint8Array(100); crypto.getRandomValues(a.subarray(10, 90));
            [a.slice(0, 10).some(x => x), a.slice(10, 90).some(x => x), a.slice(90).some(x => x)].join()";
        assert_eq!(evaluate(script), "false,true,false");
        assert_eq!(
            evaluate("try { crypto.getRandomValues(new Uint8Array(70000)) } catch (e) { e.name }"),
            "QuotaExceededError"
        );
    }
}
