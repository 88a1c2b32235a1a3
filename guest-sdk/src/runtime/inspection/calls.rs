//! Calls: of tools, and of functions that are given things.

use oxc::ast::AstKind;
use oxc::ast::ast::{Argument, CallExpression};
use oxc::semantic::{NodeId, ReferenceFlags, SymbolId};
use oxc::span::GetSpan;

use super::methods::EACH;
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
                if is_question || matches!(thing, Thing::Namespace(_) | Thing::Tools) {
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

    /// A function returns a thing.
    pub(super) fn returned(&mut self, node: NodeId, thing: Thing, unsure: bool) {
        let function = self
            .nodes
            .ancestor_ids(node)
            .find(|ancestor| self.nodes.kind(*ancestor).is_function_like());
        let Some(function) = function else {
            self.awaits(&thing);
            self.mentions(node, &thing);
            return;
        };
        let (is_async, is_generator, is_only) = match self.nodes.kind(function) {
            AstKind::Function(function) => (function.r#async, function.generator, false),
            AstKind::ArrowFunctionExpression(arrow) => {
                (arrow.r#async, false, arrow.body.is_expression())
            }
            _ => (false, false, false),
        };
        if is_generator {
            self.escape(node, &thing);
            return;
        }
        let thing = if is_async {
            if matches!(thing, Thing::Promise(_)) {
                self.awaits(&thing);
            }
            thing.promised()
        } else {
            thing
        };
        // Another `return` may give something else.
        let unsure = unsure || !(is_only || self.returns_once(function));
        self.returned_from(function, node, thing, unsure);
    }

    fn returned_from(&mut self, function: NodeId, node: NodeId, thing: Thing, unsure: bool) {
        if self.reach.is_entry(function) {
            self.awaits(&thing);
            self.mentions(node, &thing);
            return;
        }
        if let Some((call, _)) = syntax::called_by(self.nodes, function) {
            self.push(call, thing, unsure);
            return;
        }
        if let Some((call_node, call, place)) = syntax::passed_to(self.nodes, function) {
            self.returned_to(call_node, call, place, node, thing, unsure);
            return;
        }
        let Some(symbol) = self.reach.symbol_of_function(function) else {
            // Who calls a method is known by its name only.
            match (self.reach.is_method(function), thing.call()) {
                (true, Some(call)) => self.calls[call].goes_elsewhere = true,
                _ => self.escape(node, &thing),
            }
            return;
        };
        self.returned_by(symbol, node, &thing, unsure);
    }

    /// A function of the script with a name returns a thing.
    fn returned_by(&mut self, symbol: SymbolId, node: NodeId, thing: &Thing, unsure: bool) {
        if !syntax::is_constant(symbol, self.scoping) {
            self.escape(node, thing);
            return;
        }
        let mut is_called = false;
        for reference in self.scoping.get_resolved_references(symbol) {
            if !reference.flags().contains(ReferenceFlags::Read) {
                continue;
            }
            is_called = true;
            let place = reference.node_id();
            if let Some((call, _)) = syntax::called_by(self.nodes, place) {
                self.push(call, thing.clone(), unsure);
            } else if let Some((call_node, call, at)) = syntax::passed_to(self.nodes, place) {
                self.returned_to(call_node, call, at, node, thing.clone(), unsure);
            } else {
                self.escape(node, thing);
            }
        }
        if !is_called {
            self.escape(node, thing);
        }
    }

    /// A callback returns a thing.
    fn returned_to(
        &mut self,
        call_node: NodeId,
        call: &'a CallExpression<'a>,
        place: usize,
        node: NodeId,
        thing: Thing,
        unsure: bool,
    ) {
        let is_from = syntax::global_function(call, self.scoping) == Some(("Array", "from"));
        match syntax::method(call) {
            Some(("from", _)) if is_from && place == 1 => {
                self.push(call_node, thing.list(), unsure);
            }
            Some(("then" | "catch", _)) => {
                if matches!(thing, Thing::Promise(_)) {
                    self.awaits(&thing);
                }
                self.push(call_node, thing.promised(), unsure || place > 0);
            }
            Some(("map", _)) if place == 0 => self.push(call_node, thing.list(), unsure),
            Some(("flatMap", _)) if place == 0 => match thing.element() {
                Some(element) => self.push(call_node, element.list(), unsure),
                None => self.escape(node, &thing),
            },
            // What an async function returns is no longer this promise's concern.
            Some(("forEach", _)) => self.mentions(node, &thing),
            Some((name, _)) if EACH.contains(&name) => self.tests(node, &thing),
            _ => self.escape(node, &thing),
        }
    }

    fn returns_once(&self, function: NodeId) -> bool {
        self.reach.returns_of(function) <= 1
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
