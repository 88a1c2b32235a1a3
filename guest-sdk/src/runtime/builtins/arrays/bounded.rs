//! Functions that make a list of anything with a `length`: the engine reserves
//! room for as much as that says, and panics where nobody could have it.

use boa_engine::{
    Context, JsArgs, JsNativeError, JsObject, JsResult, JsValue, NativeFunction, js_string,
    property::PropertyKey,
};

use crate::runtime::builtins::replace_method;

/// Elements of the longest list that is tried: more than fit into memory.
const LONGEST: u64 = 1 << 26;

/// Checks lengths in front of the engine's functions.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let constructors = context.intrinsics().constructors();
    let array = constructors.array().prototype();
    let function = constructors.function().prototype();
    let reflect = context.intrinsics().objects().reflect();
    for name in ["sort", "toSorted", "join"] {
        check(&array, name, |this, _| this.clone(), context)?;
    }
    let second: Listed = |_, args| args.get_or_undefined(1).clone();
    check(&function, "apply", second, context)?;
    check(&reflect, "construct", second, context)?;
    let third: Listed = |_, args| args.get_or_undefined(2).clone();
    check(&reflect, "apply", third, context)
}

/// Which of a function's inputs is listed.
type Listed = fn(&JsValue, &[JsValue]) -> JsValue;

fn check(holder: &JsObject, name: &str, listed: Listed, context: &mut Context) -> JsResult<()> {
    let key = PropertyKey::from(js_string!(name));
    let Some(original) = holder.get(key.clone(), context)?.as_callable() else {
        return Ok(());
    };
    let checked = NativeFunction::from_copy_closure_with_captures(
        move |this, args, original: &JsObject, context| {
            if let Some(list) = listed(this, args).as_object()
                && list
                    .get(js_string!("length"), context)?
                    .to_length(context)?
                    > LONGEST
            {
                return Err(JsNativeError::range()
                    .with_message("Invalid array length")
                    .into());
            }
            original.call(this, args, context)
        },
        original,
    );
    replace_method(holder, key, checked, context)?;
    Ok(())
}
