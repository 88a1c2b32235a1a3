//! The text of expressions, which the engine escapes once too often: it prints
//! the slash of `/a\/b/` with two backslashes before it.

use boa_engine::{
    Context, JsObject, JsResult, JsString, JsValue, NativeFunction, js_string,
    object::{FunctionObjectBuilder, builtins::JsRegExp},
    property::{PropertyDescriptor, PropertyKey},
    string::JsStr,
};

use super::super::text::compact;

/// Replaces the accessor `source` of `RegExp.prototype`.
pub(super) fn install(prototype: &JsObject, context: &mut Context) {
    let key = PropertyKey::from(js_string!("source"));
    let original = prototype.borrow().properties().get(&key);
    let Some(original) = original.and_then(|found| found.get()?.as_object()) else {
        return;
    };
    let getter = NativeFunction::from_copy_closure_with_captures(
        |this, _, original: &JsObject, context| {
            let source = original.call(this, &[], context)?;
            if !this.is_regexp() {
                return Ok(source);
            }
            let source = source.to_string(context)?;
            Ok(escaped(&unescaped(&source.to_vec())).into())
        },
        original,
    );
    let getter = FunctionObjectBuilder::new(context.realm(), getter)
        .name(js_string!("get source"))
        .build();
    let accessor = PropertyDescriptor::builder()
        .get(getter)
        .set(JsValue::undefined())
        .enumerable(false)
        .configurable(true);
    prototype.insert_property(key, accessor);
}

/// The source and flags that an expression was made from, read past whatever
/// scripts made of their accessors; `None` where they are no Unicode text.
pub(super) fn of(
    object: &JsObject,
    unicode_sets: &JsObject,
    context: &mut Context,
) -> JsResult<Option<(String, String)>> {
    let expression = JsRegExp::from_object(object.clone())?;
    let sets = unicode_sets.call(&object.clone().into(), &[], context)?;
    let flags = [
        ('d', expression.has_indices(context)?),
        ('g', expression.global(context)?),
        ('i', expression.ignore_case(context)?),
        ('m', expression.multiline(context)?),
        ('s', expression.dot_all(context)?),
        ('u', expression.unicode(context)?),
        ('v', sets.to_boolean()),
        ('y', expression.sticky(context)?),
    ];
    let flags = flags.iter().filter(|(_, set)| *set);
    let flags = flags.map(|(flag, _)| *flag).collect();
    let Ok(source) = expression.source(context) else {
        return Ok(None);
    };
    let units: Vec<u16> = source.encode_utf16().collect();
    let source = String::from_utf16(&unescaped(&units)).ok();
    Ok(source.map(|source| (source, flags)))
}

/// The engine's accessor of the one flag that has no other way to be read.
pub(super) fn unicode_sets(prototype: &JsObject) -> Option<JsObject> {
    let key = PropertyKey::from(js_string!("unicodeSets"));
    let accessor = prototype.borrow().properties().get(&key)?;
    accessor.get()?.as_object()
}

/// Takes away the backslash that the engine puts before every slash.
fn unescaped(source: &[u16]) -> Vec<u16> {
    let mut units = Vec::with_capacity(source.len());
    for &unit in source {
        if unit == u16::from(b'/') && units.last() == Some(&u16::from(b'\\')) {
            units.pop();
        }
        units.push(unit);
    }
    units
}

/// Puts a backslash before each slash that would end a literal.
fn escaped(source: &[u16]) -> JsString {
    let mut units = Vec::with_capacity(source.len() + 8);
    let mut in_class = false;
    let mut after_backslash = false;
    for &unit in source {
        let ascii = u8::try_from(unit).unwrap_or(0);
        if ascii == b'/' && !in_class && !after_backslash {
            units.push(u16::from(b'\\'));
        }
        units.push(unit);
        match ascii {
            _ if after_backslash => {}
            b'[' => in_class = true,
            b']' => in_class = false,
            _ => {}
        }
        after_backslash = ascii == b'\\' && !after_backslash;
    }
    compact(JsStr::utf16(&units))
}
