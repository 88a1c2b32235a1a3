//! The text of objects, by kind.

use boa_engine::builtins::error::Error;
use boa_engine::builtins::promise::PromiseState;
use boa_engine::builtins::proxy::Proxy;
use boa_engine::object::builtins::{
    JsArrayBuffer, JsDate, JsMap, JsPromise, JsRegExp, JsSet, JsTypedArray, JsWeakMap, JsWeakSet,
};
use boa_engine::property::{DescriptorKind, PropertyDescriptor, PropertyKey};
use boa_engine::{Context, JsObject, JsSymbol, JsValue, js_string};

use super::facts::{boxed, constructor_name, error, function, inherited, own, summary};
use super::layout::Parts;
use super::{Inspector, MAX_ELEMENTS, quote, symbol};
use crate::runtime::builtins::url::{self, search_params};
use crate::runtime::namespaces;

/// Bytes of a buffer that are shown.
const MAX_BYTES: usize = 50;

/// What an object is shown as, before its properties.
#[derive(Default)]
struct Shown {
    prefix: String,
    list: Option<Vec<String>>,
    /// Whether the prefix alone says everything when there are no properties.
    is_leaf: bool,
    skip: &'static [&'static str],
}

impl Inspector {
    pub(super) fn object(
        &mut self,
        object: &JsObject,
        depth: usize,
        context: &mut Context,
    ) -> String {
        if object.is::<Proxy>() {
            return match namespaces::functions_of(object, context) {
                Some(functions) => self.object(&functions, depth, context),
                None => self.leaf("[Proxy]"),
            };
        }
        if self
            .path
            .iter()
            .any(|outer| JsObject::equals(outer, object))
        {
            let number = self.circular_number(object);
            return self.leaf(&format!("[Circular *{number}]"));
        }
        if depth > self.max_depth || self.left == 0 {
            let text = if self.left == 0 {
                "...".to_owned()
            } else {
                summary(object)
            };
            return self.leaf(&text);
        }
        self.path.push(object.clone());
        let text = self.entered(object, depth, context);
        self.path.pop();
        match self
            .circular
            .iter()
            .position(|it| JsObject::equals(it, object))
        {
            Some(at) => format!("<ref *{}> {text}", at + 1),
            None => text,
        }
    }

    fn entered(&mut self, object: &JsObject, depth: usize, context: &mut Context) -> String {
        // An empty object does not count as a level.
        let deepest_before = std::mem::replace(&mut self.deepest, depth);
        self.indent += 2;
        let shown = self.shown(object, depth, context);
        let is_list = shown.list.is_some() && (object.is_array() || is_typed_array(object));
        let square = is_list;
        let mut entries = shown.list.unwrap_or_default();
        self.left = self.left.saturating_sub(shown.prefix.len());
        self.properties(object, shown.skip, &mut entries, depth, context);
        self.indent -= 2;
        if entries.is_empty() {
            self.deepest = deepest_before;
        }
        if shown.is_leaf && entries.is_empty() {
            return shown.prefix;
        }
        let levels = self.deepest.saturating_sub(depth);
        Parts {
            prefix: shown.prefix,
            braces: if square { ["[", "]"] } else { ["{", "}"] },
            entries,
            is_list,
            levels,
            indent: self.indent,
        }
        .join()
    }

