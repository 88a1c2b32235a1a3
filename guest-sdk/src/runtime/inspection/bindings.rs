//! What variables and patterns get.

use oxc::ast::AstKind;
use oxc::ast::ast::{
    ArrayPattern, BindingPattern, ForStatementLeft, FormalParameters, IdentifierReference,
    ObjectPattern,
};
use oxc::semantic::{NodeId, ReferenceFlags, SymbolId};
use oxc::span::GetSpan;

use super::Inspector;
use super::syntax::{self, Named};
use super::thing::Thing;
use crate::contract::{Key, PromiseUseKind};

impl<'a> Inspector<'a, '_> {
    /// A pattern takes a thing apart.
    pub(super) fn bind(&mut self, pattern: &'a BindingPattern<'a>, thing: Thing, unsure: bool) {
        match pattern {
            BindingPattern::BindingIdentifier(identifier) => {
                if let Some(symbol) = identifier.symbol_id.get() {
                    self.bind_symbol(symbol, identifier.node_id.get(), &thing, unsure);
                }
            }
            BindingPattern::AssignmentPattern(assignment) => {
                self.tests(assignment.node_id.get(), &thing);
                let unsure = unsure || !syntax::is_empty(&assignment.right);
                self.bind(&assignment.left, thing, unsure);
            }
            BindingPattern::ObjectPattern(object) => self.bind_object(object, &thing, unsure),
            BindingPattern::ArrayPattern(array) => self.bind_array(array, thing, unsure),
        }
    }

    fn bind_object(&mut self, object: &'a ObjectPattern<'a>, thing: &Thing, unsure: bool) {
        for property in &object.properties {
            let node = property.node_id.get();
            let named = match property.key.as_expression() {
                Some(key) if property.computed => {
                    syntax::computed_name(key, self.nodes, self.scoping)
                }
                _ => Named {
                    name: property.key.static_name().map(std::borrow::Cow::into_owned),
                    index: None,
                    offset: property.key.span().start,
                },
            };
            if let Some(inner) = self.property(node, &named, thing, unsure) {
                self.bind(&property.value, inner, unsure);
            }
        }
        if let Some(rest) = &object.rest {
            match thing {
                Thing::Value { .. } => self.bind(&rest.argument, thing.clone(), unsure),
                _ => self.escape(rest.node_id.get(), thing),
            }
        }
    }

    fn bind_array(&mut self, array: &'a ArrayPattern<'a>, thing: Thing, unsure: bool) {
        let node = array.node_id.get();
        let offset = array.span.start;
        if matches!(thing, Thing::Promise(_)) {
            self.uses_promise(node, offset, &thing, PromiseUseKind::Iterated);
            return;
        }
        if matches!(thing, Thing::Value { .. }) {
            self.read(node, offset, &thing, Key::Element, false, unsure);
        }
        for (place, element) in array.elements.iter().enumerate() {
            if let (Some(pattern), Some(inner)) = (element, thing.element_at(place)) {
                self.bind(pattern, inner, unsure);
            }
        }
        if let Some(rest) = &array.rest {
            let left = match thing {
                Thing::At(place, inner) => match place.checked_sub(array.elements.len()) {
                    Some(place) => Thing::At(place, inner),
                    None => return,
                },
                other => match other.element() {
                    Some(element) => element.list(),
                    None => other,
                },
            };
            self.bind(&rest.argument, left, unsure);
        }
    }

    /// The variable of a loop gets each element.
    pub(super) fn bind_each(
        &mut self,
        left: &'a ForStatementLeft<'a>,
        node: NodeId,
        element: Thing,
        unsure: bool,
    ) {
        let ForStatementLeft::VariableDeclaration(declaration) = left else {
            self.escape(node, &element);
            return;
        };
        if let Some(declarator) = declaration.declarations.first() {
            self.bind(&declarator.id, element, unsure);
        }
    }

    /// A parameter gets a thing.
    pub(super) fn bind_parameter(
        &mut self,
        parameters: &'a FormalParameters<'a>,
        place: usize,
        thing: Thing,
        unsure: bool,
    ) {
        let Some(parameter) = parameters.items.get(place) else {
            return;
        };
        if let Some(initializer) = &parameter.initializer {
            self.tests(parameter.node_id.get(), &thing);
            let unsure = unsure || !syntax::is_empty(initializer);
            self.bind(&parameter.pattern, thing, unsure);
        } else {
            self.bind(&parameter.pattern, thing, unsure);
        }
    }

    /// A variable gets a thing; `node` is what to name where it gets lost.
    pub(super) fn bind_symbol(
        &mut self,
        symbol: SymbolId,
        node: NodeId,
        thing: &Thing,
        unsure: bool,
    ) {
        if !syntax::is_constant(symbol, self.scoping) && !self.is_set_once(symbol) {
            self.escape(node, thing);
            return;
        }
        let mut is_read = false;
        for reference in self.scoping.get_resolved_references(symbol) {
            if reference.flags().contains(ReferenceFlags::Read) {
                is_read = true;
                self.push(reference.node_id(), thing.clone(), unsure);
            }
        }
        if !is_read {
            self.mentions(node, thing);
        }
    }

    /// The variable an identifier means, if it has no initial value and this is
    /// its only assignment.
    pub(super) fn set_once(&self, identifier: &IdentifierReference<'a>) -> Option<SymbolId> {
        let symbol = syntax::symbol_of(identifier, self.scoping)?;
        self.is_set_once(symbol).then_some(symbol)
    }

    fn is_set_once(&self, symbol: SymbolId) -> bool {
        let AstKind::VariableDeclarator(declarator) =
            self.nodes.kind(self.scoping.symbol_declaration(symbol))
        else {
            return false;
        };
        let loops = matches!(
            self.nodes
                .parent_kind(self.nodes.parent_id(declarator.node_id.get())),
            AstKind::ForOfStatement(_) | AstKind::ForInStatement(_)
        );
        let writes = self
            .scoping
            .get_resolved_references(symbol)
            .filter(|reference| reference.is_write());
        declarator.init.is_none()
            && !loops
            && writes.count() == 1
            && self.scoping.symbol_redeclarations(symbol).is_empty()
    }
}
