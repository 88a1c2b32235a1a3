//! `structuredClone`.

use std::collections::HashMap;

use boa_engine::builtins::array_buffer::AlignedVec;
use boa_engine::builtins::error::{Error, ErrorKind};
use boa_engine::builtins::typed_array::TypedArrayKind;
use boa_engine::object::builtins::{
    JsArray, JsArrayBuffer, JsDataView, JsDate, JsMap, JsRegExp, JsSet, JsTypedArray,
};
use boa_engine::property::PropertyKey;
use boa_engine::{
    Context, JsArgs, JsBigInt, JsError, JsNativeError, JsObject, JsResult, JsString, JsValue,
    JsVariant, js_string,
};

use super::console::inspect::inspect;
use super::define;
use super::exception::exception;

/// Defines `structuredClone`.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    let function = define::function("structuredClone", 1, structured_clone, context);
    define::global("structuredClone", function, context)
}

fn structured_clone(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(value) = args.first() else {
        return Err(JsNativeError::typ()
            .with_message("structuredClone needs a value")
            .into());
    };
    let transferred = transferred(args.get_or_undefined(1), context)?;
    let mut copies = Copies::default();
    let copy = copies.copy(value, context)?;
    for buffer in transferred {
        // What was not reachable from the value is gone all the same.
        buffer.detach(&JsValue::undefined())?;
    }
    Ok(copy)
}

fn transferred(options: &JsValue, context: &mut Context) -> JsResult<Vec<JsArrayBuffer>> {
    let Some(options) = options.as_object() else {
        return Ok(Vec::new());
    };
    let Some(list) = options.get(js_string!("transfer"), context)?.as_object() else {
        return Ok(Vec::new());
    };
    let list = JsArray::from_object(list)?;
    let mut buffers = Vec::new();
    for at in 0..list.length(context)? {
        let value = list.get(at, context)?;
        let Some(Ok(buffer)) = value.as_object().map(JsArrayBuffer::from_object) else {
            let message = "a value in the transfer list could not be transferred";
            return Err(exception("DataCloneError", message, context));
        };
        buffers.push(buffer);
    }
    Ok(buffers)
}

/// The objects copied so far: shared ones stay shared, cycles close.
///
/// Copies are made empty and filled from a list, so that no depth of nesting
/// ends the stack.
#[derive(Default)]
struct Copies {
    made: HashMap<JsObject, JsObject>,
    unfilled: Vec<(JsObject, JsObject)>,
}

impl Copies {
    fn copy(&mut self, value: &JsValue, context: &mut Context) -> JsResult<JsValue> {
        let copy = self.value(value, context)?;
        while let Some((object, copy)) = self.unfilled.pop() {
            self.fill(&object, &copy, context)?;
        }
        Ok(copy)
    }

    fn value(&mut self, value: &JsValue, context: &mut Context) -> JsResult<JsValue> {
        match value.variant() {
            JsVariant::Object(object) => {
                if let Some(copy) = self.made.get(&object) {
                    return Ok(copy.clone().into());
                }
                let copy = self.empty_copy(&object, context)?;
                self.made.insert(object, copy.clone());
                Ok(copy.into())
            }
            JsVariant::Symbol(_) => Err(not_cloneable(value, context)),
            _ => Ok(value.clone()),
        }
    }

