//! Regular expressions, linear in the subject.
//!
//! The engine copies the whole subject for each match. Here an expression that
//! no script has tampered with is run on `regress`, the engine's own matcher,
//! straight on the characters of the string; what a conversion costs is paid
//! once per subject. Subclasses, replaced `exec` methods and odd `lastIndex`
//! values take the engine's path, whose `exec` is ours again where it can be.
//! Start at [`pristine::Expression`].

mod matches;
mod pristine;
mod program;
mod replace;
mod source;
mod split;
mod subject;

#[cfg(test)]
mod tests;

use std::rc::Rc;

use boa_engine::{
    Context, JsNativeError, JsObject, JsResult, JsSymbol, JsValue, NativeFunction, js_string,
    property::PropertyKey,
};

pub(super) use self::subject::Subjects;
use self::{matches::Match, pristine::Expression, program::Programs};
use super::replace_method;

/// Installs the overrides of `RegExp.prototype`.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    let prototype = context.intrinsics().constructors().regexp().prototype();
    let unicode_sets = source::unicode_sets(&prototype)
        .ok_or_else(|| JsNativeError::typ().with_message("`unicodeSets` is no accessor"))?;
    let mut replace = |key: PropertyKey, function| {
        let function = NativeFunction::from_fn_ptr(function);
        replace_method(&prototype, key, function, context)
    };
    let originals = Originals {
        exec: replace(js_string!("exec").into(), exec)?,
        test: replace(js_string!("test").into(), test)?,
        compile: replace(js_string!("compile").into(), compile)?,
        r#match: replace(JsSymbol::r#match().into(), r#match)?,
        replace: replace(JsSymbol::replace().into(), replace::replace)?,
        split: replace(JsSymbol::split().into(), split::split)?,
        unicode_sets,
    };
    source::install(&prototype, context);
    let pristine = pristine::Pristine::new(&prototype, context)?;
    context.insert_data(Rc::new(State {
        originals,
        pristine,
        programs: Programs::default(),
    }));
    context.insert_data(Rc::new(Subjects::default()));
    Ok(())
}

/// What the natives of regular expressions know of their realm.
struct State {
    originals: Originals,
    pristine: pristine::Pristine,
    programs: Programs,
}

/// The engine's own methods.
struct Originals {
    exec: JsObject,
    test: JsObject,
    compile: JsObject,
    r#match: JsObject,
    replace: JsObject,
    split: JsObject,
    /// The accessor of the flag `v`.
    unicode_sets: JsObject,
}

impl State {
    fn of(context: &Context) -> Rc<Self> {
        let state: &Rc<Self> = context
            .get_data()
            .expect("`install` ran when the realm was built");
        state.clone()
    }
}

fn exec(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = argument_string(args, context)?;
    let Some(expression) = Expression::of(this, context)? else {
        let original = State::of(context).originals.exec.clone();
        return original.call(this, &[text.into()], context);
    };
    let subject = Subjects::of(&text, context);
    match expression.exec(&subject)? {
        Some(found) => Ok(found.to_array(&expression, &text, context)),
        None => Ok(JsValue::null()),
    }
}

fn test(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = argument_string(args, context)?;
    let Some(expression) = Expression::untouched(this, context)? else {
        let original = State::of(context).originals.test.clone();
        return original.call(this, &[text.into()], context);
    };
    let subject = Subjects::of(&text, context);
    Ok(expression.exec(&subject)?.is_some().into())
}

fn r#match(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = argument_string(args, context)?;
    let Some(expression) = Expression::untouched(this, context)? else {
        let original = State::of(context).originals.r#match.clone();
        return original.call(this, &[text.into()], context);
    };
    let subject = Subjects::of(&text, context);
    if !expression.program.global {
        return Ok(match expression.exec(&subject)? {
            Some(found) => found.to_array(&expression, &text, context),
            None => JsValue::null(),
        });
    }
    let matches = expression.all(&subject)?;
    if matches.is_empty() {
        return Ok(JsValue::null());
    }
    let strings: Vec<JsValue> = matches
        .iter()
        .map(|found| Match::cut(&text, Some(found.range()), context))
        .collect();
    Ok(boa_engine::object::builtins::JsArray::from_iter(strings, context).into())
}

/// `compile` changes an expression in place, so what is known of it is void.
fn compile(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let state = State::of(context);
    state.programs.forget();
    state.originals.compile.call(this, args, context)
}

fn argument_string(args: &[JsValue], context: &mut Context) -> JsResult<boa_engine::JsString> {
    match args.first() {
        Some(text) => text.to_string(context),
        None => Ok(js_string!("undefined")),
    }
}
