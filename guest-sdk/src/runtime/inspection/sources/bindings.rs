//! What variables and parameters may stand for.

use oxc::ast::AstKind;
use oxc::ast::ast::{
    Argument, CallExpression, FormalParameter, IdentifierReference, VariableDeclarator,
};
use oxc::semantic::{NodeId, ReferenceFlags, SymbolFlags, SymbolId};
use oxc::span::GetSpan;

use super::super::callers::{Caller, Role};
use super::super::demand::{Demand, Step};
use super::super::index;
use super::super::{Inspector, syntax};
use super::{Api, Search};

impl<'a> Inspector<'a, '_> {
    pub(super) fn expand_identifier(
        &mut self,
        search: &mut Search<'a>,
        node: NodeId,
        identifier: &'a IdentifierReference<'a>,
        demand: Demand,
    ) {
        match syntax::symbol_of(identifier, self.scoping) {
            Some(symbol) if !self.is_ambient(symbol) => self.expand_symbol(search, symbol, demand),
            _ if identifier.name == "undefined" => {}
            _ => match self.global(identifier.name.as_str()) {
                Some(api) => self.expand_api(&mut search.sources, api, node, demand),
                None => search.other(),
            },
        }
    }

    /// Whether a variable is only declared for its type.
    pub(in super::super) fn is_ambient(&self, symbol: SymbolId) -> bool {
        let flags = self.scoping.symbol_flags(symbol);
        flags.contains(SymbolFlags::Ambient)
    }

    /// Everything that a variable is ever given.
    fn expand_symbol(&mut self, search: &mut Search<'a>, symbol: SymbolId, demand: Demand) {
        let scoping = self.scoping;
        let references = scoping.get_resolved_reference_ids(symbol).len();
        let declaration = syntax::declaration_of(symbol, self.nodes, scoping);
        let Some(declaration) = declaration.filter(|_| references <= syntax::MAX_REFERENCES) else {
            return search.other();
        };
        match self.nodes.kind(declaration) {
            AstKind::VariableDeclarator(declarator) => {
                self.expand_declarator(search, declaration, declarator, symbol, demand);
            }
            AstKind::FormalParameter(parameter) => {
                self.expand_parameter(search, declaration, parameter, symbol, demand);
            }
            AstKind::Function(_) | AstKind::Class(_) => search.ask(declaration, demand),
            _ => return search.other(),
        }
        if scoping.symbol_is_mutated(symbol) && self.work.spend(references) {
            for reference in scoping.get_resolved_references(symbol) {
                if reference.flags().contains(ReferenceFlags::Write) {
                    self.expand_write(search, reference.node_id(), demand);
                }
            }
        }
        // What is put into a list later on is in it too.
        let (_, inner) = self.demands.awaited(demand);
        if let Some((step, rest)) = self.demands.first(inner)
            && step.is_element()
        {
            self.expand_additions(search, symbol, rest);
        }
    }

    /// What is put into the list that a variable is.
    fn expand_additions(&mut self, search: &mut Search<'a>, symbol: SymbolId, rest: Demand) {
        if !search.lists.insert((symbol, rest)) {
            return;
        }
        for place in self.reads_of(symbol) {
            let place = syntax::wrapped(self.nodes, place);
            self.expand_addition(search, place, rest);
        }
    }

    fn expand_declarator(
        &mut self,
        search: &mut Search<'a>,
        node: NodeId,
        declarator: &'a VariableDeclarator<'a>,
        symbol: SymbolId,
        demand: Demand,
    ) {
        let Some(demand) = self.in_pattern(search, &declarator.id, symbol, demand) else {
            return search.other();
        };
        self.expand_declared(search, node, declarator, demand);
    }

    /// What a declaration declares its whole pattern with.
    pub(super) fn expand_declared(
        &mut self,
        search: &mut Search<'a>,
        node: NodeId,
        declarator: &'a VariableDeclarator<'a>,
        demand: Demand,
    ) {
        if let Some(init) = &declarator.init {
            return search.ask(init.node_id(), demand);
        }
        let around = self.nodes.parent_id(self.nodes.parent_id(node));
        match self.nodes.kind(around) {
            AstKind::ForOfStatement(each) => {
                let steps: &[Step<'a>] = if each.r#await {
                    &[Step::Element, Step::Await]
                } else {
                    &[Step::Element]
                };
                self.ask_then(search, each.right.node_id(), steps, demand);
            }
            AstKind::ForInStatement(_) => search.other(),
            // Nothing until it is assigned.
            _ => {}
        }
    }

    fn expand_parameter(
        &mut self,
        search: &mut Search<'a>,
        node: NodeId,
        parameter: &'a FormalParameter<'a>,
        symbol: SymbolId,
        demand: Demand,
    ) {
        match self.in_pattern(search, &parameter.pattern, symbol, demand) {
            Some(demand) => self.expand_given(search, node, parameter, demand),
            None => search.other(),
        }
    }

    /// What a parameter is given, as a whole.
    pub(super) fn expand_given(
        &mut self,
        search: &mut Search<'a>,
        node: NodeId,
        parameter: &'a FormalParameter<'a>,
        demand: Demand,
    ) {
        if let Some(initializer) = &parameter.initializer {
            search.ask(initializer.node_id(), demand);
        }
        let Some((function, place)) = syntax::place_of_parameter(self.nodes, node) else {
            return search.other();
        };
        self.work.spend(place);
        if self.is_entry(function) {
            if place == 0 && self.gives_globals {
                self.expand_api(&mut search.sources, Api::Global, node, demand);
            } else {
                search.other();
            }
            return;
        }
        let callers = self.callers(function);
        if callers.escapes {
            search.other();
        }
        let (is_async, _) = syntax::kind_of_function(self.nodes.kind(function));
        for caller in &callers.sites {
            if !self.work.spend(1 + place) {
                return;
            }
            self.expand_argument(search, *caller, place, is_async, demand);
        }
    }

    fn expand_argument(
        &mut self,
        search: &mut Search<'a>,
        caller: Caller,
        place: usize,
        is_async: bool,
        demand: Demand,
    ) {
        let arguments = match self.nodes.kind(caller.call) {
            AstKind::CallExpression(call) => &call.arguments,
            AstKind::NewExpression(new) => &new.arguments,
            _ => return search.other(),
        };
        match (caller.role, place) {
            (Role::Called, place) => {
                if arguments.iter().take(place + 1).any(Argument::is_spread) {
                    return search.other();
                }
                if let Some(argument) = arguments.get(place).and_then(Argument::as_expression) {
                    search.ask(argument.node_id(), demand);
                }
            }
            (Role::Each(list), 0) | (Role::Compare(list), 0 | 1) | (Role::Fold(list), 1) => {
                self.ask_then(search, list, &[Step::Element], demand);
            }
            (Role::Each(list), 2) | (Role::Fold(list), 3) => search.ask(list, demand),
            (Role::Then(promise), 0) => self.ask_then(search, promise, &[Step::Await], demand),
            // From the second step on it has the promise that the function returned.
            (Role::Fold(_), 0) if is_async => {
                let asked = self.asked_of_promise(demand);
                search.sources.add_promise(caller.call, true, asked);
            }
            _ => search.other(),
        }
    }

    /// What a call adds to a list, one by one.
    pub(super) fn ask_added(
        &mut self,
        search: &mut Search<'a>,
        added: impl Iterator<Item = &'a Argument<'a>>,
        rest: Demand,
    ) {
        for argument in added {
            match argument {
                Argument::SpreadElement(spread) => {
                    let list = spread.argument.node_id();
                    self.ask_then(search, list, &[Step::Element], rest);
                }
                argument => match argument.as_expression() {
                    Some(argument) => search.ask(argument.node_id(), rest),
                    None => search.other(),
                },
            }
        }
    }

    /// What is put into a list at a place that names it.
    fn expand_addition(&mut self, search: &mut Search<'a>, place: NodeId, rest: Demand) {
        let nodes = self.nodes;
        let parent = nodes.parent_id(place);
        match nodes.kind(parent) {
            AstKind::StaticMemberExpression(member) => {
                let from = match member.property.name.as_str() {
                    "push" | "unshift" => 0,
                    "splice" => 2,
                    "fill" => return search.other(),
                    _ => return,
                };
                let Some((_, call)) = syntax::called_by(nodes, parent) else {
                    return search.other();
                };
                self.ask_added(search, call.arguments.iter().skip(from), rest);
            }
            AstKind::ComputedMemberExpression(_) if syntax::is_written(nodes, parent) => {
                match syntax::assigned_to(nodes, parent) {
                    Some(value) => search.ask(value, rest),
                    None => search.other(),
                }
            }
            // Who is given a list may put something into it.
            AstKind::CallExpression(call) => {
                let is_argument = call.callee.span() != nodes.kind(place).span();
                let global = syntax::global_function(call, self.scoping);
                let is_harmless = global.is_some_and(|global| !index::fills(global))
                    || self.calls.contains(parent)
                    || matches!(syntax::method(call), Some(("concat" | "push", _)));
                if !is_argument || is_harmless {
                    return;
                }
                let span = nodes.kind(place).span();
                let parameter = syntax::argument_at(call, span)
                    .and_then(|place| self.parameter_of_call(call, place));
                match parameter {
                    Some(parameter) => self.expand_additions(search, parameter, rest),
                    None => search.other(),
                }
            }
            _ => {}
        }
    }

    /// The variable that gets an argument of a call.
    fn parameter_of_call(
        &mut self,
        call: &'a CallExpression<'a>,
        place: usize,
    ) -> Option<SymbolId> {
        let function = self.function_called(call)?;
        let parameters = syntax::parameters_of(self.nodes.kind(function))?;
        let pattern = &parameters.items.get(place)?.pattern;
        pattern.get_binding_identifier()?.symbol_id.get()
    }
}