    /// Kind and contents, without the properties.
    fn shown(&mut self, object: &JsObject, depth: usize, context: &mut Context) -> Shown {
        let constructor = constructor_name(object);
        let name = constructor.as_deref();
        if object.is_array() {
            let length = array_length(object);
            let prefix = match name {
                Some("Array") => String::new(),
                name => format!("{}({length})", name.unwrap_or("[Array: null prototype]")),
            };
            return Shown {
                prefix,
                list: Some(self.elements(object, length, depth, context)),
                ..Shown::default()
            };
        }
        if object.is_callable() {
            return leaf(function(object));
        }
        if object.is::<Error>() {
            return Shown {
                prefix: error(object, name),
                is_leaf: true,
                skip: &["name", "message", "stack"],
                list: None,
            };
        }
        if let Ok(map) = JsMap::from_object(object.clone()) {
            return self.map(&map, name, depth, context);
        }
        if let Ok(set) = JsSet::from_object(object.clone()) {
            return self.set(&set, name, depth, context);
        }
        if let Ok(array) = JsTypedArray::from_object(object.clone()) {
            let length = array.length(context).unwrap_or(0);
            let mut list = Vec::new();
            for at in 0..length.min(MAX_ELEMENTS) {
                let element = array.at(at as i64, context).unwrap_or_default();
                list.push(self.value(&element, depth + 1, context));
            }
            list.extend(more_items(length));
            return Shown {
                prefix: format!("{}({length})", name.unwrap_or("TypedArray")),
                list: Some(list),
                ..Shown::default()
            };
        }
        if let Ok(promise) = JsPromise::from_object(object.clone()) {
            let state = match promise.state() {
                PromiseState::Pending => "<pending>".to_owned(),
                PromiseState::Fulfilled(value) => self.value(&value, depth + 1, context),
                PromiseState::Rejected(value) => {
                    format!("<rejected> {}", self.value(&value, depth + 1, context))
                }
            };
            return Shown {
                prefix: name.unwrap_or("Promise").to_owned(),
                list: Some(vec![state]),
                ..Shown::default()
            };
        }
        if let Ok(date) = JsDate::from_object(object.clone()) {
            let text = date.to_iso_string(context).ok();
            let text = text.and_then(|text| text.as_string());
            return leaf(text.map_or("Invalid Date".to_owned(), |text| text.to_std_string_lossy()));
        }
        if let Ok(regexp) = JsRegExp::from_object(object.clone()) {
            let source = regexp.source(context).unwrap_or_default();
            let flags = regexp.flags(context).unwrap_or_default();
            return leaf(format!("/{source}/{flags}"));
        }
        if let Ok(buffer) = JsArrayBuffer::from_object(object.clone()) {
            return buffer_shown(&buffer);
        }
        if let Some(boxed) = boxed(object, context) {
            return leaf(boxed);
        }
        if let Some(href) = url::href_of(object) {
            return Shown {
                prefix: "URL".to_owned(),
                list: Some(vec![format!("href: {}", quote(&href))]),
                ..Shown::default()
            };
        }
        if let Some(pairs) = search_params::pairs_of(object) {
            let shown = pairs.iter().take(MAX_ELEMENTS);
            let shown = shown.map(|(name, value)| format!("{} => {}", quote(name), quote(value)));
            return Shown {
                prefix: "URLSearchParams".to_owned(),
                list: Some(shown.chain(more_items(pairs.len())).collect()),
                ..Shown::default()
            };
        }
        if JsWeakMap::from_object(object.clone()).is_ok()
            || JsWeakSet::from_object(object.clone()).is_ok()
        {
            return Shown {
                prefix: name.unwrap_or("WeakMap").to_owned(),
                list: Some(vec!["<items unknown>".to_owned()]),
                ..Shown::default()
            };
        }
        plain(object, name)
    }

    fn elements(
        &mut self,
        array: &JsObject,
        length: usize,
        depth: usize,
        context: &mut Context,
    ) -> Vec<String> {
        let mut texts = Vec::new();
        let mut holes = 0;
        let mut at = 0;
        while at < length && texts.len() < MAX_ELEMENTS && self.left > 0 {
            match own(array, &PropertyKey::from(at)) {
                Some(property) => {
                    texts.extend(empty_items(holes));
                    holes = 0;
                    if texts.len() == MAX_ELEMENTS {
                        break;
                    }
                    texts.push(self.property_value(&property, depth, context));
                }
                None => holes += 1,
            }
            at += 1;
            // A long hole is counted from the keys that are there.
            if holes == MAX_ELEMENTS {
                let next = array
                    .borrow()
                    .properties()
                    .index_property_keys()
                    .map(|index| index as usize)
                    .filter(|index| *index >= at)
                    .min()
                    .unwrap_or(length);
                holes += next - at;
                at = next;
            }
        }
        texts.extend(empty_items(holes));
        let rest = length - at;
        texts.extend((rest > 0).then(|| format!("... {rest} more item{}", plural(rest))));
        texts
    }

    fn map(
        &mut self,
        map: &JsMap,
        name: Option<&str>,
        depth: usize,
        context: &mut Context,
    ) -> Shown {
        let mut size = 0;
        let mut shown = Vec::new();
        // The callback never fails, so neither does the walk.
        let _ = map.for_each_native(|key, value| {
            size += 1;
            if shown.len() < MAX_ELEMENTS {
                shown.push((key, value));
            }
            Ok(())
        });
        let mut list = Vec::new();
        for (key, value) in shown {
            let key = self.value(&key, depth + 1, context);
            let value = self.value(&value, depth + 1, context);
            list.push(format!("{key} => {value}"));
        }
        list.extend(more_items(size));
        Shown {
            prefix: sized(name, "Map", size),
            list: Some(list),
            ..Shown::default()
        }
    }

    fn set(
        &mut self,
        set: &JsSet,
        name: Option<&str>,
        depth: usize,
        context: &mut Context,
    ) -> Shown {
        let size = set.size();
        let mut shown = Vec::new();
        // The callback never fails, so neither does the walk.
        let _ = set.for_each_native(|value| {
            if shown.len() < MAX_ELEMENTS {
                shown.push(value);
            }
            Ok(())
        });
        let mut list = Vec::new();
        for value in shown {
            list.push(self.value(&value, depth + 1, context));
        }
        list.extend(more_items(size));
        Shown {
            prefix: sized(name, "Set", size),
            list: Some(list),
            ..Shown::default()
        }
    }

