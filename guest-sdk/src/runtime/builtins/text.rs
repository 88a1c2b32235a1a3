//! The methods of strings, linear in their input.
//!
//! The engine searches from the start of the string each time, copies whole
//! strings into UTF-16, and chains slices of slices. These replacements search
//! with `memchr`, keep Latin-1 text Latin-1, and cut every slice from the string
//! that owns the characters. Regular expressions are [`super::regexp`]'s.

mod build;
mod cut;
mod find;
mod joined;
mod replace;
mod search;
mod slices;
mod split;
pub(super) mod template;

#[cfg(test)]
mod tests;

use std::rc::Rc;

use boa_engine::{
    Context, JsNativeError, JsObject, JsResult, JsString, JsSymbol, JsValue, NativeFunction,
    native_function::NativeFunctionPointer,
};

pub(super) use self::{
    joined::{Joined, compact},
    slices::{Slices, cut},
};
use super::replace_method;

/// Installs the overrides of `String.prototype`.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    context.insert_data(Rc::new(Slices::default()));
    let prototype = context.intrinsics().constructors().string().prototype();
    let methods: [(&str, NativeFunctionPointer); 22] = [
        ("at", cut::at),
        ("charAt", cut::char_at),
        ("slice", cut::slice),
        ("substring", cut::substring),
        ("substr", cut::substr),
        ("trim", cut::trim),
        ("trimStart", cut::trim_start),
        ("trimEnd", cut::trim_end),
        ("indexOf", find::index_of),
        ("lastIndexOf", find::last_index_of),
        ("includes", find::includes),
        ("startsWith", find::starts_with),
        ("endsWith", find::ends_with),
        ("split", split::split),
        ("replace", replace::replace),
        ("replaceAll", replace::replace_all),
        ("repeat", build::repeat),
        ("concat", build::concat),
        ("padStart", build::pad_start),
        ("padEnd", build::pad_end),
        ("toLowerCase", build::to_lower_case),
        ("toUpperCase", build::to_upper_case),
    ];
    for (name, function) in methods {
        let function = NativeFunction::from_fn_ptr(function);
        replace_method(&prototype, JsString::from(name), function, context)?;
    }
    Ok(())
}

/// `this` as a string, for the method `name`.
fn this_string(this: &JsValue, name: &str, context: &mut Context) -> JsResult<JsString> {
    if let Some(string) = this.as_string() {
        return Ok(string);
    }
    coercible(this, name)?;
    this.to_string(context)
}

fn coercible(this: &JsValue, name: &str) -> JsResult<()> {
    if this.is_null_or_undefined() {
        let message = format!("String.prototype.{name} called on null or undefined");
        return Err(JsNativeError::typ().with_message(message).into());
    }
    Ok(())
}

/// The method under a well-known symbol of an object argument, such as
/// `separator[Symbol.split]`.
fn delegate(
    argument: &JsValue,
    symbol: JsSymbol,
    context: &mut Context,
) -> JsResult<Option<JsObject>> {
    let Some(object) = argument.as_object() else {
        return Ok(None);
    };
    let method = object.get(symbol.clone(), context)?;
    if method.is_null_or_undefined() {
        return Ok(None);
    }
    let Some(method) = method.as_callable() else {
        let name = symbol.descriptive_string().to_std_string_lossy();
        let message = format!("{name} is not a function");
        return Err(JsNativeError::typ().with_message(message).into());
    };
    Ok(Some(method))
}

/// An integer argument, with infinities as the farthest integers.
fn integer(argument: Option<&JsValue>, default: f64, context: &mut Context) -> JsResult<f64> {
    match argument {
        None => Ok(default),
        Some(argument) if argument.is_undefined() => Ok(default),
        Some(argument) => {
            let number = argument.to_number(context)?;
            Ok(if number.is_nan() { 0.0 } else { number.trunc() })
        }
    }
}

/// An integer argument as a position in a string of `length` units.
fn clamped(
    argument: Option<&JsValue>,
    default: usize,
    length: usize,
    context: &mut Context,
) -> JsResult<usize> {
    let position = integer(argument, default as f64, context)?;
    Ok(position.clamp(0.0, length as f64) as usize)
}
