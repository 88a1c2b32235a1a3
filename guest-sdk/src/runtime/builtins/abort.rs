//! `AbortController` and `AbortSignal`.

use boa_engine::object::builtins::JsArray;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsError, JsNativeError, JsObject, JsResult, JsValue,
    NativeFunction, Trace, js_string,
};

use super::define::{self, WithoutNew};
use super::events::{self, Target};
use super::exception;
use crate::runtime::environment::Environment;

/// What an `AbortSignal` has beside its listeners.
#[derive(Default, Trace, Finalize)]
pub(crate) struct Abort {
    /// Set once it is aborted.
    reason: Option<JsValue>,
    /// `onabort`.
    pub(crate) handler: JsValue,
    /// Signals made from this one by `AbortSignal.any`.
    followers: Vec<JsObject>,
}

/// Native data of an `AbortController`: its signal.
#[derive(Trace, Finalize, JsData)]
struct Controller(JsObject);

/// `AbortSignal.prototype`.
struct Prototype(JsObject);

/// Defines the classes; after `EventTarget`.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    let signal = define::class(
        "AbortSignal",
        0,
        WithoutNew::Throws,
        |_, _, _| {
            Err(JsNativeError::typ()
                .with_message("Illegal constructor: use `new AbortController().signal`")
                .into())
        },
        context,
    )?;
    signal
        .prototype
        .set_prototype(events::target_prototype(context));
    let aborted: define::Native = |this, _, _| Ok(reason(this)?.is_some().into());
    let get_reason: define::Native = |this, _, _| Ok(reason(this)?.unwrap_or_default());
    define::accessor(&signal.prototype, "aborted", aborted, None, context)?;
    define::accessor(&signal.prototype, "reason", get_reason, None, context)?;
    define::accessor(
        &signal.prototype,
        "onabort",
        handler,
        Some(set_handler),
        context,
    )?;
    let throw: define::Native = |this, _, _| match reason(this)? {
        Some(reason) => Err(JsError::from_opaque(reason)),
        None => Ok(JsValue::undefined()),
    };
    define::method(&signal.prototype, "throwIfAborted", 0, throw, context)?;
    let statics: [(&str, define::Native); 3] = [
        ("abort", aborted_signal),
        ("timeout", timeout),
        ("any", any),
    ];
    for (name, native) in statics {
        define::method(&signal.constructor, name, 1, native, context)?;
    }
    context.insert_data(Prototype(signal.prototype.clone()));
    define::global("AbortSignal", signal.constructor, context)?;

    let controller = define::class(
        "AbortController",
        0,
        WithoutNew::Throws,
        |prototype, _, context| {
            let signal = new_signal(None, context);
            Ok(JsObject::from_proto_and_data(prototype, Controller(signal)))
        },
        context,
    )?;
    let signal: define::Native = |this, _, _| Ok(controlled(this)?.into());
    define::accessor(&controller.prototype, "signal", signal, None, context)?;
    define::method(&controller.prototype, "abort", 0, abort_controlled, context)?;
    define::global("AbortController", controller.constructor, context)
}

fn new_signal(reason: Option<JsValue>, context: &Context) -> JsObject {
    let prototype = context.get_data::<Prototype>().map(|it| it.0.clone());
    let mut abort = Abort::default();
    abort.reason = reason;
    let mut target = Target::default();
    target.abort = Some(abort);
    JsObject::from_proto_and_data(prototype, target)
}

fn not_a_signal() -> JsError {
    JsNativeError::typ()
        .with_message("not an AbortSignal")
        .into()
}

/// Reads or changes the state of a signal.
fn with<R>(signal: &JsObject, act: impl FnOnce(&mut Abort) -> R) -> JsResult<R> {
    let mut target = signal.downcast_mut::<Target>().ok_or_else(not_a_signal)?;
    target.abort.as_mut().map(act).ok_or_else(not_a_signal)
}

fn reason(signal: &JsValue) -> JsResult<Option<JsValue>> {
    let signal = signal.as_object().ok_or_else(not_a_signal)?;
    with(&signal, |abort| abort.reason.clone())
}

fn handler(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let signal = this.as_object().ok_or_else(not_a_signal)?;
    with(&signal, |abort| {
        if abort.handler.is_callable() {
            abort.handler.clone()
        } else {
            JsValue::null()
        }
    })
}

fn set_handler(this: &JsValue, args: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let signal = this.as_object().ok_or_else(not_a_signal)?;
    with(&signal, |abort| {
        abort.handler = args.get_or_undefined(0).clone();
    })?;
    if let Some(mut target) = signal.downcast_mut::<Target>() {
        target.add_handler();
    }
    Ok(JsValue::undefined())
}