    fn properties(
        &mut self,
        object: &JsObject,
        skip: &[&str],
        entries: &mut Vec<String>,
        depth: usize,
        context: &mut Context,
    ) {
        let mut keys = object.borrow().shape().keys();
        if !object.is_array() {
            let indices = object.borrow();
            let mut indices: Vec<u32> = indices.properties().index_property_keys().collect();
            indices.sort_unstable();
            keys.splice(0..0, indices.into_iter().map(PropertyKey::from));
        }
        for key in keys {
            let Some(property) = own(object, &key) else {
                continue;
            };
            let is_cause = matches!(&key, PropertyKey::String(key)
                if *key == js_string!("cause") || *key == js_string!("errors"))
                && object.is::<Error>();
            if property.enumerable() != Some(true) && !is_cause {
                continue;
            }
            let key = match &key {
                PropertyKey::String(key) => {
                    let key = key.to_std_string_lossy();
                    if skip.contains(&key.as_str()) {
                        continue;
                    }
                    if is_cause {
                        format!("[{key}]")
                    } else {
                        name_or_quoted(key)
                    }
                }
                PropertyKey::Symbol(key) => format!("[{}]", symbol(key)),
                PropertyKey::Index(index) => quote(&index.get().to_string()),
            };
            if self.left == 0 {
                entries.push("...".to_owned());
                return;
            }
            self.left = self.left.saturating_sub(key.len() + 2);
            let value = self.property_value(&property, depth, context);
            entries.push(format!("{key}: {value}"));
        }
    }

    fn property_value(
        &mut self,
        property: &PropertyDescriptor,
        depth: usize,
        context: &mut Context,
    ) -> String {
        let is_function = |it: &Option<JsValue>| it.as_ref().is_some_and(|it| !it.is_undefined());
        match property.kind() {
            DescriptorKind::Accessor { get, set } => {
                let text = match (is_function(get), is_function(set)) {
                    (true, true) => "[Getter/Setter]",
                    (false, true) => "[Setter]",
                    _ => "[Getter]",
                };
                self.leaf(text)
            }
            DescriptorKind::Data { value, .. } => {
                let value = value.clone().unwrap_or_default();
                self.value(&value, depth + 1, context)
            }
            DescriptorKind::Generic => self.leaf("undefined"),
        }
    }

    fn leaf(&mut self, text: &str) -> String {
        self.left = self.left.saturating_sub(text.len() + 2);
        text.to_owned()
    }

    fn circular_number(&mut self, object: &JsObject) -> usize {
        let known = self
            .circular
            .iter()
            .position(|it| JsObject::equals(it, object));
        known.map_or_else(
            || {
                self.circular.push(object.clone());
                self.circular.len()
            },
            |at| at + 1,
        )
    }
}

/// `Map(2)`, `Cache(2) [Map]`.
fn sized(name: Option<&str>, kind: &str, size: usize) -> String {
    match name {
        Some(name) if name != kind => format!("{name}({size}) [{kind}]"),
        _ => format!("{kind}({size})"),
    }
}

fn leaf(prefix: String) -> Shown {
    Shown {
        prefix,
        is_leaf: true,
        ..Shown::default()
    }
}

fn plain(object: &JsObject, name: Option<&str>) -> Shown {
    let key = PropertyKey::from(JsSymbol::to_string_tag());
    let is_listed = own(object, &key).is_some_and(|tag| tag.enumerable() == Some(true));
    let tag = inherited(object, &key)
        .and_then(|tag| tag.as_string())
        .map(|tag| tag.to_std_string_lossy())
        .filter(|tag| !is_listed && !tag.is_empty() && Some(tag.as_str()) != name);
    let mut prefix = match name {
        None => "[Object: null prototype]".to_owned(),
        Some("Object") if tag.is_none() => String::new(),
        Some(name) => name.to_owned(),
    };
    if let Some(tag) = tag {
        prefix = format!("{prefix} [{tag}]");
    }
    Shown {
        prefix,
        ..Shown::default()
    }
}

fn buffer_shown(buffer: &JsArrayBuffer) -> Shown {
    let mut hex = String::new();
    let mut length = 0;
    if let Some(bytes) = buffer.data() {
        length = bytes.len();
        let shown: Vec<String> = bytes
            .iter()
            .take(MAX_BYTES)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        hex = shown.join(" ");
        if length > MAX_BYTES {
            let more = length - MAX_BYTES;
            hex = format!("{hex} ... {more} more byte{}", plural(more));
        }
    }
    Shown {
        prefix: "ArrayBuffer".to_owned(),
        list: Some(vec![
            format!("[Uint8Contents]: <{hex}>"),
            format!("byteLength: {length}"),
        ]),
        ..Shown::default()
    }
}

fn is_typed_array(object: &JsObject) -> bool {
    JsTypedArray::from_object(object.clone()).is_ok()
}

fn array_length(array: &JsObject) -> usize {
    own(array, &PropertyKey::from(js_string!("length")))
        .and_then(|length| length.value().and_then(JsValue::as_number))
        .map_or(0, |length| length as usize)
}

fn name_or_quoted(key: String) -> String {
    let mut letters = key.chars();
    let is_name = letters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if is_name { key } else { quote(&key) }
}

fn empty_items(count: usize) -> Option<String> {
    (count > 0).then(|| format!("<{count} empty item{}>", plural(count)))
}

fn more_items(total: usize) -> Option<String> {
    let more = total.saturating_sub(MAX_ELEMENTS);
    (more > 0).then(|| format!("... {more} more item{}", plural(more)))
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
