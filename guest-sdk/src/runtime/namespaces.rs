//! The servers as the script sees them: globals, `tools`, `callTool` and the
//! other ways to reach the host. Built when touched.

use std::rc::Rc;

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::property::PropertyKey;
use boa_engine::{
    Context, JsArgs, JsObject, JsResult, JsString, JsValue, NativeFunction, js_string,
};
use boa_gc::{Finalize, Trace};

use super::{builtins::json, calls, environment::Environment, errors, natives};
use crate::contract::{Api, ServerApi, Target, ToolApi, decode};

/// The servers of this execution and the namespaces built so far.
pub(super) struct Servers {
    api: Api,
    built: std::cell::RefCell<Vec<Option<JsObject>>>,
}

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
}

/// Defines the globals of the servers and the functions beside them.
pub(super) fn install(api: Api, context: &mut Context) -> JsResult<()> {
    let global = context.global_object();
    let idents: Vec<String> = api
        .servers
        .iter()
        .map(|server| server.ident.clone())
        .collect();
    let built = std::cell::RefCell::new(vec![None; api.servers.len()]);
    context.insert_data(Rc::new(Servers { api, built }));
    let getter = natives::function(
        "get tools",
        0,
        NativeFunction::from_fn_ptr(get_tools),
        context,
    );
    natives::define_getter(&global, "tools", getter, false, context)?;
    for (index, ident) in idents.iter().enumerate() {
        if !global.has_own_property(JsString::from(ident.as_str()), context)? {
            let getter = server_getter(index, ident, context);
            natives::define_getter(&global, ident, getter, false, context)?;
        }
    }
    natives::define(&global, "callTool", 3, call_tool, context)?;
    natives::define(&global, "searchTools", 2, search_tools, context)?;
    natives::define(&global, "describeTools", 2, describe_tools, context)?;
    natives::define(&global, "emit", 1, emit, context)?;
    let results = JsObject::with_null_proto();
    natives::define(&results, "get", 1, get_result, context)?;
    natives::define_value(&global, "results", results.into(), false, context)
}

/// A getter that replaces itself by the namespace, on whatever object it sits.
fn server_getter(
    index: usize,
    key: &str,
    context: &Context,
) -> boa_engine::object::builtins::JsFunction {
    let captures = (index, JsString::from(key));
    let native = NativeFunction::from_copy_closure_with_captures(
        |this, _, (index, key), context| {
            let namespace = namespace(*index, context)?;
            let holder = this.as_object().unwrap_or_else(|| context.global_object());
            let enumerable = own_enumerable(&holder, key);
            let name = key.to_std_string_escaped();
            natives::define_value(
                &holder,
                &name,
                namespace.clone().into(),
                enumerable,
                context,
            )?;
            Ok(namespace.into())
        },
        captures,
    );
    natives::function("get", 0, native, context)
}

fn own_enumerable(holder: &JsObject, key: &JsString) -> bool {
    let key = PropertyKey::from(key.clone());
    holder
        .borrow()
        .properties()
        .get(&key)
        .and_then(|descriptor| descriptor.enumerable())
        .unwrap_or(false)
}

/// The namespace of a server, built at the first touch.
fn namespace(index: usize, context: &mut Context) -> JsResult<JsObject> {
    let servers = Servers::of(context).ok_or_else(|| errors::type_error("there are no servers"))?;
    if let Some(built) = servers.built.borrow().get(index).cloned().flatten() {
        return Ok(built);
    }
    let server = &servers.api.servers[index];
    let tools: Vec<ToolApi> = decode(&server.tools)
        .map_err(|_| errors::type_error("the tools of this server cannot be read"))?;
    let object = JsObject::with_null_proto();
    for tool in &tools {
        let function = tool_function(server, tool, context);
        natives::define_value(&object, &tool.ident, function.clone().into(), true, context)?;
        if tool.name != tool.ident && tool.name != "then" {
            let taken = object.has_own_property(JsString::from(tool.name.as_str()), context)?;
            if !taken {
                natives::define_value(&object, &tool.name, function.into(), false, context)?;
            }
        }
    }
    servers.built.borrow_mut()[index] = Some(object.clone());
    Ok(object)
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
            let arguments = calls::arguments_json(arguments, context)?;
            calls::make(
                target,
                captures.label.to_std_string_lossy(),
                arguments,
                context,
            )
        },
        captures,
    );
    FunctionObjectBuilder::new(context.realm(), native)
        .name(JsString::from(tool.ident.as_str()))
        .length(1)
        .constructor(false)
        .build()
}

