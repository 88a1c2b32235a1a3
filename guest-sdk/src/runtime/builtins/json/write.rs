//! JavaScript values to JSON text, as `JSON.stringify` specifies it, without
//! recursion. Plain data is read without running script; getters, `toJSON`,
//! proxies and replacers run in the order of the specification.
//!
//! Start at [`write`].

use std::{cell::Cell, collections::HashMap, fmt::Write as _, rc::Rc};

use boa_engine::{
    Context, JsBigInt, JsNativeError, JsObject, JsResult, JsString, JsValue, JsVariant, js_string,
    object::shape::Shape, property::PropertyKey,
};

use super::{Originals, cycle, quote::quote};

/// Levels of nesting that are written; deeper values are a `RangeError`.
const MAX_DEPTH: usize = 10_000;

/// The second and third argument of `JSON.stringify`, resolved.
#[derive(Default)]
pub(super) struct Form {
    pub(super) replacer: Option<JsObject>,
    pub(super) properties: Option<Rc<[Name]>>,
    /// At most ten characters; empty for everything on one line.
    pub(super) gap: String,
    /// A limit of nesting below that of `JSON.stringify`, and whether it was hit.
    pub(super) depth: Option<(usize, Rc<Cell<bool>>)>,
}

/// A property name with its literal, `"name":`.
pub(super) struct Name {
    key: PropertyKey,
    literal: Box<str>,
}

impl Name {
    pub(super) fn new(key: PropertyKey) -> Self {
        let mut literal = String::new();
        match &key {
            PropertyKey::String(name) => quote(name.as_str(), &mut literal),
            key => {
                let _ = write!(literal, "\"{key}\"");
            }
        }
        literal.push(':');
        Self {
            key,
            literal: literal.into(),
        }
    }
}

/// The text of `value`; `None` for what has none, such as `undefined`.
pub(super) fn write(
    value: &JsValue,
    form: Form,
    context: &mut Context,
) -> JsResult<Option<String>> {
    let originals = Originals::of(context);
    let constructors = context.intrinsics().constructors();
    let mut writer = Writer {
        form,
        originals,
        object_prototype: constructors.object().prototype(),
        array_prototype: constructors.array().prototype(),
        pristine: None,
        shapes: HashMap::new(),
        out: String::new(),
        open: Vec::new(),
    };
    let written = writer.run(value.clone(), context)?;
    Ok(written.then_some(writer.out))
}

struct Writer {
    form: Form,
    originals: Rc<Originals>,
    object_prototype: JsObject,
    array_prototype: JsObject,
    /// Whether plain objects inherit no `toJSON`; unknown after script ran.
    pristine: Option<bool>,
    /// What is known of objects of a shared shape, which never changes.
    shapes: HashMap<usize, ShapeNames>,
    out: String,
    open: Vec<Open>,
}

struct ShapeNames {
    /// Keeps the address from being used again.
    _shape: Shape,
    names: Rc<[Name]>,
    has_to_json: bool,
}

/// A container whose text is not finished.
struct Open {
    object: JsObject,
    /// Under which key it stands in the container before it.
    key: Option<PropertyKey>,
    rest: Rest,
    any: bool,
}

enum Rest {
    Elements { next: u64, length: u64 },
    Properties { next: usize, names: Rc<[Name]> },
}

