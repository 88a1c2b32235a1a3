//! `Event`, `CustomEvent` and `EventTarget`, as far as scripts outside a page use them.
//!
//! Must not know who dispatches. An exception in a listener does not reach the
//! dispatcher; it becomes a warning of the run.

use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsNativeError, JsObject, JsResult, JsString, JsValue, Trace,
    js_string,
};

use super::abort::Abort;
use super::console::inspect::inspect;
use super::define::{self, Class, WithoutNew};
use crate::runtime::environment::Environment;

/// Listeners one target takes.
const MAX_LISTENERS: usize = 10_000;

/// Native data of an `EventTarget` and of what derives from it.
#[derive(Default, Trace, Finalize, JsData)]
pub(crate) struct Target {
    listeners: Vec<Listener>,
    /// What makes the target an `AbortSignal`.
    pub(crate) abort: Option<Abort>,
}

#[derive(Clone, Trace, Finalize)]
struct Listener {
    kind: JsString,
    /// `None` is the place of the `onabort` handler, whatever that is by then.
    callback: Option<JsObject>,
    once: bool,
}

impl Listener {
    fn is(&self, kind: &JsString, callback: Option<&JsObject>) -> bool {
        let is_same = match (&self.callback, callback) {
            (Some(own), Some(other)) => JsObject::equals(own, other),
            (None, None) => true,
            _ => false,
        };
        is_same && self.kind == *kind
    }
}

impl Target {
    /// Gives the `onabort` handler its place among the listeners.
    pub(crate) fn add_handler(&mut self) {
        let kind = js_string!("abort");
        if !self.listeners.iter().any(|it| it.is(&kind, None)) {
            self.listeners.push(Listener {
                kind,
                callback: None,
                once: false,
            });
        }
    }
}

/// Native data of an `Event`.
#[derive(Trace, Finalize, JsData)]
struct Event {
    kind: JsString,
    cancelable: bool,
    is_prevented: bool,
    is_stopped: bool,
    target: JsValue,
    detail: JsValue,
}

/// Classes that other built-ins derive from or make instances of.
struct Classes {
    target: JsObject,
    event: JsObject,
}

/// Defines the classes.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    let target = define::class(
        "EventTarget",
        0,
        WithoutNew::Throws,
        |prototype, _, _| Ok(JsObject::from_proto_and_data(prototype, Target::default())),
        context,
    )?;
    let methods: [(&str, usize, define::Native); 3] = [
        ("addEventListener", 2, add_listener),
        ("removeEventListener", 2, remove_listener),
        ("dispatchEvent", 1, dispatch_event),
    ];
    for (name, length, native) in methods {
        define::method(&target.prototype, name, length, native, context)?;
    }
    let event = define_event("Event", None, context)?;
    let custom = define_event("CustomEvent", Some(&event), context)?;
    let detail: define::Native = |this, _, _| read(this, |event| event.detail.clone());
    define::accessor(&custom.prototype, "detail", detail, None, context)?;
    context.insert_data(Classes {
        target: target.prototype.clone(),
        event: event.prototype.clone(),
    });
    define::global("EventTarget", target.constructor, context)?;
    define::global("Event", event.constructor, context)?;
    define::global("CustomEvent", custom.constructor, context)
}

/// `EventTarget.prototype`.
pub(crate) fn target_prototype(context: &Context) -> Option<JsObject> {
    context.get_data::<Classes>().map(|it| it.target.clone())
}

/// Dispatches a new event of `kind` at a target.
pub(crate) fn fire(target: &JsObject, kind: &JsString, context: &mut Context) -> JsResult<()> {
    let Some(prototype) = context.get_data::<Classes>().map(|it| it.event.clone()) else {
        return Ok(());
    };
    let event = Event {
        kind: kind.clone(),
        cancelable: false,
        is_prevented: false,
        is_stopped: false,
        target: JsValue::undefined(),
        detail: JsValue::null(),
    };
    let event = JsObject::from_proto_and_data(prototype, event);
    dispatch(target, &event, context)
}

