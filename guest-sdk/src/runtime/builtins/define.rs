//! Shorthand for defining native functions and classes.
//!
//! Owns no built-in itself. Start at [`class`].

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsFunction;
use boa_engine::property::{Attribute, PropertyDescriptor, PropertyKey};
use boa_engine::{
    Context, JsNativeError, JsObject, JsResult, JsString, JsSymbol, JsValue, NativeFunction,
};

/// A native function as Boa calls it: `this`, arguments, context.
pub(crate) type Native = fn(&JsValue, &[JsValue], &mut Context) -> JsResult<JsValue>;

/// A class that is not yet bound to a name.
pub(crate) struct Class {
    pub(crate) constructor: JsObject,
    pub(crate) prototype: JsObject,
}

/// What calling a class without `new` does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum WithoutNew {
    /// The same as with `new`.
    Constructs,
    /// It throws.
    Throws,
}

/// Attributes of most built-in properties.
pub(crate) fn hidden() -> Attribute {
    Attribute::WRITABLE | Attribute::CONFIGURABLE | Attribute::NON_ENUMERABLE
}

/// A global of the realm, as built-ins are defined: not enumerable.
pub(crate) fn global(name: &str, value: impl Into<JsValue>, context: &mut Context) -> JsResult<()> {
    context.register_global_property(JsString::from(name), value, hidden())
}

/// A native function object.
pub(crate) fn function(name: &str, length: usize, native: Native, context: &Context) -> JsFunction {
    FunctionObjectBuilder::new(context.realm(), NativeFunction::from_fn_ptr(native))
        .name(JsString::from(name))
        .length(length)
        .build()
}

/// A function object of a native that captures something.
pub(crate) fn closure(
    name: &str,
    length: usize,
    native: NativeFunction,
    context: &Context,
) -> JsFunction {
    FunctionObjectBuilder::new(context.realm(), native)
        .name(JsString::from(name))
        .length(length)
        .build()
}

/// Defines a method under its own name.
pub(crate) fn method(
    target: &JsObject,
    name: &str,
    length: usize,
    native: Native,
    context: &mut Context,
) -> JsResult<()> {
    let function = function(name, length, native, context);
    value(target, JsString::from(name), function, context)
}

/// Defines a property as built-ins have it: writable, configurable, not enumerable.
pub(crate) fn value(
    target: &JsObject,
    key: impl Into<PropertyKey>,
    value: impl Into<JsValue>,
    context: &mut Context,
) -> JsResult<()> {
    let property = PropertyDescriptor::builder()
        .value(value)
        .writable(true)
        .enumerable(false)
        .configurable(true);
    target.define_property_or_throw(key, property, context)?;
    Ok(())
}

/// Defines a writable, configurable property under a name.
pub(crate) fn property(
    target: &JsObject,
    name: &str,
    value: JsValue,
    enumerable: bool,
    context: &mut Context,
) -> JsResult<()> {
    let property = PropertyDescriptor::builder()
        .value(value)
        .writable(true)
        .enumerable(enumerable)
        .configurable(true);
    target.define_property_or_throw(JsString::from(name), property, context)?;
    Ok(())
}

/// Defines a read-only accessor by its getter.
pub(crate) fn getter(
    target: &JsObject,
    name: &str,
    getter: JsFunction,
    enumerable: bool,
    context: &mut Context,
) -> JsResult<()> {
    let property = PropertyDescriptor::builder()
        .get(getter)
        .enumerable(enumerable)
        .configurable(true);
    target.define_property_or_throw(JsString::from(name), property, context)?;
    Ok(())
}

/// Defines an accessor; without `set` it is read-only.
pub(crate) fn accessor(
    target: &JsObject,
    name: &str,
    get: Native,
    set: Option<Native>,
    context: &mut Context,
) -> JsResult<()> {
    let get = function(&format!("get {name}"), 0, get, context);
    let set = set.map(|set| function(&format!("set {name}"), 1, set, context));
    let mut property = PropertyDescriptor::builder()
        .get(get)
        .enumerable(true)
        .configurable(true);
    if let Some(set) = set {
        property = property.set(set);
    }
    target.define_property_or_throw(JsString::from(name), property, context)?;
    Ok(())
}

/// Defines `Symbol.toStringTag`.
pub(crate) fn tag(target: &JsObject, name: &str, context: &mut Context) -> JsResult<()> {
    let property = PropertyDescriptor::builder()
        .value(JsString::from(name))
        .writable(false)
        .enumerable(false)
        .configurable(true);
    target.define_property_or_throw(JsSymbol::to_string_tag(), property, context)?;
    Ok(())
}

/// Makes an instance from the prototype it gets and the arguments.
pub(crate) type Construct = fn(JsObject, &[JsValue], &mut Context) -> JsResult<JsObject>;

/// A class whose instances `construct` makes. It is not yet bound to a name;
/// subclassing it works.
pub(crate) fn class(
    name: &'static str,
    length: usize,
    without_new: WithoutNew,
    construct: Construct,
    context: &mut Context,
) -> JsResult<Class> {
    let prototype = JsObject::with_object_proto(context.intrinsics());
    let native = NativeFunction::from_copy_closure_with_captures(
        move |new_target, args, prototype: &JsObject, context| {
            let prototype = match new_target.as_object() {
                None if without_new == WithoutNew::Throws => {
                    return Err(JsNativeError::typ()
                        .with_message(format!(
                            "Class constructor {name} cannot be invoked without 'new'"
                        ))
                        .into());
                }
                None => prototype.clone(),
                Some(new_target) => new_target
                    .get(JsString::from("prototype"), context)?
                    .as_object()
                    .unwrap_or_else(|| prototype.clone()),
            };
            Ok(construct(prototype, args, context)?.into())
        },
        prototype.clone(),
    );
    let constructor: JsObject = FunctionObjectBuilder::new(context.realm(), native)
        .name(JsString::from(name))
        .length(length)
        .constructor(true)
        .build()
        .into();
    let fixed = PropertyDescriptor::builder()
        .value(prototype.clone())
        .writable(false)
        .enumerable(false)
        .configurable(false);
    constructor.define_property_or_throw(JsString::from("prototype"), fixed, context)?;
    value(
        &prototype,
        JsString::from("constructor"),
        constructor.clone(),
        context,
    )?;
    tag(&prototype, name, context)?;
    Ok(Class {
        constructor,
        prototype,
    })
}
