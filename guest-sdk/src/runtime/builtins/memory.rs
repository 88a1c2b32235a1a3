//! When to collect garbage.
//!
//! The engine counts only the boxes of its objects, so large arrays, strings and
//! property tables pile up unseen. Here the allocator's own count decides: at
//! safe points, in natives that allocate, garbage is collected once memory in
//! use has grown by a quarter since the last time. A collection is sound in the
//! middle of a script: whatever the machine or a native holds is a root, because
//! roots are found by counting references.

#[cfg(test)]
mod tests;

use std::{
    cell::Cell,
    rc::Rc,
    sync::atomic::{AtomicUsize, Ordering},
};

use boa_engine::{
    Context, JsObject, JsResult, JsString, JsSymbol, JsValue, NativeFunction, js_string,
    native_function::NativeFunctionPointer,
    property::{Attribute, PropertyKey},
};

use super::{arrays, objects, regexp, replace_method, text};

/// The name of the global by which rewritten scripts reach a safe point.
pub(crate) const SAFE_POINT: &str = "__retort_safe_point";
/// The name of the global that starts `{...a}`.
pub(crate) const COPY: &str = "__retort_copy";
/// The name of the global that goes on with `{x, ...a}`.
pub(crate) const INTO: &str = "__retort_into";
/// The name of the global that starts `[...a]`.
pub(crate) const LIST: &str = "__retort_list";
/// The name of the global that goes on with `[x, ...a]`.
pub(crate) const EXTEND: &str = "__retort_extend";
/// The name of the global that tells whether a loop may go over positions.
pub(crate) const PLAIN: &str = "__retort_plain";
/// The name of the global that is a key which no object has.
pub(crate) const ABSENT: &str = "__retort_absent";

/// Growth below which no collection is worth its while.
const LEAST_GROWTH: usize = 4 << 20;

/// Growth after which garbage may be what stands between a script and its limit.
const MOST_GROWTH: usize = 24 << 20;

/// Bytes that the allocator has handed out and not taken back. Stays zero where
/// the allocator is not ours, and nothing is collected but by the engine.
static IN_USE: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// Bytes in use at which the next collection is due.
    static DUE: Cell<usize> = const { Cell::new(LEAST_GROWTH) };
}

/// Makes safe points of built-ins that allocate, and gives rewritten scripts
/// theirs.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    let constructors = context.intrinsics().constructors();
    let (array, object) = (constructors.array().clone(), constructors.object().clone());
    let holders: [(JsObject, &[&str]); 3] = [
        (
            array.prototype(),
            &[
                "map",
                "filter",
                "flat",
                "flatMap",
                "forEach",
                "reduce",
                "join",
                "sort",
                "toSorted",
                "toReversed",
                "toSpliced",
                "with",
            ],
        ),
        (array.constructor(), &["from", "of"]),
        (
            object.constructor(),
            &["keys", "values", "entries", "fromEntries", "groupBy"],
        ),
    ];
    for (holder, names) in holders {
        for name in names {
            make_safe_point(&holder, name, context)?;
        }
    }
    let globals: [(&str, NativeFunctionPointer); 6] = [
        (SAFE_POINT, reach_safe_point),
        (COPY, objects::copy),
        (INTO, objects::into),
        (LIST, arrays::spread::list),
        (EXTEND, arrays::spread::extend),
        (PLAIN, arrays::read::is_plain),
    ];
    for (name, function) in globals {
        let function = NativeFunction::from_fn_ptr(function).to_js_function(context.realm());
        context.register_global_property(JsString::from(name), function, Attribute::empty())?;
    }
    let absent = JsSymbol::new(None).expect("so few symbols never run out");
    context.register_global_property(JsString::from(ABSENT), absent, Attribute::empty())?;
    Ok(())
}

fn make_safe_point(holder: &JsObject, name: &str, context: &mut Context) -> JsResult<()> {
    let key = PropertyKey::from(js_string!(name));
    let Some(original) = holder.get(key.clone(), context)?.as_callable() else {
        return Ok(());
    };
    let wrapped = NativeFunction::from_copy_closure_with_captures(
        |this, args, original: &JsObject, context| {
            safe_point(context);
            original.call(this, args, context)
        },
        original,
    );
    replace_method(holder, key, wrapped, context)?;
    Ok(())
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of natives")]
fn reach_safe_point(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    safe_point(context);
    Ok(JsValue::undefined())
}

#[cfg(any(test, target_family = "wasm"))]
/// Counts an allocation; called by the allocator.
pub(crate) fn allocated(bytes: usize) {
    IN_USE.fetch_add(bytes, Ordering::Relaxed);
}

#[cfg(any(test, target_family = "wasm"))]
/// Counts a release; called by the allocator.
pub(crate) fn released(bytes: usize) {
    IN_USE.fetch_sub(bytes, Ordering::Relaxed);
}

/// Collects garbage if memory in use has grown enough since the last time.
pub(crate) fn safe_point(context: &Context) {
    let in_use = IN_USE.load(Ordering::Relaxed);
    if in_use < DUE.get() {
        return;
    }
    if let Some(slices) = context.get_data::<Rc<text::Slices>>() {
        slices.clear();
    }
    if let Some(subjects) = context.get_data::<Rc<regexp::Subjects>>() {
        subjects.clear();
    }
    boa_gc::force_collect();
    DUE.set(due_after(IN_USE.load(Ordering::Relaxed)));
}

fn due_after(in_use: usize) -> usize {
    in_use + (in_use / 4).clamp(LEAST_GROWTH, MOST_GROWTH)
}