/// Calls a listener; what it throws becomes a warning, unless nothing may catch it.
fn call(
    callback: &JsObject,
    this: &JsValue,
    event: &JsObject,
    context: &mut Context,
) -> JsResult<()> {
    let result = if callback.is_callable() {
        callback.call(this, &[event.clone().into()], context)
    } else {
        let handler = callback.get(js_string!("handleEvent"), context);
        handler.and_then(|handler| match handler.as_callable() {
            Some(handler) => {
                handler.call(&callback.clone().into(), &[event.clone().into()], context)
            }
            None => Ok(JsValue::undefined()),
        })
    };
    let Err(error) = result else { return Ok(()) };
    let thrown = error.into_opaque(context)?;
    let thrown = inspect(&thrown, 0, context);
    let warning = format!("an event listener threw `{thrown}`");
    Environment::of(context).outbox.warn(warning);
    Ok(())
}

fn define_event(
    name: &'static str,
    base: Option<&Class>,
    context: &mut Context,
) -> JsResult<Class> {
    let class = define::class(name, 1, WithoutNew::Throws, new_event, context)?;
    if let Some(base) = base {
        class.prototype.set_prototype(Some(base.prototype.clone()));
        class
            .constructor
            .set_prototype(Some(base.constructor.clone()));
        return Ok(class);
    }
    let accessors: [(&str, define::Native); 6] = [
        ("type", |this, _, _| {
            read(this, |event| event.kind.clone().into())
        }),
        ("target", |this, _, _| {
            read(this, |event| event.target.clone())
        }),
        ("currentTarget", |this, _, _| {
            read(this, |event| event.target.clone())
        }),
        ("cancelable", |this, _, _| {
            read(this, |event| event.cancelable.into())
        }),
        ("defaultPrevented", |this, _, _| {
            read(this, |event| event.is_prevented.into())
        }),
        ("timeStamp", |_, _, context| {
            Ok(Environment::of(context).clock.read().elapsed_ms.into())
        }),
    ];
    for (name, native) in accessors {
        define::accessor(&class.prototype, name, native, None, context)?;
    }
    let prevent: define::Native =
        |this, _, _| write(this, |event| event.is_prevented |= event.cancelable);
    let stop: define::Native = |this, _, _| write(this, |event| event.is_stopped = true);
    define::method(&class.prototype, "preventDefault", 0, prevent, context)?;
    define::method(
        &class.prototype,
        "stopImmediatePropagation",
        0,
        stop,
        context,
    )?;
    let pass: define::Native = |this, _, _| write(this, |_| ());
    define::method(&class.prototype, "stopPropagation", 0, pass, context)?;
    Ok(class)
}

fn new_event(prototype: JsObject, args: &[JsValue], context: &mut Context) -> JsResult<JsObject> {
    let Some(kind) = args.first() else {
        return Err(JsNativeError::typ()
            .with_message("an event needs a type")
            .into());
    };
    let kind = kind.to_string(context)?;
    let (mut cancelable, mut detail) = (false, JsValue::null());
    if let Some(options) = args.get_or_undefined(1).as_object() {
        cancelable = options.get(js_string!("cancelable"), context)?.to_boolean();
        let given = options.get(js_string!("detail"), context)?;
        if !given.is_undefined() {
            detail = given;
        }
    }
    let event = Event {
        kind,
        cancelable,
        is_prevented: false,
        is_stopped: false,
        target: JsValue::null(),
        detail,
    };
    Ok(JsObject::from_proto_and_data(prototype, event))
}

fn not_an_event() -> JsNativeError {
    JsNativeError::typ().with_message("`this` is not an Event")
}

fn read(this: &JsValue, get: fn(&Event) -> JsValue) -> JsResult<JsValue> {
    let object = this.as_object().ok_or_else(not_an_event)?;
    let event = object.downcast_ref::<Event>().ok_or_else(not_an_event)?;
    Ok(get(&event))
}

fn write(this: &JsValue, change: fn(&mut Event)) -> JsResult<JsValue> {
    let object = this.as_object().ok_or_else(not_an_event)?;
    let mut event = object.downcast_mut::<Event>().ok_or_else(not_an_event)?;
    change(&mut event);
    Ok(JsValue::undefined())
}

fn this_target(this: &JsValue) -> JsResult<JsObject> {
    this.as_object()
        .filter(JsObject::is::<Target>)
        .ok_or_else(|| {
            JsNativeError::typ()
                .with_message("`this` is not an EventTarget")
                .into()
        })
}