/// Replaces the global `tools` by an object with all servers.
fn get_tools(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let servers = Servers::of(context).ok_or_else(|| errors::type_error("there are no servers"))?;
    let tools = JsObject::with_null_proto();
    for (index, server) in servers.api.servers.iter().enumerate() {
        let getter = server_getter(index, &server.ident, context);
        natives::define_getter(&tools, &server.ident, getter, true, context)?;
    }
    for (index, server) in servers.api.servers.iter().enumerate() {
        let taken = tools.has_own_property(JsString::from(server.name.as_str()), context)?;
        if !taken && server.name != "then" {
            let getter = server_getter(index, &server.name, context);
            natives::define_getter(&tools, &server.name, getter, false, context)?;
        }
    }
    let global = context.global_object();
    natives::define_value(&global, "tools", tools.clone().into(), false, context)?;
    Ok(tools.into())
}

/// `callTool(server, tool, args)`.
fn call_tool(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let server = calls::string(arguments.get_or_undefined(0));
    let tool = calls::string(arguments.get_or_undefined(1));
    let (Some(server), Some(tool)) = (server, tool) else {
        let wrong = Err("takes the names of a server and of a tool, and the arguments".to_owned());
        let target = Target::Tool {
            server: String::new(),
            tool: String::new(),
        };
        return calls::make(target, "callTool".to_owned(), wrong, context);
    };
    let (server, tool) = (server.to_std_string_lossy(), tool.to_std_string_lossy());
    let label = format!("{server}.{tool}");
    let json = calls::arguments_json(arguments.get(2..).unwrap_or_default(), context)?;
    calls::make(Target::Tool { server, tool }, label, json, context)
}

/// `searchTools(query, options?)`.
fn search_tools(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let json = with_options("query", arguments, context)?;
    calls::make(Target::SearchTools, "searchTools".to_owned(), json, context)
}

/// `describeTools(names, options?)`.
fn describe_tools(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let names = arguments.get_or_undefined(0);
    let json = if names.is_string() {
        let list = boa_engine::object::builtins::JsArray::from_iter([names.clone()], context);
        let mut arguments = arguments.to_vec();
        arguments[0] = list.into();
        with_options("tools", &arguments, context)?
    } else {
        with_options("tools", arguments, context)?
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
        Some(_) => with_options("id", &arguments[..1], context)?,
        None => Err("takes the id of a stored result, like \"r1\"".to_owned()),
    };
    calls::make(
        Target::StoredResult,
        "results.get".to_owned(),
        json,
        context,
    )
}

/// The first argument under `key` beside the options; an object alone is all of them.
fn with_options(
    key: &str,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<Result<String, String>> {
    let first = arguments.get_or_undefined(0);
    let alone = first.as_object().is_some_and(|object| !object.is_array());
    if alone {
        return calls::arguments_json(arguments, context);
    }
    let merged = JsObject::with_null_proto();
    merged.create_data_property_or_throw(JsString::from(key), first.clone(), context)?;
    if let Some(options) = arguments.get_or_undefined(1).as_object() {
        for name in options.own_property_keys(context)? {
            if matches!(name, PropertyKey::String(_) | PropertyKey::Index(_)) {
                let value = options.get(name.clone(), context)?;
                merged.create_data_property_or_throw(name, value, context)?;
            }
        }
    }
    calls::arguments_json(&[merged.into()], context)
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
    if !Environment::of(context).outbox.emit(text) {
        return Err(errors::type_error(
            "`emit` was given more bytes than a run may emit",
        ));
    }
    Ok(JsValue::undefined())
}
