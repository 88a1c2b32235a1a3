//! `URLSearchParams`.

use boa_engine::object::builtins::JsArray;
use boa_engine::property::PropertyKey;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsNativeError, JsObject, JsResult, JsString, JsSymbol,
    JsValue, Trace, js_string,
};
use url::form_urlencoded;

use super::super::define::{self, WithoutNew};

/// Native data of a `URLSearchParams`.
#[derive(Trace, Finalize, JsData)]
pub(crate) struct SearchParams {
    #[unsafe_ignore_trace]
    pub(crate) pairs: Vec<(String, String)>,
    /// The `URL` whose query this is.
    url: Option<JsObject>,
}

/// `URLSearchParams.prototype`.
struct Prototype(JsObject);

pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let class = define::class(
        "URLSearchParams",
        0,
        WithoutNew::Throws,
        new_params,
        context,
    )?;
    let methods: [(&str, usize, define::Native); 12] = [
        ("append", 2, append),
        ("delete", 1, delete),
        ("get", 1, get),
        ("getAll", 1, get_all),
        ("has", 1, has),
        ("set", 2, set),
        ("sort", 0, sort),
        ("toString", 0, to_string),
        ("forEach", 1, for_each),
        ("keys", 0, |this, _, context| {
            iterate(this, |name, _| vec![name], context)
        }),
        ("values", 0, |this, _, context| {
            iterate(this, |_, value| vec![value], context)
        }),
        ("entries", 0, |this, _, context| {
            iterate(this, |name, value| vec![name, value], context)
        }),
    ];
    for (name, length, native) in methods {
        define::method(&class.prototype, name, length, native, context)?;
    }
    let entries = class.prototype.get(js_string!("entries"), context)?;
    define::value(&class.prototype, JsSymbol::iterator(), entries, context)?;
    let size: define::Native = |this, _, _| {
        let pairs = pairs(this)?;
        Ok((pairs.len() as u32).into())
    };
    define::accessor(&class.prototype, "size", size, None, context)?;
    context.insert_data(Prototype(class.prototype.clone()));
    define::global("URLSearchParams", class.constructor, context)
}

/// The object for a `URL`, still empty.
pub(super) fn of_url(url: &JsObject, context: &Context) -> JsObject {
    let prototype = context.get_data::<Prototype>().map(|it| it.0.clone());
    let params = SearchParams {
        pairs: Vec::new(),
        url: Some(url.clone()),
    };
    JsObject::from_proto_and_data(prototype, params)
}

