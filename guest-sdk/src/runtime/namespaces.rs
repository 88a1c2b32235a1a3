//! The servers as the script sees them: globals, `tools`, `callTool` and the
//! other ways to reach the host. Built when touched.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsProxy;
use boa_engine::property::PropertyKey;
use boa_engine::{
    Context, JsArgs, JsNativeError, JsObject, JsResult, JsString, JsValue, NativeFunction,
    js_string,
};
use boa_gc::{Finalize, Trace};

use super::builtins::{define, json};
use super::calls::arguments::{self, Arguments};
use super::{calls, environment::Environment, errors};
use crate::contract::{Api, ServerApi, Target, ToolApi, decode};

/// The globals beside those of the servers.
pub(super) const GLOBALS: [&str; 6] = [
    "tools",
    "callTool",
    "searchTools",
    "describeTools",
    "emit",
    "results",
];

/// The servers of this execution and the namespaces built so far.
pub(super) struct Servers {
    api: Api,
    built: RefCell<Vec<Option<Namespace>>>,
    /// The object that has them all.
    tools: JsObject,
    /// The latest reads of tools that a namespace does not have.
    missed: RefCell<VecDeque<(usize, String)>>,
}

/// One server as the script sees it.
#[derive(Clone)]
struct Namespace {
    /// What the script has: it notes what is read from it that is not there.
    object: JsObject,
    /// What has the functions.
    functions: JsObject,
}

/// Reads of missing tools that are remembered.
const REMEMBERED: usize = 32;

/// Which tool a function of a namespace calls.
#[derive(Clone, Trace, Finalize)]
struct ToolCaptures {
    server: JsString,
    tool: JsString,
    label: JsString,
}

impl Servers {
    pub(super) fn of(context: &Context) -> Option<Rc<Self>> {
        context.get_data::<Rc<Self>>().cloned()
    }

    /// The servers, in catalogue order.
    pub(super) fn api(&self) -> &Api {
        &self.api
    }

    /// Which server an object is the namespace of.
    pub(super) fn index_of(&self, object: &JsObject) -> Option<usize> {
        self.position(|namespace| JsObject::equals(&namespace.object, object))
    }

    /// Whether an object is `tools`.
    pub(super) fn are(&self, object: &JsObject) -> bool {
        JsObject::equals(&self.tools, object)
    }

    /// The last read of a tool that its server lacks: of that name, or of any.
    pub(super) fn missed(&self, tool: Option<&str>) -> Option<(usize, String)> {
        let missed = self.missed.borrow();
        let mut latest = missed.iter().rev();
        latest
            .find(|(_, missed)| tool.is_none_or(|tool| tool == missed))
            .cloned()
    }

    fn position(&self, is: impl Fn(&Namespace) -> bool) -> Option<usize> {
        let built = self.built.borrow();
        built.iter().position(|one| one.as_ref().is_some_and(&is))
    }
}

/// The object with the functions behind a namespace; `None` for all other objects.
pub(super) fn functions_of(object: &JsObject, context: &Context) -> Option<JsObject> {
    let servers = Servers::of(context)?;
    let index = servers.index_of(object)?;
    let built = servers.built.borrow();
    Some(built[index].as_ref()?.functions.clone())
}

/// The trap of reads: what is missing is remembered, for the error that follows.
fn read(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(functions) = arguments.get_or_undefined(0).as_object() else {
        return Ok(JsValue::undefined());
    };
    let key = arguments.get_or_undefined(1).to_property_key(context)?;
    let value = functions.get(key.clone(), context)?;
    if value.is_undefined()
        && let PropertyKey::String(name) = key
        && let Some(servers) = Servers::of(context)
        && let Some(index) =
            servers.position(|namespace| JsObject::equals(&namespace.functions, &functions))
    {
        let mut missed = servers.missed.borrow_mut();
        if missed.len() == REMEMBERED {
            missed.pop_front();
        }
        missed.push_back((index, name.to_std_string_lossy()));
    }
    Ok(value)
}