fn add_listener(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let target = this_target(this)?;
    let kind = args.get_or_undefined(0).to_string(context)?;
    let Some(callback) = args.get_or_undefined(1).as_object() else {
        return Ok(JsValue::undefined());
    };
    let mut once = false;
    if let Some(options) = args.get_or_undefined(2).as_object() {
        once = options.get(js_string!("once"), context)?.to_boolean();
    }
    let Some(mut target) = target.downcast_mut::<Target>() else {
        return Ok(JsValue::undefined());
    };
    let is_known = |it: &Listener| it.is(&kind, Some(&callback));
    if target.listeners.iter().any(is_known) {
        return Ok(JsValue::undefined());
    }
    if target.listeners.len() >= MAX_LISTENERS {
        return Err(JsNativeError::range()
            .with_message(format!("more than {MAX_LISTENERS} listeners"))
            .into());
    }
    target.listeners.push(Listener {
        kind,
        callback: Some(callback),
        once,
    });
    Ok(JsValue::undefined())
}

fn remove_listener(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let target = this_target(this)?;
    let kind = args.get_or_undefined(0).to_string(context)?;
    if let Some(callback) = args.get_or_undefined(1).as_object()
        && let Some(mut target) = target.downcast_mut::<Target>()
    {
        target.listeners.retain(|it| !it.is(&kind, Some(&callback)));
    }
    Ok(JsValue::undefined())
}

fn dispatch_event(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let target = this_target(this)?;
    let event = args
        .get_or_undefined(0)
        .as_object()
        .filter(JsObject::is::<Event>)
        .ok_or_else(|| JsNativeError::typ().with_message("argument 1 is not an Event"))?;
    dispatch(&target, &event, context)?;
    let is_prevented = event
        .downcast_ref::<Event>()
        .is_some_and(|it| it.is_prevented);
    Ok((!is_prevented).into())
}

fn dispatch(target: &JsObject, event: &JsObject, context: &mut Context) -> JsResult<()> {
    let this = JsValue::from(target.clone());
    let Some(kind) = event.downcast_mut::<Event>().map(|mut event| {
        event.target = this.clone();
        event.kind.clone()
    }) else {
        return Ok(());
    };
    let listeners = match target.downcast_ref::<Target>() {
        Some(target) => target.listeners.clone(),
        None => return Ok(()),
    };
    for listener in listeners.iter().filter(|it| it.kind == kind) {
        let Some(callback) = take_listener(target, listener) else {
            continue;
        };
        call(&callback, &this, event, context)?;
        if event
            .downcast_ref::<Event>()
            .is_some_and(|it| it.is_stopped)
        {
            break;
        }
    }
    Ok(())
}

/// What to call for a listener; `None` where it was removed meanwhile.
fn take_listener(target: &JsObject, listener: &Listener) -> Option<JsObject> {
    let mut target = target.downcast_mut::<Target>()?;
    let callback = listener.callback.as_ref();
    let at = target
        .listeners
        .iter()
        .position(|it| it.is(&listener.kind, callback))?;
    if listener.once {
        target.listeners.remove(at);
    }
    match callback {
        Some(callback) => Some(callback.clone()),
        None => target.abort.as_ref()?.handler.as_callable(),
    }
}

#[cfg(test)]
mod tests {
    use crate::runtime::builtins::web_realm::evaluate;

    #[test]
    fn listeners_are_called_in_order() {
        let script = "const seen = []; const t = new (class extends EventTarget {})();
            t.addEventListener('a', e => seen.push('1' + e.type + (e.target === t)));
            t.addEventListener('a', { handleEvent(e) { seen.push(2); e.preventDefault() } }, { once: true });
            const gone = () => seen.push('gone'); t.addEventListener('a', gone); t.removeEventListener('a', gone);
            seen.push(t.dispatchEvent(new Event('a', { cancelable: true })), t.dispatchEvent(new CustomEvent('a', { detail: 5 })));
            seen.join()";
        assert_eq!(evaluate(script), "1atrue,2,1atrue,false,true");
    }

    #[test]
    fn a_listener_that_throws_stops_nobody() {
        let script = "let n = 0; const t = new EventTarget();
            t.addEventListener('a', () => { throw new Error('no') }); t.addEventListener('a', () => n++);
            t.dispatchEvent(new Event('a')); n";
        assert_eq!(evaluate(script), "1");
    }
}