    fn empty_copy(&mut self, object: &JsObject, context: &mut Context) -> JsResult<JsObject> {
        let copy = if object.is_callable() {
            return Err(not_cloneable(&object.clone().into(), context));
        } else if object.is_array() {
            let length = object.get(js_string!("length"), context)?;
            let copy = JsObject::from(JsArray::new(context)?);
            copy.set(js_string!("length"), length, true, context)?;
            copy
        } else if object.is_ordinary() {
            JsObject::with_object_proto(context.intrinsics())
        } else if object.is::<Error>() {
            empty_error(object, context)?
        } else if JsMap::from_object(object.clone()).is_ok() {
            JsMap::new(context).into()
        } else if JsSet::from_object(object.clone()).is_ok() {
            JsSet::new(context).into()
        } else if let Ok(array) = JsTypedArray::from_object(object.clone()) {
            return self.typed_array(object, &array, context);
        } else if let Ok(view) = JsDataView::from_object(object.clone()) {
            let from = view.byte_offset(context)?;
            let length = view.byte_length(context)?;
            let buffer = self.buffer(&view.buffer(context)?, context)?;
            let copy = JsDataView::from_js_array_buffer(buffer, Some(from), Some(length), context)?;
            return Ok(copy.into());
        } else {
            return match leaf(object, context)? {
                Some(copy) => Ok(copy),
                None => Err(not_cloneable(&object.clone().into(), context)),
            };
        };
        self.unfilled.push((object.clone(), copy.clone()));
        Ok(copy)
    }

    fn fill(&mut self, object: &JsObject, copy: &JsObject, context: &mut Context) -> JsResult<()> {
        if object.is::<Error>() {
            return self.fill_error(object, copy, context);
        }
        if let Ok(map) = JsMap::from_object(object.clone()) {
            let copy = JsMap::from_object(copy.clone())?;
            for (key, value) in entries(&map)? {
                let key = self.value(&key, context)?;
                let value = self.value(&value, context)?;
                copy.set(key, value, context)?;
            }
            return Ok(());
        }
        if let (Ok(set), Ok(copy)) = (
            JsSet::from_object(object.clone()),
            JsSet::from_object(copy.clone()),
        ) {
            for value in members(&set)? {
                let value = self.value(&value, context)?;
                copy.add(value, context)?;
            }
            return Ok(());
        }
        // Own enumerable properties that have a name; getters are called.
        for key in object.own_property_keys(context)? {
            if matches!(key, PropertyKey::Symbol(_)) || !is_enumerable(object, &key) {
                continue;
            }
            let value = object.get(key.clone(), context)?;
            let value = self.value(&value, context)?;
            copy.create_data_property(key, value, context)?;
        }
        Ok(())
    }

    fn fill_error(
        &mut self,
        object: &JsObject,
        copy: &JsObject,
        context: &mut Context,
    ) -> JsResult<()> {
        for key in ["message", "cause"] {
            let key = JsString::from(key);
            if object.has_own_property(key.clone(), context)? {
                let value = object.get(key.clone(), context)?;
                let value = self.value(&value, context)?;
                define::value(copy, key, value, context)?;
            }
        }
        Ok(())
    }

    fn typed_array(
        &mut self,
        object: &JsObject,
        array: &JsTypedArray,
        context: &mut Context,
    ) -> JsResult<JsObject> {
        let buffer = self.buffer(&array.buffer(context)?, context)?;
        let constructor = array.kind().map(|kind| {
            let constructors = context.intrinsics().constructors();
            let constructor = match kind {
                TypedArrayKind::Int8 => constructors.typed_int8_array(),
                TypedArrayKind::Uint8 => constructors.typed_uint8_array(),
                TypedArrayKind::Uint8Clamped => constructors.typed_uint8clamped_array(),
                TypedArrayKind::Int16 => constructors.typed_int16_array(),
                TypedArrayKind::Uint16 => constructors.typed_uint16_array(),
                TypedArrayKind::Int32 => constructors.typed_int32_array(),
                TypedArrayKind::Uint32 => constructors.typed_uint32_array(),
                TypedArrayKind::BigInt64 => constructors.typed_bigint64_array(),
                TypedArrayKind::BigUint64 => constructors.typed_biguint64_array(),
                TypedArrayKind::Float32 => constructors.typed_float32_array(),
                TypedArrayKind::Float64 => constructors.typed_float64_array(),
            };
            constructor.constructor()
        });
        let Some(constructor) = constructor else {
            return Err(not_cloneable(&object.clone().into(), context));
        };
        let from = array.byte_offset(context)? as f64;
        let length = array.length(context)? as f64;
        constructor.construct(&[buffer.into(), from.into(), length.into()], None, context)
    }