/// Defines the globals of the servers and the functions beside them.
///
/// What the source names is built at once, as plain properties; the rest waits
/// behind getters. A getter must not replace itself: the engine's inline caches
/// would keep its slot under the new shape.
pub(super) fn install(api: Api, source: &str, context: &mut Context) -> JsResult<()> {
    let global = context.global_object();
    let tools = JsObject::with_null_proto();
    let servers = Rc::new(Servers {
        built: RefCell::new(vec![None; api.servers.len()]),
        api,
        tools: tools.clone(),
        missed: RefCell::default(),
    });
    context.insert_data(servers.clone());
    for (index, server) in servers.api.servers.iter().enumerate() {
        if !global.has_own_property(JsString::from(server.ident.as_str()), context)? {
            define_server(&global, &server.ident, false, (index, source), context)?;
        }
        define_server(&tools, &server.ident, true, (index, source), context)?;
    }
    for (index, server) in servers.api.servers.iter().enumerate() {
        let taken = tools.has_own_property(JsString::from(server.name.as_str()), context)?;
        if !taken && server.name != "then" {
            define_server(&tools, &server.name, false, (index, source), context)?;
        }
    }
    define::property(&global, "tools", tools.into(), false, context)?;
    define::method(&global, "callTool", 3, call_tool, context)?;
    define::method(&global, "searchTools", 2, search_tools, context)?;
    define::method(&global, "describeTools", 2, describe_tools, context)?;
    define::method(&global, "emit", 1, emit, context)?;
    let results = JsObject::with_null_proto();
    define::method(&results, "get", 1, get_result, context)?;
    define::property(&global, "results", results.into(), false, context)
}

/// Defines the namespace of a server on an object, or a getter of it where the
/// source does not name it.
fn define_server(
    object: &JsObject,
    name: &str,
    enumerable: bool,
    (index, source): (usize, &str),
    context: &mut Context,
) -> JsResult<()> {
    if source.contains(name) {
        let namespace = namespace(index, context)?;
        return define::property(object, name, namespace.into(), enumerable, context);
    }
    let native = NativeFunction::from_copy_closure_with_captures(
        |_, _, index, context| Ok(namespace(*index, context)?.into()),
        index,
    );
    let getter = define::closure("get", 0, native, context);
    define::getter(object, name, getter, enumerable, context)
}

/// The namespace of a server, built at the first touch.
fn namespace(index: usize, context: &mut Context) -> JsResult<JsObject> {
    let servers = Servers::of(context).ok_or_else(|| errors::type_error("there are no servers"))?;
    if let Some(built) = servers.built.borrow().get(index).cloned().flatten() {
        return Ok(built.object);
    }
    let server = &servers.api.servers[index];
    let tools: Vec<ToolApi> = decode(&server.tools)
        .map_err(|_| errors::type_error("the tools of this server cannot be read"))?;
    let object = JsObject::with_null_proto();
    for tool in &tools {
        let function = tool_function(server, tool, context);
        define::property(&object, &tool.ident, function.clone().into(), true, context)?;
        if tool.name != tool.ident && tool.name != "then" {
            let taken = object.has_own_property(JsString::from(tool.name.as_str()), context)?;
            if !taken {
                define::property(&object, &tool.name, function.into(), false, context)?;
            }
        }
    }
    let namespace: JsObject = JsProxy::builder(object.clone())
        .get(read)
        .build(context)?
        .into();
    servers.built.borrow_mut()[index] = Some(Namespace {
        object: namespace.clone(),
        functions: object,
    });
    Ok(namespace)
}

fn tool_function(
    server: &ServerApi,
    tool: &ToolApi,
    context: &Context,
) -> boa_engine::object::builtins::JsFunction {
    let captures = ToolCaptures {
        server: JsString::from(server.name.as_str()),
        tool: JsString::from(tool.name.as_str()),
        label: JsString::from(format!("{}.{}", server.ident, tool.ident)),
    };
    let native = NativeFunction::from_copy_closure_with_captures(
        |_, arguments, captures, context| {
            let target = Target::Tool {
                server: captures.server.to_std_string_lossy(),
                tool: captures.tool.to_std_string_lossy(),
            };
            let given = arguments::read(arguments, context)?;
            calls::make(target, captures.label.to_std_string_lossy(), given, context)
        },
        captures,
    );
    FunctionObjectBuilder::new(context.realm(), native)
        .name(JsString::from(tool.ident.as_str()))
        .length(1)
        .constructor(false)
        .build()
}