fn controlled(this: &JsValue) -> JsResult<JsObject> {
    let object = this.as_object();
    let controller = object
        .as_ref()
        .and_then(JsObject::downcast_ref::<Controller>);
    controller.map(|it| it.0.clone()).ok_or_else(|| {
        JsNativeError::typ()
            .with_message("`this` is not an AbortController")
            .into()
    })
}

fn abort_controlled(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let signal = controlled(this)?;
    let reason = given_reason(args, context)?;
    abort(&signal, &reason, context)?;
    Ok(JsValue::undefined())
}

fn given_reason(args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let reason = args.get_or_undefined(0);
    if !reason.is_undefined() {
        return Ok(reason.clone());
    }
    let error = exception::object("AbortError", "This operation was aborted", context)?;
    Ok(error.into())
}

/// Aborts a signal and those that follow it; a second time does nothing.
fn abort(signal: &JsObject, reason: &JsValue, context: &mut Context) -> JsResult<()> {
    let mut pending = vec![signal.clone()];
    while let Some(signal) = pending.pop() {
        let followers = with(&signal, |abort| {
            if abort.reason.is_some() {
                return None;
            }
            abort.reason = Some(reason.clone());
            Some(std::mem::take(&mut abort.followers))
        })?;
        let Some(followers) = followers else { continue };
        events::fire(&signal, &js_string!("abort"), context)?;
        pending.extend(followers.into_iter().rev());
    }
    Ok(())
}

fn aborted_signal(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let reason = given_reason(args, context)?;
    Ok(new_signal(Some(reason), context).into())
}

fn timeout(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let delay_ms = args.get_or_undefined(0).to_number(context)?;
    let signal = new_signal(None, context);
    let expire = NativeFunction::from_copy_closure_with_captures(
        |_, _, signal: &JsObject, context| {
            let message = "The operation was aborted due to timeout";
            let reason = exception::object("TimeoutError", message, context)?;
            abort(signal, &reason.into(), context)?;
            Ok(JsValue::undefined())
        },
        signal.clone(),
    );
    let expire = expire.to_js_function(context.realm());
    let environment = Environment::of(context);
    let now_ms = environment.clock.read().elapsed_ms;
    environment
        .timers
        .add(now_ms, delay_ms, false, expire, Vec::new())?;
    Ok(signal.into())
}

fn any(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let from = context.intrinsics().constructors().array().constructor();
    let from = from.get(js_string!("from"), context)?;
    let list = match from.as_callable() {
        Some(from) => from.call(
            &JsValue::undefined(),
            args.get(..1).unwrap_or_default(),
            context,
        )?,
        None => args.get_or_undefined(0).clone(),
    };
    let list = JsArray::from_object(list.as_object().ok_or_else(not_a_signal)?)?;
    let signal = new_signal(None, context);
    let mut sources = Vec::new();
    for at in 0..list.length(context)? {
        let source = list.get(at, context)?;
        if let Some(reason) = reason(&source)? {
            return Ok(new_signal(Some(reason), context).into());
        }
        sources.extend(source.as_object());
    }
    for source in sources {
        with(&source, |abort| abort.followers.push(signal.clone()))?;
    }
    Ok(signal.into())
}

#[cfg(test)]
mod tests {
    use crate::runtime::builtins::web_realm::{evaluate, realm, run};
    use crate::runtime::environment::Environment;

    #[test]
    fn a_controller_aborts_its_signal_once() {
        let script = "const c = new AbortController(), s = c.signal, seen = [s.aborted];
            s.onabort = e => seen.push('on' + e.type); s.addEventListener('abort', () => seen.push('listener'));
            c.abort(); c.abort('again'); seen.push(s.aborted, s.reason.name, s.reason instanceof Error, s instanceof EventTarget);
            try { s.throwIfAborted() } catch (e) { seen.push(e === s.reason) } seen.join()";
        assert_eq!(
            evaluate(script),
            "false,onabort,listener,true,AbortError,true,true,true"
        );
    }

    #[test]
    fn any_follows_its_sources() {
        let script = "const a = new AbortController(), b = new AbortController();
            const s = AbortSignal.any([a.signal, b.signal]); b.abort('why');
            [s.reason, a.signal.aborted, AbortSignal.any([AbortSignal.abort(1)]).reason].join()";
        assert_eq!(evaluate(script), "why,false,1");
    }

    #[test]
    fn a_timeout_waits_for_its_timer() {
        let mut context = realm();
        run("globalThis.s = AbortSignal.timeout(50)", &mut context);
        let timers = &Environment::of(&context).timers;
        assert!(timers.take_due(2_549.0).is_none());
        let timer = timers.take_due(2_550.0).unwrap();
        timer
            .callback
            .call(&boa_engine::JsValue::undefined(), &[], &mut context)
            .unwrap();
        let name = run("s.reason.name", &mut context);
        assert_eq!(name.as_string().unwrap(), "TimeoutError");
    }
}