    fn buffer(&mut self, buffer: &JsValue, context: &mut Context) -> JsResult<JsArrayBuffer> {
        let copy = self.value(buffer, context)?;
        match copy.as_object() {
            Some(copy) => JsArrayBuffer::from_object(copy),
            None => Err(not_cloneable(buffer, context)),
        }
    }
}

fn entries(map: &JsMap) -> JsResult<Vec<(JsValue, JsValue)>> {
    let mut entries = Vec::new();
    map.for_each_native(|key, value| {
        entries.push((key, value));
        Ok(())
    })?;
    Ok(entries)
}

fn members(set: &JsSet) -> JsResult<Vec<JsValue>> {
    let mut members = Vec::new();
    set.for_each_native(|value| {
        members.push(value);
        Ok(())
    })?;
    Ok(members)
}

fn empty_error(object: &JsObject, context: &mut Context) -> JsResult<JsObject> {
    let name = object
        .get(js_string!("name"), context)?
        .to_string(context)?
        .to_std_string_lossy();
    let constructors = context.intrinsics().constructors();
    let (kind, prototype) = match name.as_str() {
        "EvalError" => (ErrorKind::Eval, constructors.eval_error().prototype()),
        "RangeError" => (ErrorKind::Range, constructors.range_error().prototype()),
        "ReferenceError" => (
            ErrorKind::Reference,
            constructors.reference_error().prototype(),
        ),
        "SyntaxError" => (ErrorKind::Syntax, constructors.syntax_error().prototype()),
        "TypeError" => (ErrorKind::Type, constructors.type_error().prototype()),
        "URIError" => (ErrorKind::Uri, constructors.uri_error().prototype()),
        _ => (ErrorKind::Error, constructors.error().prototype()),
    };
    Ok(JsObject::from_proto_and_data(prototype, Error::new(kind)))
}

/// A copy of an object that contains no others; `None` where there is no copy.
fn leaf(object: &JsObject, context: &mut Context) -> JsResult<Option<JsObject>> {
    if let Ok(date) = JsDate::from_object(object.clone()) {
        let time = date.get_time(context)?;
        let copy = JsDate::new(context);
        copy.set_time(time, context)?;
        return Ok(Some(copy.into()));
    }
    if JsRegExp::from_object(object.clone()).is_ok() {
        let constructor = context.intrinsics().constructors().regexp().constructor();
        return Ok(Some(constructor.construct(
            &[object.clone().into()],
            None,
            context,
        )?));
    }
    if let Ok(buffer) = JsArrayBuffer::from_object(object.clone()) {
        let Some(bytes) = buffer.to_vec() else {
            let message = "an ArrayBuffer is detached and could not be cloned";
            return Err(exception("DataCloneError", message, context));
        };
        let block = AlignedVec::from_slice(0, &bytes);
        return Ok(Some(JsArrayBuffer::from_byte_block(block, context)?.into()));
    }
    let primitive: Option<JsValue> = if let Some(value) = object.downcast_ref::<bool>() {
        Some((*value).into())
    } else if let Some(value) = object.downcast_ref::<f64>() {
        Some((*value).into())
    } else if let Some(value) = object.downcast_ref::<JsString>() {
        Some(value.clone().into())
    } else {
        object
            .downcast_ref::<JsBigInt>()
            .map(|value| value.clone().into())
    };
    primitive.map(|value| value.to_object(context)).transpose()
}

fn is_enumerable(object: &JsObject, key: &PropertyKey) -> bool {
    let property = object.borrow().properties().get(key);
    property.is_some_and(|property| property.enumerable() == Some(true))
}

fn not_cloneable(value: &JsValue, context: &mut Context) -> JsError {
    let text = inspect(value, 0, context);
    let message = format!("{text} could not be cloned.");
    exception("DataCloneError", &message, context)
}

#[cfg(test)]
mod tests {
    use crate::runtime::builtins::web_realm::evaluate;

    #[track_caller]
    fn check(script: &str, expected: &str) {
        let prelude = "const clone = structuredClone;";
        assert_eq!(
            evaluate(&format!("{prelude}{script}")),
            expected,
            "{script}"
        );
    }