impl Writer {
    fn run(&mut self, value: JsValue, context: &mut Context) -> JsResult<bool> {
        let root = PropertyKey::from(js_string!());
        let holder = self.form.replacer.is_some().then(|| {
            let holder = JsObject::with_object_proto(context.intrinsics());
            super::read::define(&holder, root.clone(), value.clone());
            holder
        });
        let value = self.prepared(value, &root, holder.as_ref(), context)?;
        if !self.value(value, None, context)? {
            return Ok(false);
        }
        while let Some(open) = self.open.last_mut() {
            let (key, literal) = match &mut open.rest {
                Rest::Elements { next, length } if *next < *length => {
                    *next += 1;
                    (PropertyKey::from(*next - 1), None)
                }
                Rest::Properties { next, names } if *next < names.len() => {
                    *next += 1;
                    (
                        names[*next - 1].key.clone(),
                        Some((names.clone(), *next - 1)),
                    )
                }
                _ => {
                    self.close();
                    continue;
                }
            };
            let holder = open.object.clone();
            let value = self.property(&holder, &key, context)?;
            let value = self.prepared(value, &key, Some(&holder), context)?;
            let begin = self.out.len();
            let before = self.open.len();
            let any = self.open[before - 1].any;
            if any {
                self.out.push(',');
            }
            self.line(before);
            match literal {
                Some((names, at)) => {
                    self.out.push_str(&names[at].literal);
                    if !self.form.gap.is_empty() {
                        self.out.push(' ');
                    }
                    if !self.value(value, Some(key), context)? {
                        self.out.truncate(begin);
                        continue;
                    }
                }
                None => {
                    if !self.value(value, Some(key), context)? {
                        self.out.push_str("null");
                    }
                }
            }
            self.open[before - 1].any = true;
        }
        Ok(true)
    }

    /// `holder[key]`, past the engine's machinery where it is plain data.
    fn property(
        &mut self,
        holder: &JsObject,
        key: &PropertyKey,
        context: &mut Context,
    ) -> JsResult<JsValue> {
        if holder.is_ordinary() || holder.is_array() {
            let found = holder.borrow().properties().get(key);
            if let Some(value) = found.as_ref().and_then(|found| found.value()) {
                return Ok(value.clone());
            }
        }
        self.pristine = None;
        holder.get(key.clone(), context)
    }

    /// What `toJSON` and the replacer make of a value.
    fn prepared(
        &mut self,
        mut value: JsValue,
        key: &PropertyKey,
        holder: Option<&JsObject>,
        context: &mut Context,
    ) -> JsResult<JsValue> {
        let to_json = if let Some(object) = value.as_object() {
            if self.is_without_to_json(&object) {
                JsValue::undefined()
            } else {
                self.pristine = None;
                object.get(js_string!("toJSON"), context)?
            }
        } else if value.is_bigint() {
            let prototype = context.intrinsics().constructors().bigint().prototype();
            prototype.get(js_string!("toJSON"), context)?
        } else {
            JsValue::undefined()
        };
        if let Some(to_json) = to_json.as_callable() {
            self.pristine = None;
            value = to_json.call(&value, &[name_of(key)], context)?;
        }
        if let (Some(replacer), Some(holder)) = (&self.form.replacer, holder) {
            self.pristine = None;
            value = replacer.call(&holder.clone().into(), &[name_of(key), value], context)?;
        }
        Ok(value)
    }

    /// True only where looking up `toJSON` finds nothing and runs nothing.
    fn is_without_to_json(&mut self, object: &JsObject) -> bool {
        let array = object.is_array();
        if !array && !object.is_ordinary() {
            return false;
        }
        let expected = if array {
            &self.array_prototype
        } else {
            &self.object_prototype
        };
        if object.prototype().as_ref() != Some(expected) {
            return false;
        }
        let pristine = *self.pristine.get_or_insert_with(|| {
            let key = PropertyKey::from(js_string!("toJSON"));
            let lacks = |object: &JsObject| !object.borrow().properties().contains_key(&key);
            lacks(&self.array_prototype)
                && lacks(&self.object_prototype)
                && self.array_prototype.prototype().as_ref() == Some(&self.object_prototype)
        });
        if !pristine {
            return false;
        }
        if array {
            let key = PropertyKey::from(js_string!("toJSON"));
            return !object.borrow().properties().contains_key(&key);
        }
        if let Some(shape) = self.shape_names(object) {
            return !shape.has_to_json;
        }
        let key = PropertyKey::from(js_string!("toJSON"));
        !object.borrow().properties().contains_key(&key)
    }

