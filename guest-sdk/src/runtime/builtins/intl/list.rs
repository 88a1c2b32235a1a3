//! `Intl.ListFormat`.

use boa_engine::object::builtins::JsArray;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsNativeError, JsResult, JsValue, Trace, js_string,
};

use super::Part;
use super::formatter::Formatter;
use super::options::Options;

#[derive(Clone, Copy, Trace, Finalize, JsData)]
#[boa_gc(empty_trace)]
pub(super) struct ListFormat {
    kind: &'static str,
    style: &'static str,
}

impl Formatter for ListFormat {
    const NAME: &'static str = "ListFormat";
    const LENGTH: usize = 1;

    fn read(options: &Options, context: &mut Context) -> JsResult<Self> {
        let kind = options.choice("type", &["conjunction", "disjunction", "unit"], context)?;
        let style = options.choice("style", &["long", "short", "narrow"], context)?;
        Ok(Self {
            kind: kind.unwrap_or("conjunction"),
            style: style.unwrap_or("long"),
        })
    }

    fn parts(self, args: &[JsValue], context: &mut Context) -> JsResult<Vec<Part>> {
        let items = strings(args.get_or_undefined(0), context)?;
        // What stands between two, between the first ones, and before the last of many.
        let (two, middle, last) = match (self.kind, self.style) {
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

    fn options(self) -> Vec<(&'static str, &'static str)> {
        vec![("type", self.kind), ("style", self.style)]
    }
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