    #[test]
    fn data() {
        check(
            "JSON.stringify(clone({ a: [1, , { b: null }], 2: 'x', u: undefined }))",
            r#"{"2":"x","a":[1,null,{"b":null}]}"#,
        );
        check(
            "const a = [1, , 3]; a.k = 'v'; const c = clone(a); [1 in c, c.length, c.k].join()",
            "false,3,v",
        );
        check(
            "const o = { n: 1 }; o.self = o; o.list = [o, o]; const c = clone(o); [c !== o, c.self === c, c.list[1] === c].join()",
            "true,true,true",
        );
        check(
            "class P { x = 1; get y() { return 2 } } const c = clone(new P()); [c.constructor === Object, JSON.stringify(c)].join()",
            r#"true,{"x":1}"#,
        );
        check(
            "let n = 0; const c = clone({ get a() { return ++n } }); [c.a, c.a, n].join()",
            "1,1,1",
        );
        check(
            "[1n, -0, NaN, 'a', null, undefined].every(x => Object.is(clone(x), x))",
            "true",
        );
    }

    #[test]
    fn kinds() {
        check(
            "const d = new Date(5); [clone(d) !== d, clone(d).getTime(), clone(new Date(NaN)).getTime()].join()",
            "true,5,NaN",
        );
        check(
            "const r = clone(/a\\/b/gi); [r.flags, r.test('A/B'), r.lastIndex].join()",
            "gi,true,3",
        );
        check(
            "const m = clone(new Map([[{ k: 1 }, new Set([1, 'b'])]])); [...m].map(([k, v]) => k.k + [...v].join()).join()",
            "11,b",
        );
        check(
            "const e = clone(new RangeError('no', { cause: { c: 1 } })); [e instanceof RangeError, e.message, e.cause.c, e.name].join()",
            "true,no,1,RangeError",
        );
        check(
            "const e = clone(new (class A extends Error { x = 1 })('m')); [e.constructor === Error, e.x].join()",
            "true,",
        );
        check(
            "[typeof clone(new Number(1)), clone(Object('s')) + '', clone(new Boolean(false)).valueOf()].join()",
            "object,s,false",
        );
    }

    #[test]
    fn buffers() {
        check(
            "const b = new Uint8Array([1, 2, 3, 4]); const o = clone({ a: b.subarray(1, 3), b }); [o.a.join(), o.a.byteOffset, o.a.buffer === o.b.buffer, o.a.buffer !== b.buffer].join('|')",
            "2,3|1|true|true",
        );
        check(
            "const b = new ArrayBuffer(10); const c = clone(new Float32Array(b, 4, 1)); [c.length, c.byteOffset, c.buffer.byteLength].join()",
            "1,4,10",
        );
        check(
            "const v = clone(new DataView(new Uint8Array([1, 2, 3]).buffer, 1, 1)); [v.byteOffset, v.getUint8(0)].join()",
            "1,2",
        );
        check(
            "const b = new ArrayBuffer(8); const c = clone(b, { transfer: [b] }); [c.byteLength, b.byteLength].join()",
            "8,0",
        );
    }

    #[test]
    fn refusals() {
        let refusal = |value: &str| {
            format!("try {{ clone({value}) }} catch (e) {{ e.name + ': ' + e.message }}")
        };
        check(
            &refusal("function f() {}"),
            "DataCloneError: [Function: f] could not be cloned.",
        );
        check(
            &refusal("{ a: Symbol('s') }"),
            "DataCloneError: Symbol(s) could not be cloned.",
        );
        check(
            &refusal("new WeakMap()"),
            "DataCloneError: WeakMap { <items unknown> } could not be cloned.",
        );
        check(
            &refusal("new Proxy({}, {})"),
            "DataCloneError: [Proxy] could not be cloned.",
        );
        check(
            "let a = []; for (let i = 0; i < 5000; i++) a = [a]; let c = clone(a), n = 0; while (c.length) { c = c[0]; n++ } n",
            "5000",
        );
    }
}