    /// Writes a prepared value, or opens it. False where it has no text.
    fn value(
        &mut self,
        value: JsValue,
        key: Option<PropertyKey>,
        context: &mut Context,
    ) -> JsResult<bool> {
        match value.variant() {
            JsVariant::Null => self.out.push_str("null"),
            JsVariant::Boolean(boolean) => {
                self.out.push_str(if boolean { "true" } else { "false" });
            }
            JsVariant::String(string) => quote(string.as_str(), &mut self.out),
            JsVariant::Integer32(number) => {
                let _ = write!(self.out, "{number}");
            }
            JsVariant::Float64(number) => self.number(number),
            JsVariant::BigInt(_) => {
                let message = "Do not know how to serialize a BigInt";
                return Err(JsNativeError::typ().with_message(message).into());
            }
            JsVariant::Undefined | JsVariant::Symbol(_) => return Ok(false),
            JsVariant::Object(object) => return self.object(object, key, context),
        }
        Ok(true)
    }

    fn number(&mut self, number: f64) {
        if number.is_finite() {
            // The engine's own conversion, so that both always agree.
            let text = JsString::from(number).to_std_string_lossy();
            self.out.push_str(if number == 0.0 { "0" } else { &text });
        } else {
            self.out.push_str("null");
        }
    }

    fn object(
        &mut self,
        object: JsObject,
        key: Option<PropertyKey>,
        context: &mut Context,
    ) -> JsResult<bool> {
        let array = if object.is_array() {
            true
        } else if object.is_ordinary() {
            if object.prototype().is_none()
                && let Some(raw) = self.raw_json(&object, context)?
            {
                self.out.push_str(&raw);
                return Ok(true);
            }
            false
        } else {
            if let Some(primitive) = unboxed(&object, context)? {
                return self.value(primitive, key, context);
            }
            if object.is_callable() {
                return Ok(false);
            }
            if let Some(raw) = self.raw_json(&object, context)? {
                self.out.push_str(&raw);
                return Ok(true);
            }
            self.pristine = None;
            let argument = [object.clone().into()];
            let is_array = self.originals.is_array.clone();
            is_array
                .call(&JsValue::undefined(), &argument, context)?
                .to_boolean()
        };
        if let Some(start) = self.open.iter().position(|open| open.object == object) {
            let path: Vec<_> = self.open[start..]
                .iter()
                .map(|open| cycle::Step {
                    object: &open.object,
                    key: open.key.clone(),
                })
                .collect();
            let closing = key.unwrap_or_else(|| js_string!().into());
            return Err(cycle::error(&path, &closing));
        }
        if let Some((depth, is_hit)) = &self.form.depth
            && self.open.len() >= *depth
        {
            is_hit.set(true);
            let message = format!("value is nested more than {depth} levels deep");
            return Err(JsNativeError::range().with_message(message).into());
        }
        if self.open.len() >= MAX_DEPTH {
            let message = format!("value is nested more than {MAX_DEPTH} levels deep");
            return Err(JsNativeError::range().with_message(message).into());
        }
        let rest = if array {
            self.out.push('[');
            let length = self.property(&object, &js_string!("length").into(), context)?;
            let length = length.to_length(context)?;
            Rest::Elements { next: 0, length }
        } else {
            self.out.push('{');
            let names = self.names(&object, context)?;
            Rest::Properties { next: 0, names }
        };
        self.open.push(Open {
            object,
            key,
            rest,
            any: false,
        });
        Ok(true)
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if open.any {
            self.line(self.open.len());
        }
        self.out.push(match open.rest {
            Rest::Elements { .. } => ']',
            Rest::Properties { .. } => '}',
        });
    }