/// The pairs of a query.
pub(crate) fn parse(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

/// The pairs of a `URLSearchParams` object.
pub(crate) fn pairs_of(object: &JsObject) -> Option<Vec<(String, String)>> {
    object
        .downcast_ref::<SearchParams>()
        .map(|params| params.pairs.clone())
}

fn serialize(pairs: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

fn new_params(prototype: JsObject, args: &[JsValue], context: &mut Context) -> JsResult<JsObject> {
    let params = SearchParams {
        pairs: initial(args.get_or_undefined(0), context)?,
        url: None,
    };
    Ok(JsObject::from_proto_and_data(prototype, params))
}

fn initial(init: &JsValue, context: &mut Context) -> JsResult<Vec<(String, String)>> {
    if init.is_null_or_undefined() {
        return Ok(Vec::new());
    }
    let Some(object) = init.as_object() else {
        let query = text(init, context)?;
        return Ok(parse(query.strip_prefix('?').unwrap_or(&query)));
    };
    if let Some(pairs) = pairs_of(&object) {
        return Ok(pairs);
    }
    if !object
        .get(JsSymbol::iterator(), context)?
        .is_null_or_undefined()
    {
        return listed(init, context);
    }
    let mut pairs = Vec::new();
    for key in object.own_property_keys(context)? {
        let is_enumerable = object.borrow().properties().get(&key);
        if matches!(key, PropertyKey::Symbol(_))
            || is_enumerable.is_some_and(|property| property.enumerable() != Some(true))
        {
            continue;
        }
        let value = object.get(key.clone(), context)?;
        let name = JsValue::from(key.clone());
        pairs.push((text(&name, context)?, text(&value, context)?));
    }
    Ok(pairs)
}

/// The pairs of an iterable of pairs.
fn listed(init: &JsValue, context: &mut Context) -> JsResult<Vec<(String, String)>> {
    let list = array_from(init, context)?;
    let mut pairs = Vec::new();
    for at in 0..list.length(context)? {
        let pair = list.get(at, context)?;
        let pair = if pair.is_object() {
            array_from(&pair, context)?
        } else {
            JsArray::new(context)?
        };
        if pair.length(context)? != 2 {
            return Err(JsNativeError::typ()
                .with_message("Each query pair must be an iterable [name, value] tuple")
                .into());
        }
        let name = pair.get(0, context)?;
        let value = pair.get(1, context)?;
        pairs.push((text(&name, context)?, text(&value, context)?));
    }
    Ok(pairs)
}

fn array_from(iterable: &JsValue, context: &mut Context) -> JsResult<JsArray> {
    let array = context.intrinsics().constructors().array().constructor();
    let from = array.get(js_string!("from"), context)?;
    let made = match from.as_callable() {
        Some(from) => from.call(&array.into(), std::slice::from_ref(iterable), context)?,
        None => JsValue::undefined(),
    };
    let made = made
        .as_object()
        .ok_or_else(|| JsNativeError::typ().with_message("`Array.from` was replaced"))?;
    JsArray::from_object(made)
}

fn text(value: &JsValue, context: &mut Context) -> JsResult<String> {
    Ok(value.to_string(context)?.to_std_string_lossy())
}

fn js_text(text: &str) -> JsValue {
    JsString::from(text).into()
}

fn this_params(this: &JsValue) -> JsResult<JsObject> {
    this.as_object()
        .filter(JsObject::is::<SearchParams>)
        .ok_or_else(|| {
            JsNativeError::typ()
                .with_message("`this` is not a URLSearchParams")
                .into()
        })
}

fn pairs(this: &JsValue) -> JsResult<Vec<(String, String)>> {
    Ok(pairs_of(&this_params(this)?).unwrap_or_default())
}

/// Changes the pairs, and the URL they belong to.
fn change(this: &JsValue, act: impl FnOnce(&mut Vec<(String, String)>)) -> JsResult<JsValue> {
    let object = this_params(this)?;
    let mut changed = None;
    if let Some(mut params) = object.downcast_mut::<SearchParams>() {
        act(&mut params.pairs);
        changed = params
            .url
            .clone()
            .map(|url| (url, serialize(&params.pairs)));
    }
    if let Some((url, query)) = changed {
        super::write_query(&url, &query);
    }
    Ok(JsValue::undefined())
}

/// The name, and the value if one is given.
fn name_and_value(args: &[JsValue], context: &mut Context) -> JsResult<(String, Option<String>)> {
    let name = text(args.get_or_undefined(0), context)?;
    let value = args.get_or_undefined(1);
    if value.is_undefined() {
        return Ok((name, None));
    }
    Ok((name, Some(text(value, context)?)))
}

fn append(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = text(args.get_or_undefined(0), context)?;
    let value = text(args.get_or_undefined(1), context)?;
    change(this, |pairs| pairs.push((name, value)))
}

fn delete(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (name, value) = name_and_value(args, context)?;
    change(this, |pairs| {
        pairs.retain(|pair| pair.0 != name || value.as_ref().is_some_and(|value| pair.1 != *value));
    })
}

fn get(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = text(args.get_or_undefined(0), context)?;
    let object = this_params(this)?;
    let params = object.downcast_ref::<SearchParams>();
    let found = params
        .as_ref()
        .and_then(|params| params.pairs.iter().find(|pair| pair.0 == name));
    Ok(found.map_or_else(JsValue::null, |pair| js_text(&pair.1)))
}

fn get_all(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = text(args.get_or_undefined(0), context)?;
    let mut pairs = pairs(this)?;
    pairs.retain(|pair| pair.0 == name);
    let values = pairs.iter().map(|pair| js_text(&pair.1));
    Ok(JsArray::from_iter(values, context).into())
}

fn has(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (name, value) = name_and_value(args, context)?;
    let object = this_params(this)?;
    let has = object.downcast_ref::<SearchParams>().is_some_and(|params| {
        let mut pairs = params.pairs.iter();
        pairs.any(|pair| pair.0 == name && value.as_ref().is_none_or(|value| pair.1 == *value))
    });
    Ok(has.into())
}

fn set(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = text(args.get_or_undefined(0), context)?;
    let value = text(args.get_or_undefined(1), context)?;
    change(this, |pairs| {
        match pairs.iter().position(|pair| pair.0 == name) {
            None => pairs.push((name, value)),
            Some(first) => {
                pairs[first].1 = value;
                let mut at = 0;
                pairs.retain(|pair| {
                    at += 1;
                    at - 1 <= first || pair.0 != name
                });
            }
        }
    })
}

fn sort(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    change(this, |pairs| {
        pairs.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
    })
}

fn to_string(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    Ok(js_text(&serialize(&pairs(this)?)))
}

fn for_each(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let callback = args
        .get_or_undefined(0)
        .as_callable()
        .ok_or_else(|| JsNativeError::typ().with_message("argument 1 is not a function"))?;
    let receiver = args.get_or_undefined(1);
    for (name, value) in pairs(this)? {
        let args = [js_text(&value), js_text(&name), this.clone()];
        callback.call(receiver, &args, context)?;
    }
    Ok(JsValue::undefined())
}

/// An iterator over the pairs as they are now.
fn iterate(
    this: &JsValue,
    part: fn(JsValue, JsValue) -> Vec<JsValue>,
    context: &mut Context,
) -> JsResult<JsValue> {
    let items = JsArray::new(context)?;
    for (name, value) in pairs(this)? {
        let mut item = part(js_text(&name), js_text(&value));
        let item = match item.len() {
            1 => item.remove(0),
            _ => JsArray::from_iter(item, context).into(),
        };
        items.push(item, context)?;
    }
    items.values(context)
}

#[cfg(test)]
mod tests {
    use crate::runtime::builtins::web_realm::evaluate;

    #[track_caller]
    fn check(script: &str, expected: &str) {
        let script = format!("const P = URLSearchParams; {script}");
        assert_eq!(evaluate(&script), expected, "{script}");
    }

    #[test]
    fn construction() {
        check("`${new P('?a=1&b=%20+c&d')}`", "a=1&b=++c&d=");
        check("`${new P({ a: 1, b: 'ü&' })}`", "a=1&b=%C3%BC%26");
        check("`${new P([['a', 1], new Set(['b', 2])])}`", "a=1&b=2");
        check(
            "`${new P(new Map([['x', 'y']]))}${new P(new P('q=1'))}${new P()}`",
            "x=yq=1",
        );
        check("try { new P([['a']]) } catch (e) { e.name }", "TypeError");
    }

    #[test]
    fn access_and_change() {
        check(
            "const p = new P('a=1&b=2&a=3'); [p.get('a'), p.get('z'), p.getAll('a'), p.has('b'), p.has('b', '9'), p.size].join()",
            "1,,1,3,true,false,3",
        );
        check(
            "const p = new P('a=1&b=2&a=3&c=4'); p.set('a', 'x'); p.set('n', 5); `${p}`",
            "a=x&b=2&c=4&n=5",
        );
        check(
            "const p = new P('a=1&a=2&b=3'); p.delete('a', '2'); `${p}`",
            "a=1&b=3",
        );
        check(
            "const p = new P('c=1&a=2&b=3&a=1'); p.sort(); `${p}`",
            "a=2&a=1&b=3&c=1",
        );
    }

    #[test]
    fn iteration() {
        check(
            "const p = new P('a=1&b=2'); JSON.stringify([[...p], [...p.keys()], [...p.values()], Object.fromEntries(p)])",
            r#"[[["a","1"],["b","2"]],["a","b"],["1","2"],{"a":"1","b":"2"}]"#,
        );
        check(
            "let s = ''; new P('a=1&b=2').forEach((v, k, p) => s += k + v + p.size); s",
            "a12b22",
        );
    }
}
