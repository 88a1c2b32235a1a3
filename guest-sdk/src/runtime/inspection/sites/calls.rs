//! Calls: of tools, and of functions of the language that tell something.

use oxc::ast::AstKind;
use oxc::ast::ast::{Argument, CallExpression, Expression, ObjectPropertyKind};
use oxc::semantic::NodeId;
use oxc::span::GetSpan;

use super::super::demand::{Demand, Step};
use super::super::facts::{Arguments, AsyncCall, CallFacts, Use};
use super::super::index::fills;
use super::super::names::is_evaluation;
use super::super::sources::{Api, Origin};
use super::super::{Inspector, syntax};
use crate::contract::{ApiTarget, Key, PromiseUseKind};

/// Methods that put something into a list.
const ADDING: [&str; 5] = ["push", "unshift", "splice", "fill", "copyWithin"];

/// Methods that ask a function whether an element is meant.
const DECIDING: [&str; 7] = [
    "filter",
    "find",
    "findLast",
    "findIndex",
    "findLastIndex",
    "some",
    "every",
];

impl<'a> Inspector<'a, '_> {
    /// Finds the calls of tools.
    pub(super) fn find_calls(&mut self) {
        let index = self.index;
        for node in &index.calls {
            if self.work.is_over() {
                return;
            }
            if let AstKind::CallExpression(call) = self.nodes.kind(*node) {
                self.find_call(*node, call);
            }
        }
    }

    fn find_call(&mut self, node: NodeId, call: &'a CallExpression<'a>) {
        let sources = match (syntax::method(call), syntax::object_of_method(call)) {
            (Some(("call", _)), Some(object)) => {
                let sources = self.sources(object, Demand::ITSELF);
                if sources.api().any(|(api, _)| api.is_function()) {
                    sources
                } else {
                    self.origins(&call.callee)
                }
            }
            _ => self.origins(&call.callee),
        };
        let mut functions = sources.api().filter(|(api, _)| api.is_function());
        let Some((api, birth)) = functions.next() else {
            return;
        };
        let others: Vec<_> = functions.filter(|(other, _)| *other != api).collect();
        let (target, arguments) = match api {
            Api::CallTool => self.target_of_call_tool(call),
            // `tool.call(null, …)`
            api => {
                let is_called = matches!(syntax::method(call), Some(("call", _)));
                let from = usize::from(is_called && birth != call.callee.node_id());
                (api.target(), arguments_from(call, from))
            }
        };
        if call.optional {
            self.guards.targets.insert(target.clone());
        }
        let guarded = sources.is_unsure() || !others.is_empty();
        for (other, birth) in others {
            self.uses_target(birth, other, true);
        }
        let mut facts = CallFacts::new(node, arguments);
        facts.is_unsure = guarded;
        self.calls.add(node, facts);
        let offset = self.name_offset(birth);
        self.uses.push(Use {
            birth,
            place: node,
            offset,
            target,
            guarded,
            call: Some(self.calls.facts.len() - 1),
        });
    }

    /// What `callTool(server, tool, args)` or `callTool("server.tool", args)` calls.
    fn target_of_call_tool(&self, call: &'a CallExpression<'a>) -> (ApiTarget, Arguments<'a>) {
        let text = |place| {
            let argument = syntax::argument(call, place)?;
            syntax::string(argument, self.nodes, self.scoping)
        };
        let Some(server) = text(0) else {
            return (ApiTarget::AnyTool, Arguments::Unknown);
        };
        if let Some(tool) = text(1) {
            let target = ApiTarget::Tool {
                server: server.to_owned(),
                tool: tool.to_owned(),
            };
            return (target, arguments_from(call, 2));
        }
        let servers = self.names.servers;
        let is_known = servers
            .iter()
            .any(|known| known.ident == server || known.name == server);
        let second = syntax::argument(call, 1);
        let is_object =
            second.is_none_or(|second| matches!(second, Expression::ObjectExpression(_)));
        if is_known && (second.is_some() || call.arguments.len() > 1) && !is_object {
            let server = server.to_owned();
            return (ApiTarget::AnyToolOf { server }, Arguments::Unknown);
        }
        let dotted = servers
            .iter()
            .flat_map(|server| [&server.ident, &server.name])
            .find_map(|name| {
                let tool = server.strip_prefix(name.as_str())?.strip_prefix('.')?;
                Some((name.as_str(), tool))
            })
            .or_else(|| server.split_once('.'));
        let (server, tool) = dotted.unwrap_or((server, ""));
        if tool.is_empty() && !is_object {
            let server = server.to_owned();
            return (ApiTarget::AnyToolOf { server }, Arguments::Unknown);
        }
        let target = ApiTarget::Tool {
            server: server.to_owned(),
            tool: tool.to_owned(),
        };
        (target, arguments_from(call, 1))
    }

    pub(super) fn look_at_call(&mut self, call: &'a CallExpression<'a>) {
        self.incomplete |= is_evaluation(&call.callee);
        if call.optional {
            self.tests_member(&call.callee, true);
            self.tests(&call.callee);
        }
        if let Some(function) = syntax::global_function(call, self.scoping) {
            return self.look_at_global_call(call, function);
        }
        let Some((name, span)) = syntax::method(call) else {
            return;
        };
        let Some(object) = syntax::object_of_method(call) else {
            return;
        };
        let callback = syntax::argument(call, 0);
        if ignores_promises(name)
            && !self.index.may_be_own(name)
            && callback.is_some_and(|callback| self.is_waited_for(callback))
            && !self.is_in_executor(call.node_id.get())
        {
            self.async_callbacks.push(AsyncCall {
                call: call.node_id.get(),
                method: name,
                offset: span.start,
            });
        }
        if DECIDING.contains(&name)
            && let Some(callback) = callback
            && syntax::function(callback).is_some()
        {
            let index = self.index;
            let returned = index.returns.get(&callback.node_id());
            for value in returned.into_iter().flatten().flatten() {
                let sources = self.sources(*value, Demand::ITSELF);
                self.note_tested(&sources);
            }
        }
        if name == "catch" || (name == "then" && call.arguments.len() > 1) {
            let sources = self.sources(object, Demand::ITSELF);
            sources.promises().for_each(|call| self.copes_with(call));
        }
        // `Object.prototype.toString.call(value)`
        if name == "call"
            && matches!(
                syntax::member_name(self.nodes.kind(object), self.nodes, self.scoping),
                Some("toString" | "hasOwnProperty")
            )
            && let Some(value) = callback
        {
            self.asks_for_kind(value);
        }
        if name == "hasOwnProperty" {
            let property = syntax::argument(call, 0)
                .and_then(|name| syntax::string(name, self.nodes, self.scoping));
            self.looks_up_in(object, property);
        }
        if ADDING.contains(&name) {
            let sources = self.sources(object, Demand::ITSELF);
            for (call, path) in sources.results() {
                let mut path = path.to_vec();
                path.push(Key::Element);
                self.note_changed(call, path);
            }
        }
    }

    /// Whether a function is async, and what it does takes time.
    fn is_waited_for(&mut self, callback: &'a Expression<'a>) -> bool {
        if !self.is_async(callback) {
            return false;
        }
        let callback = syntax::bare(callback).node_id();
        if syntax::kind_of_function(self.nodes.kind(callback)) == (false, false)
            || self.index.awaiting.contains(&callback)
        {
            return true;
        }
        let index = self.index;
        let mut returned = index.returns.get(&callback).into_iter().flatten().flatten();
        returned.any(|value| {
            let sources = self.sources(*value, Demand::ITSELF);
            sources.promises().next().is_some()
        })
    }

    fn look_at_global_call(&mut self, call: &'a CallExpression<'a>, function: (&str, &str)) {
        let Some(argument) = syntax::argument(call, 0) else {
            return;
        };
        if let ("Promise", "allSettled" | "race" | "any") = function {
            let sources = self.step_from(argument.node_id(), Step::Element);
            sources.promises().for_each(|call| self.copes_with(call));
        }
        match function {
            (
                "Object" | "Reflect",
                "keys" | "getOwnPropertyNames" | "hasOwn" | "has" | "ownKeys",
            ) => {
                self.listed(argument);
                let name = syntax::argument(call, 1)
                    .and_then(|name| syntax::string(name, self.nodes, self.scoping));
                let is_question = matches!(function.1, "hasOwn" | "has");
                if is_question || self.origins(argument).api().next().is_some() {
                    self.looks_up(argument, name);
                }
            }
            ("Object", "values" | "entries" | "groupBy") | ("Map", "groupBy") => {
                self.listed(argument);
            }
            ("Array", "from") | ("Promise", "all" | "allSettled" | "race" | "any") => {
                self.looped(argument);
            }
            ("Array", "isArray") => self.asks_for_kind(argument),
            ("Boolean", "") => self.tests(argument),
            ("JSON", "stringify") | ("String" | "Number" | "parseInt" | "parseFloat", "") => {
                self.converted(argument);
            }
            ("console", _) => {
                let arguments = call.arguments.iter().filter_map(Argument::as_expression);
                arguments.for_each(|argument| self.converted(argument));
            }
            ("Object" | "Reflect", _) if fills(function) => {
                self.look_at_assign(call, argument);
            }
            _ => {}
        }
    }

    /// The properties of something are listed; of a promise there are none.
    pub(super) fn listed(&mut self, argument: &'a Expression<'a>) {
        let sources = self.origins(argument);
        let is_whole = |origin: &Origin<'_>| matches!(origin, Origin::Promise { asked: None, .. });
        if sources.only_promises() && sources.found.iter().all(is_whole) {
            let (node, offset) = (argument.node_id(), argument.span().start);
            self.uses_promise(node, offset, &sources, PromiseUseKind::Iterated);
        }
    }

    fn look_at_assign(&mut self, call: &'a CallExpression<'a>, target: &'a Expression<'a>) {
        let sources = self.origins(target);
        for (call, path) in sources.results() {
            self.note_changed(call, path.to_vec());
        }
        for argument in &call.arguments {
            match argument.as_expression().map(syntax::bare) {
                Some(Expression::ObjectExpression(object)) => {
                    for property in &object.properties {
                        if let ObjectPropertyKind::ObjectProperty(property) = property
                            && let Some(name) = property.key.static_name()
                        {
                            self.guards.assigned.insert(name.into_owned());
                        }
                    }
                }
                Some(Expression::StringLiteral(name)) => {
                    self.guards.assigned.insert(name.value.to_string());
                }
                _ => {}
            }
        }
    }

    /// The script copes with the failure of a call.
    fn copes_with(&mut self, call: NodeId) {
        if let Some(&at) = self.calls.by_node.get(&call) {
            self.calls.facts[at].is_coped_with = true;
        }
    }
}

/// Whether a method does not wait for what a function promises.
fn ignores_promises(method: &str) -> bool {
    DECIDING.contains(&method) || matches!(method, "forEach" | "sort" | "toSorted")
}

/// The arguments of a tool from a place on.
fn arguments_from<'a>(call: &'a CallExpression<'a>, place: usize) -> Arguments<'a> {
    if call.arguments.iter().any(Argument::is_spread) {
        return Arguments::Unknown;
    }
    match call.arguments.get(place..) {
        None | Some([]) => Arguments::None,
        Some([one]) => one
            .as_expression()
            .map_or(Arguments::Unknown, Arguments::One),
        Some(several) => Arguments::Several(several),
    }
}
