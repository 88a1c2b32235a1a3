//! `Intl.ListFormat`.

use boa_engine::object::builtins::JsArray;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsNativeError, JsObject, JsResult, JsValue, Trace, js_string,
};

use super::options::{Options, check_locales};
use super::{Part, WithoutNew, array_of, joined, resolved, text, wrong_receiver};

#[derive(Clone, Copy, Trace, Finalize, JsData)]
#[boa_gc(empty_trace)]
struct ListFormat {
    kind: &'static str,
    style: &'static str,
}

pub(super) fn install(intl: &JsObject, context: &mut Context) -> JsResult<()> {
    super::class(
        intl,
        "ListFormat",
        WithoutNew::Throws,
        construct,
        &[
            ("format", 1, |this, args, context| {
                Ok(joined(&parts(this, args, context)?))
            }),
            ("formatToParts", 1, |this, args, context| {
                let parts = parts(this, args, context)?;
                array_of(parts, context)
            }),
            ("resolvedOptions", 0, resolved_options),
        ],
        context,
    )?;
    Ok(())
}

fn construct(prototype: JsObject, args: &[JsValue], context: &mut Context) -> JsResult<JsObject> {
    check_locales(args.get_or_undefined(0), context)?;
    let options = Options::new(args.get_or_undefined(1), context)?;
    let kind = options.choice("type", &["conjunction", "disjunction", "unit"], context)?;
    let style = options.choice("style", &["long", "short", "narrow"], context)?;
    let format = ListFormat {
        kind: kind.unwrap_or("conjunction"),
        style: style.unwrap_or("long"),
    };
    Ok(JsObject::from_proto_and_data(prototype, format))
}

fn this_format(this: &JsValue) -> JsResult<ListFormat> {
    let object = this.as_object().ok_or_else(wrong_receiver)?;
    let format = object.downcast_ref::<ListFormat>().map(|format| *format);
    format.ok_or_else(wrong_receiver)
}

fn parts(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<Vec<Part>> {
    let format = this_format(this)?;
    let items = strings(args.get_or_undefined(0), context)?;
    // What stands between two, between the first ones, and before the last of many.
    let (two, middle, last) = match (format.kind, format.style) {
        ("conjunction", "long") => (" and ", ", ", ", and "),
        ("conjunction", "short") => (" & ", ", ", ", & "),
        ("disjunction", _) => (" or ", ", ", ", or "),
        ("unit", "narrow") => (" ", " ", " "),
        _ => (", ", ", ", ", "),
    };
    let count = items.len();
    let mut parts = Vec::new();
    for (at, item) in items.into_iter().enumerate() {
        match at {
            0 => {}
            _ if count == 2 => parts.push(Part::literal(two)),
            _ if at == count - 1 => parts.push(Part::literal(last)),
            _ => parts.push(Part::literal(middle)),
        }
        parts.push(Part::new("element", item));
    }
    Ok(parts)
}

fn strings(iterable: &JsValue, context: &mut Context) -> JsResult<Vec<String>> {
    if iterable.is_undefined() {
        return Ok(Vec::new());
    }
    let array = context.intrinsics().constructors().array().constructor();
    let from = array.get(js_string!("from"), context)?;
    let list = match from.as_callable() {
        Some(from) => from.call(&array.into(), std::slice::from_ref(iterable), context)?,
        None => iterable.clone(),
    };
    let not_strings =
        || JsNativeError::typ().with_message("the list has elements that are no strings");
    let list = JsArray::from_object(list.as_object().ok_or_else(not_strings)?)?;
    let mut strings = Vec::new();
    for at in 0..list.length(context)? {
        let item = list.get(at, context)?.as_string().ok_or_else(not_strings)?;
        strings.push(item.to_std_string_lossy());
    }
    Ok(strings)
}

fn resolved_options(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let format = this_format(this)?;
    let properties = vec![
        ("locale", text("en-US")),
        ("type", text(format.kind)),
        ("style", text(format.style)),
    ];
    resolved(properties, context)
}
