//! Functions and classes, and what `this` is in them.

use oxc::ast::AstKind;
use oxc::ast::ast::{Expression, FormalParameters, MethodDefinitionKind, PropertyKind};
use oxc::semantic::{AstNodes, NodeId, SymbolId};

use super::{Scopes, bare, constant_value, declaration_of, is_constant, symbol_of};

/// What `this` is at a place.
pub(in super::super) enum This {
    /// An object of a class.
    Instance(NodeId),
    /// The class itself.
    Class(NodeId),
    /// An object that is written out.
    Object(NodeId),
}

/// The parameters of a function, and whether it is async.
pub(in super::super) fn function<'a>(
    expression: &'a Expression<'a>,
) -> Option<(&'a FormalParameters<'a>, bool)> {
    match bare(expression) {
        Expression::ArrowFunctionExpression(arrow) => Some((&arrow.params, arrow.r#async)),
        Expression::FunctionExpression(function) => Some((&function.params, function.r#async)),
        _ => None,
    }
}

/// The innermost function around a node.
pub(in super::super) fn function_around(nodes: &AstNodes<'_>, node: NodeId) -> Option<NodeId> {
    nodes
        .ancestor_ids(node)
        .find(|ancestor| nodes.kind(*ancestor).is_function_like())
}

/// Whether a function is async, and whether it is a generator.
pub(in super::super) fn kind_of_function(kind: AstKind<'_>) -> (bool, bool) {
    match kind {
        AstKind::Function(function) => (function.r#async, function.generator),
        AstKind::ArrowFunctionExpression(arrow) => (arrow.r#async, false),
        _ => (false, false),
    }
}

/// The parameters of a function.
pub(in super::super) fn parameters_of(kind: AstKind<'_>) -> Option<&FormalParameters<'_>> {
    match kind {
        AstKind::Function(function) => Some(&function.params),
        AstKind::ArrowFunctionExpression(arrow) => Some(&arrow.params),
        _ => None,
    }
}

/// The function that has a parameter, and which one it is.
pub(in super::super) fn place_of_parameter(
    nodes: &AstNodes<'_>,
    parameter: NodeId,
) -> Option<(NodeId, usize)> {
    let function = function_around(nodes, parameter)?;
    let parameters = parameters_of(nodes.kind(function))?;
    let mut items = parameters.items.iter();
    let place = items.position(|item| item.node_id.get() == parameter)?;
    Some((function, place))
}

/// The class of the script that an expression names.
pub(in super::super) fn class_named<'a>(
    expression: &'a Expression<'a>,
    nodes: &AstNodes<'a>,
    scoping: &Scopes<'_>,
) -> Option<NodeId> {
    let expression = bare(expression);
    if let Expression::ClassExpression(class) = expression {
        return Some(class.node_id.get());
    }
    let identifier = expression.get_identifier_reference()?;
    let symbol = symbol_of(identifier, scoping)?;
    if !is_constant(symbol, scoping) {
        return None;
    }
    let declared = scoping.symbol_declaration(symbol);
    if nodes.kind(declared).as_class().is_some() {
        return Some(declared);
    }
    match constant_value(symbol, nodes, scoping)? {
        Expression::ClassExpression(class) => Some(class.node_id.get()),
        _ => None,
    }
}

/// The function that a variable is, if it is never another.
pub(in super::super) fn function_of_symbol(
    symbol: SymbolId,
    nodes: &AstNodes<'_>,
    scoping: &Scopes<'_>,
) -> Option<NodeId> {
    let declared = declaration_of(symbol, nodes, scoping)?;
    if scoping.symbol_is_mutated(symbol) {
        return None;
    }
    if nodes.kind(declared).is_function_like() {
        return Some(declared);
    }
    let value = constant_value(symbol, nodes, scoping)?;
    function(value).map(|_| value.node_id())
}

/// What `this` is at a node, as far as the syntax around it tells.
pub(in super::super) fn this_at(nodes: &AstNodes<'_>, node: NodeId) -> Option<This> {
    let mut inner = node;
    for ancestor in nodes.ancestor_ids(node) {
        let is_static = match nodes.kind(ancestor) {
            AstKind::Function(_) => {
                let holder = nodes.parent_id(ancestor);
                match nodes.kind(holder) {
                    AstKind::MethodDefinition(method) => Some(method.r#static),
                    AstKind::ObjectProperty(_) => {
                        return Some(This::Object(nodes.parent_id(holder)));
                    }
                    _ => return None,
                }
            }
            AstKind::PropertyDefinition(field) => {
                let is_value = field.value.as_ref().map(Expression::node_id) == Some(inner);
                is_value.then_some(field.r#static)
            }
            AstKind::StaticBlock(_) => Some(true),
            _ => None,
        };
        if let Some(is_static) = is_static {
            let class = nodes
                .ancestor_ids(ancestor)
                .find(|outer| nodes.kind(*outer).as_class().is_some())?;
            return Some(if is_static {
                This::Class(class)
            } else {
                This::Instance(class)
            });
        }
        inner = ancestor;
    }
    None
}

/// Whether `this` is the global object at a node.
pub(in super::super) fn is_global_this(nodes: &AstNodes<'_>, node: NodeId) -> bool {
    !nodes
        .ancestor_kinds(node)
        .any(|kind| matches!(kind, AstKind::Function(_) | AstKind::Class(_)))
}

/// The getter that a function is.
pub(in super::super) fn is_getter(nodes: &AstNodes<'_>, function: NodeId) -> bool {
    match nodes.parent_kind(function) {
        AstKind::MethodDefinition(method) => method.kind == MethodDefinitionKind::Get,
        AstKind::ObjectProperty(property) => property.kind == PropertyKind::Get,
        _ => false,
    }
}
