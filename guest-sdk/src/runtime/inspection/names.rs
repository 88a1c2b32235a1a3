//! Where inspection starts: names that are not the script's own, or not yet.

use std::collections::BTreeSet;

use oxc::ast::AstKind;
use oxc::ast::ast::{Expression, IdentifierReference};
use oxc::semantic::{NodeId, ReferenceFlags, SymbolFlags, SymbolId};
use oxc::span::{GetSpan, Span};
use oxc::syntax::operator::UnaryOperator;

use super::facts::Use;
use super::sources::Api;
use super::syntax;
use super::{Inspector, MAX_USES};
use crate::contract::ApiTarget;
use crate::runtime::errors::hints;
use crate::runtime::namespaces;

/// Names of the script that those are compared with that nothing declares, over all.
const MAX_COMPARED: usize = 10_000;

/// What a global name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Tools,
    CallTool,
    GlobalThis,
    Server,
    /// Something of the language or the sandbox.
    Global,
    Nothing,
}

impl<'a> Inspector<'a, '_> {
    /// What a global stands for, if it is a way to the API.
    pub(super) fn global(&mut self, name: &'a str) -> Option<Api<'a>> {
        match self.known(name) {
            Known::Tools => Some(Api::Tools),
            Known::CallTool => Some(Api::CallTool),
            Known::GlobalThis => Some(Api::Global),
            Known::Server => Some(Api::Namespace(name)),
            Known::Global | Known::Nothing => None,
        }
    }

    fn known(&mut self, name: &str) -> Known {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let known = match name {
            "tools" => Known::Tools,
            "callTool" => Known::CallTool,
            "globalThis" => Known::GlobalThis,
            "arguments" => Known::Global,
            _ if namespaces::GLOBALS.contains(&name) || (self.names.is_global)(name) => {
                Known::Global
            }
            _ if self.names.servers.iter().any(|server| server.ident == name) => Known::Server,
            _ => Known::Nothing,
        };
        self.known.insert(name.to_owned(), known);
        known
    }

    /// Looks at a name that may not be the script's own.
    pub(super) fn identifier(&mut self, node: NodeId, identifier: &'a IdentifierReference<'a>) {
        let Some(reference) = identifier.reference_id.get() else {
            return;
        };
        let reference = self.scoping.get_reference(reference);
        let flags = reference.flags();
        let symbol = reference.symbol_id();
        if flags.intersects(ReferenceFlags::Type | ReferenceFlags::ValueAsType) {
            return;
        }
        let name = identifier.name.as_str();
        if let Some(symbol) = symbol.filter(|symbol| !self.is_ambient(*symbol)) {
            if flags.contains(ReferenceFlags::Read) && self.is_too_early(node, symbol) {
                let name = name.to_owned();
                self.note_name(node, ApiTarget::TooEarly { name });
            }
            return;
        }
        if flags.contains(ReferenceFlags::Write) {
            self.guards.globals.insert(name.to_owned());
        }
        if !flags.contains(ReferenceFlags::Read) {
            return;
        }
        if let Some(api) = self.global(name) {
            return self.note_birth(node, api);
        }
        if self.known(name) == Known::Global || symbol.is_some() {
            return;
        }
        let parent = self.nodes.parent_kind(syntax::wrapped(self.nodes, node));
        let is_asked = matches!(
            parent,
            AstKind::UnaryExpression(unary) if unary.operator == UnaryOperator::Typeof
        );
        if is_asked {
            self.guards.globals.insert(name.to_owned());
        } else {
            self.undeclared.push(node);
        }
    }

    /// Turns names that nothing declares into uses.
    pub(super) fn report_undeclared(&mut self) {
        // Out of strict mode a function in a block is known outside of it.
        let functions: BTreeSet<&str> = self
            .scoping
            .symbol_ids()
            .filter(|symbol| {
                self.scoping
                    .symbol_flags(*symbol)
                    .contains(SymbolFlags::Function)
            })
            .map(|symbol| self.scoping.symbol_name(symbol))
            .collect();
        let (mut compared, mut told) = (0, 0);
        for node in std::mem::take(&mut self.undeclared) {
            if told > MAX_USES {
                self.incomplete = true;
                break;
            }
            let kind = self.nodes.kind(node);
            let Some(identifier) = kind.as_identifier_reference() else {
                continue;
            };
            let name = identifier.name.as_str();
            if functions.contains(name) || self.guards.globals.contains(name) {
                continue;
            }
            told += 1;
            let outer = syntax::wrapped(self.nodes, node);
            let member = member_read(self.nodes.parent_kind(outer), self.nodes.kind(outer));
            let near = self.own_name_like(name, node, &mut compared);
            let target = ApiTarget::Undeclared {
                name: name.to_owned(),
                member: member.map(str::to_owned),
                near: near.map(str::to_owned),
                hint: hints::no_such_global(name, self.names.servers),
            };
            self.note_name(node, target);
        }
    }

    /// Notes a name that cannot be read where it stands.
    fn note_name(&mut self, node: NodeId, target: ApiTarget) {
        self.uses.push(Use {
            birth: node,
            place: node,
            offset: self.nodes.kind(node).span().start,
            target,
            guarded: false,
            call: None,
        });
    }

    /// The likest of the names that the script has in scope at a node.
    fn own_name_like(&self, name: &str, node: NodeId, compared: &mut usize) -> Option<&str> {
        if hints::is_of_elsewhere(name) {
            return None;
        }
        let scope = self.nodes.get_node(node).scope_id();
        let scopes = self.scoping.scope_ancestors(scope);
        let symbols = scopes.flat_map(|scope| self.scoping.get_bindings(scope).values().copied());
        let names = symbols
            .take(MAX_COMPARED.saturating_sub(*compared))
            .inspect(|_| *compared += 1)
            .filter(|symbol| {
                let is_value = self.scoping.symbol_flags(*symbol).is_value();
                is_value && !self.is_ambient(*symbol) && !self.is_too_early(node, *symbol)
            })
            .map(|symbol| self.scoping.symbol_name(symbol));
        hints::likest(name, names)
    }

    /// Whether a variable is read where it surely has no value yet: before its
    /// declaration, or in the expression that gives it its first value.
    fn is_too_early(&self, node: NodeId, symbol: SymbolId) -> bool {
        let nodes = self.nodes;
        let declared = self.scoping.symbol_declaration(symbol);
        let AstKind::VariableDeclarator(declarator) = nodes.kind(declared) else {
            return false;
        };
        let AstKind::VariableDeclaration(declaration) = nodes.parent_kind(declared) else {
            return false;
        };
        let is_export = matches!(nodes.parent_kind(node), AstKind::ExportSpecifier(_));
        if !declaration.kind.is_lexical()
            || is_export
            || !self.scoping.symbol_redeclarations(symbol).is_empty()
        {
            return false;
        }
        let start = nodes.kind(node).span().start;
        let is_in = |span: Span| (span.start..span.end).contains(&start);
        let each = match nodes.parent_kind(nodes.parent_id(declared)) {
            AstKind::ForOfStatement(each) => Some(each.right.span()),
            AstKind::ForInStatement(each) => Some(each.right.span()),
            _ => None,
        };
        let is_before = start < declarator.span.start
            || declarator
                .init
                .as_ref()
                .is_some_and(|init| is_in(init.span()))
            || each.is_some_and(is_in);
        // A function may be called later, and a class makes its objects later.
        let body_around = |node| {
            let mut around = nodes.ancestor_ids(node);
            around.find(|outer| {
                let kind = nodes.kind(*outer);
                kind.is_function_like() || kind.as_class().is_some()
            })
        };
        is_before
            && self.climbs(node)
            && self.climbs(declared)
            && body_around(node) == body_around(declared)
    }

    /// Whether a string may be a name that is looked for before it is used: anything
    /// but the names by which the API is reached.
    pub(super) fn is_mentioned(&self, literal: NodeId) -> bool {
        let outer = syntax::wrapped(self.nodes, literal);
        match self.nodes.parent_kind(outer) {
            AstKind::ComputedMemberExpression(_)
            | AstKind::BindingProperty(_)
            | AstKind::VariableDeclarator(_) => false,
            AstKind::CallExpression(call) => !self.calls.contains(call.node_id.get()),
            _ => true,
        }
    }

    pub(super) fn is_async(&self, callback: &'a Expression<'a>) -> bool {
        if let Some((_, is_async)) = syntax::function(callback) {
            return is_async;
        }
        let Expression::Identifier(identifier) = callback else {
            return false;
        };
        let Some(symbol) = syntax::symbol_of(identifier, self.scoping) else {
            return false;
        };
        if let AstKind::Function(function) =
            self.nodes.kind(self.scoping.symbol_declaration(symbol))
        {
            return function.r#async && syntax::is_constant(symbol, self.scoping);
        }
        syntax::constant_value(symbol, self.nodes, self.scoping)
            .and_then(syntax::function)
            .is_some_and(|(_, is_async)| is_async)
    }
}

/// Whether code that is made at run time is run.
pub(super) fn is_evaluation(callee: &Expression<'_>) -> bool {
    matches!(
        syntax::bare(callee),
        Expression::Identifier(identifier) if identifier.name == "eval" || identifier.name == "Function"
    )
}

/// The property that is read from an expression, by name.
pub(super) fn member_read<'a>(parent: AstKind<'a>, node: AstKind<'a>) -> Option<&'a str> {
    match parent {
        AstKind::StaticMemberExpression(member) => Some(member.property.name.as_str()),
        AstKind::ComputedMemberExpression(member) if member.object.span() == node.span() => {
            match &member.expression {
                Expression::StringLiteral(name) => Some(name.value.as_str()),
                _ => None,
            }
        }
        _ => None,
    }
}
