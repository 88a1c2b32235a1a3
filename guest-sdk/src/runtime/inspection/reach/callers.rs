//! Whether functions are called, by all that is known of who calls them.

use oxc::ast::AstKind;
use oxc::ast::ast::{BindingPattern, Expression, FunctionType, MethodDefinitionKind};
use oxc::semantic::{NodeId, ReferenceFlags, SymbolId};
use oxc::span::GetSpan;

use super::super::methods::EACH;
use super::super::syntax;
use super::Reach;

/// Functions that call each other which are followed.
const MAX_DEPTH: usize = 24;
/// Calls of a method that are looked at.
const MAX_CALLS: usize = 64;

/// Methods besides those of lists that call what they get.
const CALLING: [&str; 6] = [
    "then",
    "finally",
    "sort",
    "toSorted",
    "reduce",
    "reduceRight",
];

impl Reach<'_, '_> {
    /// Whether a function is sure to be called.
    pub(super) fn function(&mut self, function: NodeId, depth: usize) -> bool {
        if let Some(known) = self.functions.get(&function) {
            return *known;
        }
        if depth > MAX_DEPTH {
            return false;
        }
        // A function that only calls itself is never reached.
        self.functions.insert(function, false);
        let reached = self.is_called(function, depth + 1);
        self.functions.insert(function, reached);
        reached
    }

    fn is_called(&mut self, function: NodeId, depth: usize) -> bool {
        if self.is_entry(function) {
            return true;
        }
        // The failure of an async function is in the promise it returns.
        let is_async = match self.nodes.kind(function) {
            AstKind::Function(declared) => declared.r#async,
            AstKind::ArrowFunctionExpression(arrow) => arrow.r#async,
            _ => false,
        };
        if let Some(symbol) = self.symbol_of_function(function) {
            return self.is_symbol_called(symbol, is_async, depth);
        }
        let outer = syntax::wrapped(self.nodes, function);
        if self.is_place_called(outer, is_async, depth) {
            return true;
        }
        let span = self.nodes.kind(outer).span();
        let parent = self.nodes.parent_id(outer);
        match self.nodes.kind(parent) {
            AstKind::NewExpression(new) => {
                let is_promise = matches!(
                    syntax::bare(&new.callee),
                    Expression::Identifier(identifier) if identifier.name == "Promise"
                );
                is_promise && self.climb(parent, depth)
            }
            AstKind::MethodDefinition(method) => match method.kind {
                MethodDefinitionKind::Constructor => self.is_made(parent, depth),
                MethodDefinitionKind::Method => {
                    let name = method.key.static_name();
                    name.is_some_and(|name| self.is_method_called(&name, depth))
                }
                MethodDefinitionKind::Get | MethodDefinitionKind::Set => false,
            },
            AstKind::PropertyDefinition(property) => {
                let name = property.key.static_name();
                name.is_some_and(|name| self.is_method_called(&name, depth))
            }
            AstKind::ObjectProperty(property) if property.value.span() == span => {
                let name = property.key.static_name();
                name.is_some_and(|name| self.is_method_called(&name, depth))
            }
            _ => false,
        }
    }

    /// Whether a function is reached through an object only.
    pub(in crate::runtime::inspection) fn is_method(&self, function: NodeId) -> bool {
        let outer = syntax::wrapped(self.nodes, function);
        matches!(
            self.nodes.parent_kind(outer),
            AstKind::MethodDefinition(_)
                | AstKind::PropertyDefinition(_)
                | AstKind::ObjectProperty(_)
        )
    }

    /// The variable that holds a function.
    pub(in crate::runtime::inspection) fn symbol_of_function(
        &self,
        function: NodeId,
    ) -> Option<SymbolId> {
        if let AstKind::Function(declared) = self.nodes.kind(function)
            && declared.r#type == FunctionType::FunctionDeclaration
        {
            return declared.id.as_ref()?.symbol_id.get();
        }
        let outer = syntax::wrapped(self.nodes, function);
        let AstKind::VariableDeclarator(declarator) = self.nodes.parent_kind(outer) else {
            return None;
        };
        match &declarator.id {
            BindingPattern::BindingIdentifier(identifier) => identifier.symbol_id.get(),
            _ => None,
        }
    }

    fn is_symbol_called(&mut self, symbol: SymbolId, is_async: bool, depth: usize) -> bool {
        let scoping = self.scoping;
        scoping
            .get_resolved_references(symbol)
            .filter(|reference| reference.flags().contains(ReferenceFlags::Read))
            .any(|reference| self.is_place_called(reference.node_id(), is_async, depth))
    }

    /// Whether a function at a place is called there, in view of all.
    fn is_place_called(&mut self, node: NodeId, is_async: bool, depth: usize) -> bool {
        if let Some((call, _)) = syntax::called_by(self.nodes, node) {
            return (!is_async || self.is_seen(call)) && self.climb(call, depth);
        }
        let Some((call_node, call, place)) = syntax::passed_to(self.nodes, node) else {
            return false;
        };
        let is_from = syntax::global_function(call, self.scoping) == Some(("Array", "from"));
        let calls = match syntax::method(call) {
            Some(("from", _)) => is_from && place == 1,
            Some((name, _)) => place == 0 && (EACH.contains(&name) || CALLING.contains(&name)),
            None => false,
        };
        calls && (!is_async || self.is_seen(call_node)) && self.climb(call_node, depth)
    }

    /// Whether the failure of a call is not lost in a promise that something
    /// else copes with later.
    fn is_seen(&self, call: NodeId) -> bool {
        if !self.copes {
            return true;
        }
        let nodes = self.nodes;
        let mut node = call;
        loop {
            let parent = nodes.parent_id(node);
            match nodes.kind(parent) {
                AstKind::AwaitExpression(_)
                | AstKind::ReturnStatement(_)
                | AstKind::ExpressionStatement(_)
                | AstKind::ArrowFunctionExpression(_) => return true,
                AstKind::ArrayExpression(_) | AstKind::SpreadElement(_) => node = parent,
                AstKind::CallExpression(outer)
                    if syntax::global_function(outer, self.scoping) == Some(("Promise", "all")) =>
                {
                    node = parent;
                }
                kind if syntax::is_wrapper(&kind) => node = parent,
                _ => return false,
            }
        }
    }

    fn is_method_called(&mut self, name: &str, depth: usize) -> bool {
        let calls = self.methods.get(name).cloned().unwrap_or_default();
        calls
            .into_iter()
            .take(MAX_CALLS)
            .any(|call| self.is_seen(call) && self.climb(call, depth))
    }

    /// Whether an object of the class around a constructor is made.
    fn is_made(&mut self, constructor: NodeId, depth: usize) -> bool {
        let nodes = self.nodes;
        let class = nodes
            .ancestor_kinds(constructor)
            .find_map(AstKind::as_class);
        let Some(symbol) = class
            .and_then(|class| class.id.as_ref())
            .and_then(|id| id.symbol_id.get())
        else {
            return false;
        };
        let scoping = self.scoping;
        scoping.get_resolved_references(symbol).any(|reference| {
            let parent = nodes.parent_id(reference.node_id());
            matches!(nodes.kind(parent), AstKind::NewExpression(_)) && self.climb(parent, depth)
        })
    }
}