/// `callTool(server, tool, args)`, or `callTool("server.tool", args)`.
fn call_tool(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let first = calls::string(arguments.get_or_undefined(0)).map(|name| name.to_std_string_lossy());
    let second =
        calls::string(arguments.get_or_undefined(1)).map(|name| name.to_std_string_lossy());
    let (named, rest) = match (first, second) {
        (Some(server), Some(tool)) => (Some((server, tool)), 2),
        (Some(dotted), None) => (split_dotted(&dotted, context), 1),
        _ => (None, 0),
    };
    let Some((server, tool)) = named else {
        let wrong = Err("takes the names of a server and of a tool, and the arguments".to_owned());
        let target = Target::Tool {
            server: String::new(),
            tool: String::new(),
        };
        return calls::make(target, "callTool".to_owned(), wrong, context);
    };
    let label = format!("{server}.{tool}");
    let json = arguments::read(&arguments[rest..], context)?;
    calls::make(Target::Tool { server, tool }, label, json, context)
}

/// Server and tool of a name like `server.tool`; either part may hold dots.
fn split_dotted(dotted: &str, context: &Context) -> Option<(String, String)> {
    let servers = Servers::of(context)?;
    servers.api.servers.iter().find_map(|server| {
        [&server.ident, &server.name].into_iter().find_map(|name| {
            let tool = dotted.strip_prefix(name.as_str())?.strip_prefix('.')?;
            Some((server.name.clone(), tool.to_owned()))
        })
    })
}

/// `searchTools(query, options?)`.
fn search_tools(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let json = with_options("query", "server", arguments, context)?;
    calls::make(Target::SearchTools, "searchTools".to_owned(), json, context)
}

/// `describeTools(names, options?)`.
fn describe_tools(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let names = arguments.get_or_undefined(0);
    let json = if names.is_string() {
        let list = boa_engine::object::builtins::JsArray::from_iter([names.clone()], context);
        let mut arguments = arguments.to_vec();
        arguments[0] = list.into();
        with_options("tools", "detail", &arguments, context)?
    } else {
        with_options("tools", "detail", arguments, context)?
    };
    calls::make(
        Target::DescribeTools,
        "describeTools".to_owned(),
        json,
        context,
    )
}

/// `results.get(id)`.
fn get_result(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let json = match calls::string(arguments.get_or_undefined(0)) {
        Some(_) => with_options("id", "", &arguments[..1], context)?,
        None => Err("takes the id of a stored result, like \"r1\"".to_owned()),
    };
    calls::make(
        Target::StoredResult,
        "results.get".to_owned(),
        json,
        context,
    )
}

/// The first argument under `key` beside the options; an object alone is all of
/// them, and a string for the options is the one named `option`.
fn with_options(
    key: &str,
    option: &str,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<Result<Arguments, String>> {
    let empty = JsValue::from(js_string!(""));
    let first = match arguments.first() {
        None => &empty,
        Some(first) => first,
    };
    let alone = first.as_object().is_some_and(|object| !object.is_array());
    if alone {
        return arguments::read(arguments, context);
    }
    let merged = JsObject::with_null_proto();
    merged.create_data_property_or_throw(JsString::from(key), first.clone(), context)?;
    let options = arguments.get_or_undefined(1);
    if options.is_string() && !option.is_empty() {
        merged.create_data_property_or_throw(JsString::from(option), options.clone(), context)?;
    }
    if let Some(options) = options.as_object() {
        for name in options.own_property_keys(context)? {
            if matches!(name, PropertyKey::String(_) | PropertyKey::Index(_)) {
                let value = options.get(name.clone(), context)?;
                merged.create_data_property_or_throw(name, value, context)?;
            }
        }
    }
    arguments::read(&[merged.into()], context)
}

/// `emit(block)`: hands a content block to the client beside the value.
fn emit(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let block = arguments.get_or_undefined(0);
    let has_type = match block.as_object() {
        Some(object) => object.get(js_string!("type"), context)?.is_string(),
        None => false,
    };
    let text = if has_type {
        json::stringify(block, context)?
    } else {
        None
    };
    let Some(text) = text else {
        return Err(errors::type_error(
            "`emit` takes a content block like `{type: \"image\", data, mimeType}`",
        ));
    };
    if let Err((bytes, most)) = Environment::of(context).outbox.emit(text) {
        let message =
            format!("`emit` was given {bytes} bytes in all; {most} are allowed for a run");
        return Err(JsNativeError::range().with_message(message).into());
    }
    Ok(JsValue::undefined())
}
