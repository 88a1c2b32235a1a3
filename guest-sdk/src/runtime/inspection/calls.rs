//! Calls: of tools, and of functions that are given things.

use oxc::ast::ast::{Argument, CallExpression};
use oxc::semantic::NodeId;
use oxc::span::GetSpan;

use super::syntax;
use super::thing::Thing;
use super::{Arguments, CallFacts, Inspector, Use};
use crate::contract::{ApiTarget, PromiseUseKind};

impl<'a> Inspector<'a, '_> {
    /// A thing is called.
    pub(super) fn call(
        &mut self,
        node: NodeId,
        call: &'a CallExpression<'a>,
        callee: NodeId,
        thing: &Thing,
        unsure: bool,
    ) {
        match thing {
            Thing::Function(target) => {
                if call.optional {
                    self.guards.targets.insert(target.clone());
                }
                let arguments = arguments_from(call, 0);
                self.calls_tool(node, callee, target.clone(), arguments, unsure);
            }
            Thing::CallTool => {
                let (target, arguments) = self.target_of_call_tool(call);
                self.calls_tool(node, callee, target, arguments, unsure || call.optional);
            }
            Thing::Value { .. } | Thing::Promise(_) | Thing::List(_) => {}
            _ => self.escape(callee, thing),
        }
    }

    fn calls_tool(
        &mut self,
        node: NodeId,
        callee: NodeId,
        target: ApiTarget,
        arguments: Arguments<'a>,
        guarded: bool,
    ) {
        if let Some(known) = self.calls.iter().find(|known| known.node == node) {
            // A function that may be one of two.
            let first = &mut self.uses[known.at];
            first.guarded = true;
            if first.target != target {
                self.uses_target(callee, target, true);
            }
            return;
        }
        let offset = self.name_offset(callee);
        let index = self.calls.len();
        self.calls.push(CallFacts {
            at: self.uses.len(),
            node,
            arguments,
            is_awaited: false,
            goes_elsewhere: false,
            is_taken: false,
            reads: Vec::new(),
            promise_uses: Vec::new(),
            tested: std::collections::BTreeSet::new(),
            changed: std::collections::BTreeSet::new(),
        });
        self.uses.push(Use {
            node: callee,
            offset,
            target,
            guarded,
            call: Some(index),
        });
        let value = Thing::Value {
            call: index,
            path: Vec::new(),
        };
        self.push(node, value.promised(), guarded);
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
        let is_object = second
            .is_none_or(|second| matches!(second, oxc::ast::ast::Expression::ObjectExpression(_)));
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

    /// A thing is an argument.
    pub(super) fn argument(
        &mut self,
        call_node: NodeId,
        call: &'a CallExpression<'a>,
        place: usize,
        node: NodeId,
        thing: Thing,
        unsure: bool,
    ) {
        let Some(function) = syntax::global_function(call, self.scoping) else {
            if !self.collects(call, &thing, unsure) {
                self.escape(node, &thing);
            }
            return;
        };
        let is_promise = matches!(thing, Thing::Promise(_));
        let offset = self.nodes.kind(node).span().start;
        match function {
            ("Promise", "all") => self.push(call_node, thing.all(Thing::awaited), unsure),
            ("Promise", "allSettled") => {
                self.copes(&thing);
                let settled = |thing: Thing| Thing::Settled(Box::new(thing.awaited()));
                self.push(call_node, thing.all(settled), unsure);
            }
            ("Promise", "race" | "any") => {
                self.copes(&thing);
                let one = match thing {
                    Thing::At(_, inner) | Thing::List(inner) => *inner,
                    other => other,
                };
                self.push(call_node, one.promised(), true);
            }
            ("Promise", "resolve") => self.push(call_node, thing.promised(), unsure),
            (
                "Object" | "Reflect",
                "keys" | "getOwnPropertyNames" | "hasOwn" | "has" | "ownKeys",
            ) => {
                if is_promise {
                    self.uses_promise(node, offset, &thing, PromiseUseKind::Iterated);
                    return;
                }
                let is_question = function.1 == "hasOwn" || function.1 == "has";
                let name = syntax::argument(call, 1)
                    .and_then(|name| syntax::string(name, self.nodes, self.scoping));
                if is_question
                    || matches!(
                        thing,
                        Thing::Namespace(_) | Thing::AnyNamespace | Thing::Tools
                    )
                {
                    self.looks_up(&thing, name);
                }
            }
            ("Object", "values" | "entries") if is_promise => {
                self.uses_promise(node, offset, &thing, PromiseUseKind::Iterated);
            }
            ("Object", "freeze") | ("structuredClone", "") if place == 0 => {
                self.push(call_node, thing, unsure);
            }
            ("Object", "assign" | "defineProperty" | "defineProperties") if place == 0 => {
                match thing {
                    Thing::Value { call, path } => {
                        self.calls[call].changed.insert(path);
                    }
                    other => self.escape(node, &other),
                }
            }
            ("Array", "isArray") => self.asks_for_type(node, &thing),
            ("Boolean", "") => self.tests(node, &thing),
            ("Array", "from") if place == 0 => {
                if is_promise {
                    self.uses_promise(node, offset, &thing, PromiseUseKind::Iterated);
                    return;
                }
                let Some(element) = thing.element() else {
                    self.escape(node, &thing);
                    return;
                };
                match syntax::argument(call, 1).and_then(syntax::function) {
                    Some((parameters, _)) => self.bind_parameter(parameters, 0, element, unsure),
                    None if call.arguments.len() == 1 => {
                        self.push(call_node, element.list(), unsure);
                    }
                    None => self.escape(node, &thing),
                }
            }
            ("JSON", "stringify") | ("String" | "Number" | "parseInt" | "parseFloat", "")
                if is_promise =>
            {
                self.converts(node, &thing);
            }
            ("console", _) if !thing.has_promise() => self.mentions(node, &thing),
            _ => self.escape(node, &thing),
        }
    }
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
        Some(_) => Arguments::Unknown,
    }
}
