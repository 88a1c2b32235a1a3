//! Where inspection starts: names that are not the script's own.

use oxc::ast::AstKind;
use oxc::ast::ast::{
    CallExpression, Expression, FormalParameters, IdentifierReference, ObjectPropertyKind,
};
use oxc::semantic::{NodeId, ReferenceFlags, SymbolFlags};
use oxc::span::GetSpan;
use oxc::syntax::operator::UnaryOperator;

use super::Inspector;
use super::syntax;
use super::thing::Thing;
use crate::runtime::namespaces;
use crate::runtime::source::may_be_globals;

/// How far up from a string its use is looked for.
const MAX_CLIMB: usize = 12;
/// Methods that look for something.
const SEEKING: [&str; 6] = ["includes", "has", "indexOf", "hasOwn", "some", "find"];

/// What a global name is.
#[derive(Clone)]
pub(super) enum Known {
    /// A way to the API.
    Api(Thing),
    /// Something of the language or the sandbox.
    Global,
    Nothing,
}

impl<'a> Inspector<'a, '_> {
    /// Looks at every node once and finds what to follow.
    pub(super) fn start(&mut self) {
        let nodes = self.nodes;
        for node in nodes.iter() {
            match node.kind() {
                AstKind::IdentifierReference(identifier) => self.identifier(node.id(), identifier),
                AstKind::ThisExpression(_) if self.is_outside_functions(node.id()) => {
                    self.push(node.id(), Thing::Global, false);
                }
                AstKind::CallExpression(call) => self.look_at_call(call),
                AstKind::StringLiteral(literal) if self.is_compared(node.id()) => {
                    self.guards.compared.insert(literal.value.to_string());
                }
                AstKind::NewExpression(new) => self.incomplete |= is_evaluation(&new.callee),
                AstKind::StaticMemberExpression(member) if syntax::is_written(nodes, node.id()) => {
                    self.guards
                        .assigned
                        .insert(member.property.name.to_string());
                }
                AstKind::ComputedMemberExpression(member)
                    if syntax::is_written(nodes, node.id()) =>
                {
                    if let Some(name) = syntax::string(&member.expression, nodes, self.scoping) {
                        self.guards.assigned.insert(name.to_owned());
                    }
                }
                _ => {}
            }
        }
        if let Some(function) = self.reach.entry()
            && let Some(parameters) = parameters_of(nodes.kind(function))
            && may_be_globals(parameters)
        {
            self.bind_parameter(parameters, 0, Thing::Global, false);
        }
    }

    /// What a global stands for.
    pub(super) fn global(&mut self, name: &str) -> Option<Thing> {
        match self.known(name) {
            Known::Api(thing) => Some(thing),
            Known::Global | Known::Nothing => None,
        }
    }

    fn known(&mut self, name: &str) -> Known {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let known = match name {
            "tools" => Known::Api(Thing::Tools),
            "callTool" => Known::Api(Thing::CallTool),
            "globalThis" => Known::Api(Thing::Global),
            "arguments" => Known::Global,
            _ if namespaces::GLOBALS.contains(&name) || (self.names.is_global)(name) => {
                Known::Global
            }
            _ if self.names.servers.iter().any(|server| server.ident == name) => {
                Known::Api(Thing::Namespace(name.to_owned()))
            }
            _ => Known::Nothing,
        };
        self.known.insert(name.to_owned(), known.clone());
        known
    }

    fn identifier(&mut self, node: NodeId, identifier: &IdentifierReference<'a>) {
        let Some(reference) = identifier.reference_id.get() else {
            return;
        };
        let reference = self.scoping.get_reference(reference);
        let flags = reference.flags();
        let is_declared = reference.symbol_id().is_some_and(|symbol| {
            // What is only declared for its type is a global.
            !self
                .scoping
                .symbol_flags(symbol)
                .contains(SymbolFlags::Ambient)
        });
        if is_declared || flags.intersects(ReferenceFlags::Type | ReferenceFlags::ValueAsType) {
            return;
        }
        let name = identifier.name.as_str();
        if flags.contains(ReferenceFlags::Write) {
            self.guards.globals.insert(name.to_owned());
        }
        if !flags.contains(ReferenceFlags::Read) {
            return;
        }
        match self.known(name) {
            Known::Api(thing) => self.push(node, thing, false),
            Known::Global => {}
            Known::Nothing if reference.symbol_id().is_some() => {}
            Known::Nothing => {
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
        }
    }

    fn look_at_call(&mut self, call: &'a CallExpression<'a>) {
        self.incomplete |= is_evaluation(&call.callee);
        if let Some(("forEach", span)) = syntax::method(call)
            && let Some(callback) = syntax::argument(call, 0)
            && self.is_async(callback)
        {
            self.async_for_each.push(span.start);
        }
        let assigns = matches!(
            syntax::global_function(call, self.scoping),
            Some((
                "Object" | "Reflect",
                "assign" | "defineProperty" | "defineProperties" | "set"
            ))
        );
        if !assigns {
            return;
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

    /// Whether a string decides something: a name that is looked for before it
    /// is used.
    fn is_compared(&self, literal: NodeId) -> bool {
        let nodes = self.nodes;
        let mut span = nodes.kind(literal).span();
        for kind in nodes.ancestor_kinds(literal).take(MAX_CLIMB) {
            let decides = match kind {
                AstKind::IfStatement(branch) => return branch.test.span() == span,
                AstKind::ConditionalExpression(branch) => branch.test.span() == span,
                AstKind::LogicalExpression(logical) => logical.left.span() == span,
                AstKind::SwitchCase(case) => {
                    return case.test.as_ref().map(GetSpan::span) == Some(span);
                }
                AstKind::BinaryExpression(binary) => binary.operator.is_equality(),
                AstKind::CallExpression(call) => {
                    call.callee.span() != span
                        && syntax::method(call).is_some_and(|(name, _)| SEEKING.contains(&name))
                }
                AstKind::ExpressionStatement(_)
                | AstKind::VariableDeclaration(_)
                | AstKind::FunctionBody(_)
                | AstKind::BlockStatement(_) => return false,
                _ => false,
            };
            if decides {
                return true;
            }
            span = kind.span();
        }
        false
    }

    fn is_async(&self, callback: &'a Expression<'a>) -> bool {
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

    /// Whether `this` is the global object at a place.
    fn is_outside_functions(&self, node: NodeId) -> bool {
        !self
            .nodes
            .ancestor_kinds(node)
            .any(|kind| matches!(kind, AstKind::Function(_) | AstKind::Class(_)))
    }
}

fn parameters_of(kind: AstKind<'_>) -> Option<&FormalParameters<'_>> {
    match kind {
        AstKind::Function(function) => Some(&function.params),
        AstKind::ArrowFunctionExpression(arrow) => Some(&arrow.params),
        _ => None,
    }
}

/// Whether code that is made at run time is run.
fn is_evaluation(callee: &Expression<'_>) -> bool {
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
