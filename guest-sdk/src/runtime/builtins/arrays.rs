//! The methods of arrays where the engine takes the long way: element by
//! element through property lookups, even for plain arrays without holes.
//!
//! Only arrays that no script has tampered with are handled here; everything
//! else goes to the engine's own method. Start at [`dense`].

mod change;
pub(super) mod dense;
mod read;
pub(super) mod spread;

#[cfg(test)]
mod tests;

use std::rc::Rc;

use boa_engine::{
    Context, JsObject, JsResult, JsValue, NativeFunction, js_string,
    native_function::NativeFunctionPointer, object::builtins::JsArray, property::PropertyKey,
};

use self::dense::Untouched;
use super::{memory, replace_method};

/// Installs the overrides of `Array.prototype`.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    let prototype = context.intrinsics().constructors().array().prototype();
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
        from: context.intrinsics().constructors().array().constructor(),
    };
    let from = originals.from.get(js_string!("from"), context)?;
    let originals = Originals {
        from: from.as_callable().unwrap_or(originals.from),
        ..originals
    };
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
