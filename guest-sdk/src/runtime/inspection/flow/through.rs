//! Ways on: into variables, parameters and lists, and out of functions.

use oxc::ast::AstKind;
use oxc::ast::ast::{
    Argument, AssignmentTarget, BindingPattern, CallExpression, Expression, VariableDeclarator,
};
use oxc::semantic::{NodeId, SymbolId};
use oxc::span::GetSpan;

use super::super::callers::Role;
use super::super::{Inspector, syntax};
use super::{FateKind, Walk};

impl<'a> Inspector<'a, '_> {
    pub(super) fn go_through_declarator(
        &mut self,
        walk: &mut Walk<'a>,
        node: NodeId,
        declarator: &'a VariableDeclarator<'a>,
        lists: usize,
    ) {
        let around = self.nodes.parent_kind(node);
        let is_using = matches!(
            around,
            AstKind::VariableDeclaration(declaration) if declaration.kind.is_using()
        );
        if is_using {
            return walk.end(FateKind::Escapes, lists);
        }
        self.go_through_pattern(walk, &declarator.id, lists);
    }

    pub(super) fn go_through_pattern(
        &mut self,
        walk: &mut Walk<'a>,
        pattern: &'a BindingPattern<'a>,
        lists: usize,
    ) {
        if walk.is_cut || !self.work.spend(1) {
            return;
        }
        match pattern {
            BindingPattern::BindingIdentifier(identifier) => {
                self.go_to_symbol(walk, identifier.symbol_id.get(), lists);
            }
            BindingPattern::AssignmentPattern(assignment) => {
                self.go_through_pattern(walk, &assignment.left, lists);
            }
            BindingPattern::ObjectPattern(object) => {
                walk.end(FateKind::Taken, lists);
                if let Some(rest) = &object.rest {
                    self.go_through_pattern(walk, &rest.argument, lists);
                }
            }
            BindingPattern::ArrayPattern(array) if lists > 0 => {
                for element in array.elements.iter().flatten() {
                    self.go_through_pattern(walk, element, lists - 1);
                }
                if let Some(rest) = &array.rest {
                    self.go_through_pattern(walk, &rest.argument, lists);
                }
            }
            BindingPattern::ArrayPattern(_) => walk.end(FateKind::Taken, lists),
        }
    }

    pub(super) fn go_to_symbol(
        &mut self,
        walk: &mut Walk<'a>,
        symbol: Option<SymbolId>,
        lists: usize,
    ) {
        let Some(symbol) = symbol else {
            return walk.end(FateKind::Escapes, lists);
        };
        let reads = self.reads_of(symbol);
        if reads.is_empty() {
            walk.end(
                FateKind::Discarded(self.scoping.symbol_declaration(symbol)),
                lists,
            );
        }
        for read in reads {
            walk.go(read, lists);
        }
    }

    pub(super) fn go_to_target(
        &mut self,
        walk: &mut Walk<'a>,
        target: &'a AssignmentTarget<'a>,
        lists: usize,
    ) {
        let name = match target {
            AssignmentTarget::AssignmentTargetIdentifier(identifier) => {
                let symbol = syntax::symbol_of(identifier, self.scoping);
                return self.go_to_symbol(walk, symbol, lists);
            }
            target => target.as_simple_assignment_target(),
        };
        let name = name.and_then(|target| {
            let kind = self.nodes.kind(target.node_id());
            syntax::member_name(kind, self.nodes, self.scoping)
        });
        walk.end(name.map_or(FateKind::Escapes, FateKind::Stored), lists);
    }

    pub(super) fn go_to_parameter(
        &mut self,
        walk: &mut Walk<'a>,
        function: NodeId,
        place: usize,
        lists: usize,
    ) {
        let Some(parameters) = syntax::parameters_of(self.nodes.kind(function)) else {
            return walk.end(FateKind::Escapes, lists);
        };
        if self.index.takes_all.contains(&function) {
            walk.end(FateKind::Escapes, lists);
        }
        match parameters.items.get(place) {
            Some(parameter) => {
                let is_property = parameter.accessibility.is_some() || parameter.readonly;
                if is_property && let Some(name) = parameter.pattern.get_binding_identifier() {
                    walk.end(FateKind::Stored(name.name.as_str()), lists);
                }
                self.go_through_pattern(walk, &parameter.pattern, lists);
            }
            None if parameters.rest.is_none() => walk.end(FateKind::Discarded(function), lists),
            None => walk.end(FateKind::Escapes, lists),
        }
    }

    pub(super) fn go_through_call(
        &mut self,
        walk: &mut Walk<'a>,
        node: NodeId,
        call: &'a CallExpression<'a>,
        part: NodeId,
        lists: usize,
    ) {
        let span = self.nodes.kind(part).span();
        if call.callee.span() == span {
            return walk.end(FateKind::Called(node), lists);
        }
        let Some(place) = syntax::argument_at(call, span) else {
            return walk.end(FateKind::Escapes, lists);
        };
        self.work.spend(place);
        if call.arguments.iter().take(place).any(Argument::is_spread) {
            return walk.end(FateKind::Escapes, lists);
        }
        if let Some(function) = syntax::global_function(call, self.scoping) {
            return match function {
                ("Promise", "all" | "allSettled" | "race" | "any") if lists > 0 => {
                    walk.go(node, lists - 1);
                }
                ("Promise", "resolve") | ("Object", "freeze") => walk.go(node, lists),
                ("Array", "from") if lists > 0 && place == 0 && call.arguments.len() == 1 => {
                    walk.go(node, lists);
                }
                ("Boolean" | "Array", "" | "isArray") => walk.end(FateKind::Tested, lists),
                _ => walk.end(FateKind::Argument(node, place), lists),
            };
        }
        if let Some(list) = self.list_filled_by(call) {
            return self.go_to_symbol(walk, Some(list), lists + 1);
        }
        match self.function_called(call) {
            Some(function) => self.go_to_parameter(walk, function, place, lists),
            None => walk.end(FateKind::Argument(node, place), lists),
        }
    }

    /// The list of the script's own that a call adds its arguments to.
    pub(super) fn list_filled_by(&self, call: &'a CallExpression<'a>) -> Option<SymbolId> {
        let (name, _) = syntax::method(call)?;
        let object = syntax::object_of_method(call)?;
        if !matches!(name, "push" | "unshift") {
            return None;
        }
        let identifier = self.nodes.kind(object).as_identifier_reference()?;
        let symbol = syntax::symbol_of(identifier, self.scoping)?;
        let starts = syntax::initial_value(symbol, self.nodes, self.scoping)?;
        matches!(starts, Expression::ArrayExpression(_)).then_some(symbol)
    }

    /// What becomes of what is in a list, at a member of that.
    pub(super) fn go_through_list(&mut self, walk: &mut Walk<'a>, member: NodeId, lists: usize) {
        let nodes = self.nodes;
        let name = syntax::member_name(nodes.kind(member), nodes, self.scoping);
        let Some(name) = name else {
            return walk.go(member, lists - 1);
        };
        if name == "length" {
            return;
        }
        match (name, syntax::called_by(nodes, member)) {
            ("push" | "unshift", Some(_)) => {}
            ("at" | "pop" | "shift", Some((call, _))) => walk.go(call, lists - 1),
            ("slice" | "reverse" | "concat" | "filter" | "splice", Some((call, _))) => {
                walk.go(call, lists);
            }
            _ => walk.end(FateKind::Escapes, lists),
        }
    }

    /// From what a generator yields to where it is called.
    pub(super) fn go_through_yield(&mut self, walk: &mut Walk<'a>, node: NodeId, lists: usize) {
        let Some(function) = self.index.function_around(node) else {
            return walk.end(FateKind::Escapes, lists);
        };
        let callers = self.callers(function);
        if callers.escapes || callers.sites.is_empty() {
            return walk.end(FateKind::Escapes, lists);
        }
        for caller in &callers.sites {
            walk.go(caller.call, lists);
        }
    }

    /// From what a function returns to where it is called.
    pub(super) fn go_through_return(&mut self, walk: &mut Walk<'a>, node: NodeId, lists: usize) {
        let nodes = self.nodes;
        let function = if nodes.kind(node).is_function_like() {
            Some(node)
        } else {
            self.index.function_around(node)
        };
        let Some(function) = function.filter(|function| !self.is_entry(*function)) else {
            return walk.end(FateKind::Returned, lists);
        };
        let (is_async, is_generator) = syntax::kind_of_function(nodes.kind(function));
        let callers = self.callers(function);
        if callers.escapes || is_generator || (callers.sites.is_empty() && !callers.is_empty) {
            return walk.end(FateKind::Escapes, lists);
        }
        for caller in &callers.sites {
            match caller.role {
                Role::Called | Role::Then(_) => walk.go(caller.call, lists),
                Role::Each(_) => match self.method_of(caller.call) {
                    Some("map" | "from") => walk.go(caller.call, lists + 1),
                    Some("flatMap") if lists > 0 => walk.go(caller.call, lists),
                    // What an async function returns is not this promise's concern.
                    Some("forEach") if is_async => walk.end(FateKind::Escapes, lists),
                    Some("forEach") => walk.end(FateKind::Discarded(caller.call), lists),
                    Some("filter" | "find" | "some" | "every" | "findIndex" | "findLast") => {
                        walk.end(FateKind::Tested, lists);
                    }
                    _ => walk.end(FateKind::Escapes, lists),
                },
                Role::Compare(_) | Role::Fold(_) | Role::Plain => {
                    walk.end(FateKind::Escapes, lists);
                }
            }
        }
    }
}
