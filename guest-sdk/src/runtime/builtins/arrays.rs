//! The methods of arrays where the engine takes the long way: element by
//! element through property lookups, even for plain arrays without holes.
//!
//! Only arrays that no script has tampered with are handled here; everything
//! else goes to the engine's own method. Start at [`dense`].

mod bounded;
mod change;
pub(super) mod dense;
pub(super) mod join;
pub(super) mod read;
pub(super) mod spread;

#[cfg(test)]
mod tests;

use std::rc::Rc;

use boa_engine::{
    Context, JsNativeError, JsObject, JsResult, JsValue, NativeFunction, Source, js_string,
    native_function::NativeFunctionPointer, object::builtins::JsArray, property::PropertyKey,
};

use self::dense::Untouched;
use super::{define_method, memory, replace_method};

/// Asynchronous by nature, so it is written in the language itself.
const FROM_ASYNC: &str = include_str!("arrays/from_async.js");

/// Installs the overrides of `Array.prototype`, and `Array.fromAsync`.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    let constructors = context.intrinsics().constructors().array();
    let (prototype, constructor) = (constructors.prototype(), constructors.constructor());
    let mut replace = |name: &str, function: NativeFunctionPointer| {
        let key = PropertyKey::from(js_string!(name));
        replace_method(
            &prototype,
            key,
            NativeFunction::from_fn_ptr(function),
            context,
        )
    };
    let originals = Originals {
        slice: replace("slice", read::slice)?,
        concat: replace("concat", read::concat)?,
        index_of: replace("indexOf", read::index_of)?,
        includes: replace("includes", read::includes)?,
        fill: replace("fill", change::fill)?,
        unshift: replace("unshift", change::unshift)?,
        splice: replace("splice", change::splice)?,
        join: replace("join", join::join)?,
        shift: original(&prototype, "shift", context)?,
        from: original(&constructor, "from", context)?,
    };
    let holder = context
        .eval(Source::from_bytes(FROM_ASYNC))?
        .to_object(context)?;
    let from_async = self::original(&holder, "fromAsync", context)?;
    define_method(&constructor, js_string!("fromAsync").into(), from_async);
    bounded::install(context)?;
    let untouched = Untouched::new(context)?;
    context.insert_data(Rc::new(State {
        originals,
        untouched,
    }));
    Ok(())
}

/// What the natives of arrays know of their realm.
pub(super) struct State {
    originals: Originals,
    untouched: Untouched,
}

/// The engine's own functions.
struct Originals {
    slice: JsObject,
    concat: JsObject,
    index_of: JsObject,
    includes: JsObject,
    fill: JsObject,
    unshift: JsObject,
    splice: JsObject,
    join: JsObject,
    shift: JsObject,
    /// `Array.from`.
    from: JsObject,
}

impl State {
    pub(super) fn of(context: &Context) -> Rc<Self> {
        let state: &Rc<Self> = context
            .get_data()
            .expect("`install` ran when the realm was built");
        state.clone()
    }
}

fn original(holder: &JsObject, name: &str, context: &mut Context) -> JsResult<JsObject> {
    let method = holder.get(js_string!(name), context)?;
    method.as_callable().ok_or_else(|| {
        let message = format!("`{name}` is not a method of the engine");
        JsNativeError::typ().with_message(message).into()
    })
}

fn array(elements: Vec<JsValue>, context: &mut Context) -> JsValue {
    memory::safe_point(context);
    JsArray::from_iter(elements, context).into()
}

/// A position that counts from the end where it is negative.
fn relative(
    argument: Option<&JsValue>,
    default: usize,
    length: usize,
    context: &mut Context,
) -> JsResult<usize> {
    let mut position = match argument {
        Some(argument) if !argument.is_undefined() => argument.to_number(context)?.trunc(),
        _ => return Ok(default),
    };
    if position < 0.0 {
        position += length as f64;
    }
    // Not a number means zero, which is what `as` makes of it.
    Ok((position as usize).min(length))
}