    /// A new line with its indentation, where there is a gap.
    fn line(&mut self, depth: usize) {
        if self.form.gap.is_empty() {
            return;
        }
        self.out.push('\n');
        for _ in 0..depth {
            self.out.push_str(&self.form.gap);
        }
    }

    /// The names of the properties to write, in order.
    fn names(&mut self, object: &JsObject, context: &mut Context) -> JsResult<Rc<[Name]>> {
        if let Some(properties) = &self.form.properties {
            return Ok(properties.clone());
        }
        if !object.is_ordinary() {
            self.pristine = None;
            let argument = [object.clone().into()];
            let keys = self.originals.keys.clone();
            let keys = keys.call(&JsValue::undefined(), &argument, context)?;
            let keys = keys.as_object().unwrap_or_else(|| object.clone());
            let length = keys
                .get(js_string!("length"), context)?
                .to_length(context)?;
            let mut names = Vec::new();
            for index in 0..length {
                let key = keys.get(index, context)?.to_property_key(context)?;
                names.push(Name::new(key));
            }
            return Ok(names.into());
        }
        if object.borrow().properties().index_property_keys().len() == 0
            && let Some(shape) = self.shape_names(object)
        {
            return Ok(shape.names.clone());
        }
        let keys = object.own_property_keys(context)?;
        Ok(enumerable(object, &keys))
    }

    fn shape_names(&mut self, object: &JsObject) -> Option<&ShapeNames> {
        let borrowed = object.borrow();
        let shape = borrowed.shape();
        if !shape.is_shared() {
            return None;
        }
        let entry = self.shapes.entry(shape.to_addr_usize());
        Some(entry.or_insert_with(|| {
            let keys = shape.keys();
            let to_json = PropertyKey::from(js_string!("toJSON"));
            ShapeNames {
                _shape: shape.clone(),
                has_to_json: keys.contains(&to_json),
                names: enumerable(object, &keys),
            }
        }))
    }

    /// The text of a `JSON.rawJSON` object.
    fn raw_json(&self, object: &JsObject, context: &mut Context) -> JsResult<Option<String>> {
        let key = PropertyKey::from(js_string!("rawJSON"));
        if object.prototype().is_some() || !object.borrow().properties().contains_key(&key) {
            return Ok(None);
        }
        let argument = [object.clone().into()];
        let is_raw = self
            .originals
            .is_raw_json
            .call(&JsValue::undefined(), &argument, context)?;
        if !is_raw.to_boolean() {
            return Ok(None);
        }
        let raw = object.get(key, context)?;
        Ok(raw.as_string().map(|raw| raw.to_std_string_lossy()))
    }
}

/// The enumerable string keys among `keys`, of an ordinary object.
fn enumerable(object: &JsObject, keys: &[PropertyKey]) -> Rc<[Name]> {
    let object = object.borrow();
    let enumerable = keys.iter().filter(|key| {
        let property = object.properties().get(key);
        !matches!(key, PropertyKey::Symbol(_))
            && property.is_some_and(|property| property.expect_enumerable())
    });
    enumerable.cloned().map(Name::new).collect()
}

/// The primitive inside a wrapper object such as `new String("a")`.
fn unboxed(object: &JsObject, context: &mut Context) -> JsResult<Option<JsValue>> {
    let boxed: JsValue = object.clone().into();
    if object.is::<f64>() {
        return Ok(Some(boxed.to_number(context)?.into()));
    }
    if object.is::<JsString>() {
        return Ok(Some(boxed.to_string(context)?.into()));
    }
    if let Some(boolean) = object.downcast_ref::<bool>() {
        return Ok(Some((*boolean).into()));
    }
    let bigint = object.downcast_ref::<JsBigInt>();
    Ok(bigint.map(|bigint| bigint.clone().into()))
}

fn name_of(key: &PropertyKey) -> JsValue {
    match key {
        PropertyKey::Index(index) => JsString::from(index.get()).into(),
        key => key.into(),
    }
}
