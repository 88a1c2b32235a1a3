//! `replace` and `replaceAll` by an untouched expression.

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsString, JsValue};

use super::{
    super::text::{
        Joined,
        template::{Matched, Template},
    },
    State, argument_string,
    matches::Match,
    pristine::Expression,
    subject::{Subject, Subjects},
};

pub(super) fn replace(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let text = argument_string(args, context)?;
    let function = args.get_or_undefined(1).as_callable();
    let replacement = match &function {
        Some(function) => function.clone().into(),
        None => args.get_or_undefined(1).to_string(context)?.into(),
    };
    let Some(expression) = Expression::untouched(this, context)? else {
        let original = State::of(context).originals.replace.clone();
        return original.call(this, &[text.into(), replacement], context);
    };
    let subject = Subjects::of(&text, context);
    let matches = if expression.program.global {
        expression.all(&subject)?
    } else {
        expression.exec(&subject)?.into_iter().collect()
    };
    let Some(first) = matches.first() else {
        return Ok(text.into());
    };
    let by = match (function, replacement.as_string()) {
        (Some(function), _) => By::Function(function),
        (None, template) => By::Template(Template::new(
            template.unwrap_or_default(),
            first.groups().len(),
            first.is_named(),
        )),
    };
    Ok(replaced(&subject, &matches, &by, context)?.into())
}

enum By {
    Function(JsObject),
    Template(Template),
}

fn replaced(
    subject: &Subject,
    matches: &[Match],
    by: &By,
    context: &mut Context,
) -> JsResult<JsString> {
    let text = &subject.text;
    let units = text.as_str();
    let mut out = Joined::with_capacity(text.len());
    let mut end = 0;
    for found in matches {
        let range = found.range();
        if let Some(kept) = units.get(end..range.start) {
            out.push(kept)?;
        }
        end = range.end;
        match by {
            By::Function(function) => {
                let mut arguments = found.strings(text, context);
                arguments.push(range.start.into());
                arguments.push(text.clone().into());
                if found.is_named() {
                    arguments.push(found.named_strings(text, context));
                }
                let piece = function.call(&JsValue::undefined(), &arguments, context)?;
                out.push(piece.to_string(context)?.as_str())?;
            }
            By::Template(template) => {
                let named = template
                    .is_named()
                    .then(|| found.named_strings(text, context).as_object())
                    .flatten();
                let matched = Matched {
                    text: units,
                    start: range.start,
                    end: range.end,
                    groups: found.groups(),
                };
                template.fill(&matched, named.as_ref(), &mut out, context)?;
            }
        }
    }
    if let Some(kept) = units.get(end..) {
        out.push(kept)?;
    }
    Ok(out.finish())
}
