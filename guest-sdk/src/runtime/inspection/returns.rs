//! What functions of the script return, and to whom.

use oxc::ast::AstKind;
use oxc::ast::ast::CallExpression;
use oxc::semantic::{NodeId, ReferenceFlags, SymbolId};

use super::Inspector;
use super::methods::EACH;
use super::syntax;
use super::thing::Thing;

impl<'a> Inspector<'a, '_> {
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
