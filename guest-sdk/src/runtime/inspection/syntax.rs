//! Questions about the syntax around a node.

mod functions;
mod names;
mod variables;

pub(super) use self::functions::*;
pub(super) use self::names::*;
pub(super) use self::variables::*;

use oxc::ast::AstKind;
use oxc::ast::ast::{
    Argument, CallExpression, Expression, IdentifierReference, ObjectPropertyKind,
    StaticMemberExpression, VariableDeclarationKind,
};
use oxc::semantic::{AstNodes, NodeId, SymbolId};
use oxc::span::{GetSpan, Span};
use oxc::syntax::operator::{AssignmentOperator, BinaryOperator, UnaryOperator};

/// Places in a list of arguments or elements that are told apart.
pub(super) const MAX_PLACES: usize = 256;
/// Bytes of the names of properties that are followed.
pub(super) const MAX_NAME: usize = 256;
/// References of a variable that are followed.
pub(super) const MAX_REFERENCES: usize = 2_000;
/// Reads of an object whose properties decide what is done.
const MAX_DECIDING: usize = 32;

/// The expression without what concerns types only.
pub(super) fn bare<'a, 'e>(expression: &'e Expression<'a>) -> &'e Expression<'a> {
    expression.get_inner_expression()
}

/// Whether a node only wraps its expression.
pub(super) fn is_wrapper(kind: &AstKind<'_>) -> bool {
    matches!(
        kind,
        AstKind::TSAsExpression(_)
            | AstKind::TSSatisfiesExpression(_)
            | AstKind::TSTypeAssertion(_)
            | AstKind::TSNonNullExpression(_)
            | AstKind::TSInstantiationExpression(_)
            | AstKind::ParenthesizedExpression(_)
            | AstKind::ChainExpression(_)
    )
}

/// The outermost node that only wraps this one.
pub(super) fn wrapped(nodes: &AstNodes<'_>, mut node: NodeId) -> NodeId {
    loop {
        let parent = nodes.parent_id(node);
        if !is_wrapper(&nodes.kind(parent)) {
            return node;
        }
        node = parent;
    }
}

/// The call of which a node is the function.
pub(super) fn called_by<'a>(
    nodes: &AstNodes<'a>,
    node: NodeId,
) -> Option<(NodeId, &'a CallExpression<'a>)> {
    let node = wrapped(nodes, node);
    let parent = nodes.parent_id(node);
    match nodes.kind(parent) {
        AstKind::CallExpression(call) if call.callee.span() == nodes.kind(node).span() => {
            Some((parent, call))
        }
        _ => None,
    }
}

/// Which argument of a call has a span.
pub(super) fn argument_at(call: &CallExpression<'_>, span: Span) -> Option<usize> {
    call.arguments
        .iter()
        .take(MAX_PLACES)
        .position(|argument| argument.span() == span)
}

/// Whether a node is assigned to, deleted or counted up.
pub(super) fn is_written(nodes: &AstNodes<'_>, node: NodeId) -> bool {
    let node = wrapped(nodes, node);
    let span = nodes.kind(node).span();
    match nodes.parent_kind(node) {
        AstKind::AssignmentExpression(assignment) => assignment.left.span() == span,
        AstKind::UnaryExpression(unary) => unary.operator == UnaryOperator::Delete,
        AstKind::AssignmentTargetWithDefault(target) => target.binding.span() == span,
        AstKind::AssignmentTargetPropertyProperty(property) => property.binding.span() == span,
        AstKind::ForOfStatement(each) => each.left.span() == span,
        AstKind::ForInStatement(each) => each.left.span() == span,
        AstKind::UpdateExpression(_)
        | AstKind::ArrayAssignmentTarget(_)
        | AstKind::ObjectAssignmentTarget(_)
        | AstKind::AssignmentTargetRest(_) => true,
        _ => false,
    }
}

/// The script's own variable an identifier means.
pub(super) fn symbol_of(
    identifier: &IdentifierReference<'_>,
    scoping: &Scopes<'_>,
) -> Option<SymbolId> {
    let reference = identifier.reference_id.get()?;
    scoping.get_reference(reference).symbol_id()
}

/// An argument, unless it is spread.
pub(super) fn argument<'a>(
    call: &'a CallExpression<'a>,
    place: usize,
) -> Option<&'a Expression<'a>> {
    let before = call.arguments.get(..=place)?;
    if before.iter().any(Argument::is_spread) {
        return None;
    }
    before.last()?.as_expression().map(bare)
}

/// The initial value of a variable that never gets another one.
pub(super) fn constant_value<'a>(
    symbol: SymbolId,
    nodes: &AstNodes<'a>,
    scoping: &Scopes<'_>,
) -> Option<&'a Expression<'a>> {
    if !is_constant(symbol, scoping) {
        return None;
    }
    let AstKind::VariableDeclarator(declarator) = nodes.kind(scoping.symbol_declaration(symbol))
    else {
        return None;
    };
    let AstKind::VariableDeclaration(declaration) =
        nodes.parent_kind(scoping.symbol_declaration(symbol))
    else {
        return None;
    };
    // A `var` can be read before it is set, and a loop sets its own anew.
    if declaration.kind == VariableDeclarationKind::Var || !declarator.id.is_binding_identifier() {
        return None;
    }
    declarator.init.as_ref().map(bare)
}

/// What a variable is declared with.
pub(super) fn initial_value<'a>(
    symbol: SymbolId,
    nodes: &AstNodes<'a>,
    scoping: &Scopes<'_>,
) -> Option<&'a Expression<'a>> {
    let declared = nodes.kind(scoping.symbol_declaration(symbol));
    let declarator = declared.as_variable_declarator()?;
    let is_whole = declarator.id.is_binding_identifier();
    declarator.init.as_ref().filter(|_| is_whole).map(bare)
}

/// The node that declares a symbol, where there is one only: of overloads of a
/// function the one with a body.
pub(super) fn declaration_of(
    symbol: SymbolId,
    nodes: &AstNodes<'_>,
    scoping: &Scopes<'_>,
) -> Option<NodeId> {
    if scoping.symbol_redeclarations(symbol).is_empty() {
        return Some(scoping.symbol_declaration(symbol));
    }
    let mut declared = None;
    for node in scoping.symbol_declarations(symbol) {
        match nodes.kind(node) {
            AstKind::Function(function) if function.body.is_none() => {}
            AstKind::TSTypeAliasDeclaration(_) | AstKind::TSInterfaceDeclaration(_) => {}
            AstKind::Function(_) | AstKind::VariableDeclarator(_)
                if declared.is_none() && scoping.is_declared_once(symbol) =>
            {
                declared = Some(node);
            }
            AstKind::Function(_) if declared.is_none() => declared = Some(node),
            _ => return None,
        }
    }
    declared
}

/// Whether a variable is bound once.
pub(super) fn is_constant(symbol: SymbolId, scoping: &Scopes<'_>) -> bool {
    scoping.get_resolved_reference_ids(symbol).len() <= MAX_REFERENCES
        && !scoping.symbol_is_mutated(symbol)
        && scoping.is_declared_once(symbol)
}

/// What is assigned to a member expression, where that is one expression.
pub(super) fn assigned_expression<'a>(
    nodes: &AstNodes<'a>,
    node: NodeId,
) -> Option<&'a Expression<'a>> {
    let node = wrapped(nodes, node);
    match nodes.parent_kind(node) {
        AstKind::AssignmentExpression(assignment)
            if assignment.left.span() == nodes.kind(node).span()
                && matches!(
                    assignment.operator,
                    AssignmentOperator::Assign
                        | AssignmentOperator::LogicalNullish
                        | AssignmentOperator::LogicalOr
                ) =>
        {
            Some(&assignment.right)
        }
        _ => None,
    }
}

/// The same, as a node.
pub(super) fn assigned_to(nodes: &AstNodes<'_>, node: NodeId) -> Option<NodeId> {
    assigned_expression(nodes, node).map(Expression::node_id)
}

/// Whether a member expression is assigned to, whatever it was before.
pub(super) fn is_plainly_assigned(nodes: &AstNodes<'_>, node: NodeId) -> bool {
    let assignment = nodes.parent_kind(wrapped(nodes, node));
    assignment
        .as_assignment_expression()
        .is_some_and(|assignment| assignment.operator == AssignmentOperator::Assign)
}

/// The expression that a node only wraps.
pub(super) fn wrapped_by<'a>(kind: &AstKind<'a>) -> Option<&'a Expression<'a>> {
    Some(match kind {
        AstKind::TSAsExpression(outer) => &outer.expression,
        AstKind::TSSatisfiesExpression(outer) => &outer.expression,
        AstKind::TSTypeAssertion(outer) => &outer.expression,
        AstKind::TSNonNullExpression(outer) => &outer.expression,
        AstKind::TSInstantiationExpression(outer) => &outer.expression,
        AstKind::ParenthesizedExpression(outer) => &outer.expression,
        _ => return None,
    })
}

/// Whether the value of an expression can be a promise.
pub(super) fn may_be_promise(expression: &Expression<'_>) -> bool {
    !matches!(
        bare(expression),
        Expression::TemplateLiteral(_)
            | Expression::BinaryExpression(_)
            | Expression::UnaryExpression(_)
            | Expression::UpdateExpression(_)
            | Expression::AwaitExpression(_)
            | Expression::ArrayExpression(_)
            | Expression::ObjectExpression(_)
            | Expression::ArrowFunctionExpression(_)
            | Expression::FunctionExpression(_)
    ) && !bare(expression).is_literal()
}

/// Whether a condition is decided where it stands.
pub(super) fn decided<'a>(
    condition: &'a Expression<'a>,
    nodes: &AstNodes<'a>,
    scoping: &Scopes<'_>,
) -> Option<bool> {
    match bare(condition) {
        Expression::BooleanLiteral(literal) => Some(literal.value),
        Expression::NullLiteral(_) => Some(false),
        Expression::NumericLiteral(number) => Some(number.value != 0.0),
        Expression::StringLiteral(literal) => Some(!literal.value.is_empty()),
        Expression::UnaryExpression(unary) if unary.operator == UnaryOperator::LogicalNot => {
            match bare(&unary.argument) {
                Expression::UnaryExpression(_) => None,
                argument => decided(argument, nodes, scoping).map(|value| !value),
            }
        }
        Expression::BinaryExpression(binary) if binary.operator.is_equality() => {
            let left = string(&binary.left, nodes, scoping)?;
            let is_equal = left == string(&binary.right, nodes, scoping)?;
            let is_negated = matches!(
                binary.operator,
                BinaryOperator::Inequality | BinaryOperator::StrictInequality
            );
            Some(is_equal != is_negated)
        }
        Expression::StaticMemberExpression(member) => decided_property(member, nodes, scoping),
        Expression::Identifier(identifier) => {
            match constant_value(symbol_of(identifier, scoping)?, nodes, scoping)? {
                Expression::BooleanLiteral(literal) => Some(literal.value),
                Expression::NullLiteral(_) => Some(false),
                Expression::NumericLiteral(number) => Some(number.value != 0.0),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A property of an object that is written out and only read.
fn decided_property<'a>(
    member: &'a StaticMemberExpression<'a>,
    nodes: &AstNodes<'a>,
    scoping: &Scopes<'_>,
) -> Option<bool> {
    let symbol = symbol_of(bare(&member.object).get_identifier_reference()?, scoping)?;
    if scoping.get_resolved_reference_ids(symbol).len() > MAX_DECIDING {
        return None;
    }
    let Expression::ObjectExpression(object) = bare(constant_value(symbol, nodes, scoping)?) else {
        return None;
    };
    let is_only_read = scoping.get_resolved_references(symbol).all(|reference| {
        let parent = nodes.parent_id(wrapped(nodes, reference.node_id()));
        matches!(nodes.kind(parent), AstKind::StaticMemberExpression(_))
            && !is_written(nodes, parent)
            && called_by(nodes, parent).is_none()
    });
    if !is_only_read {
        return None;
    }
    for property in object.properties.iter().rev() {
        let ObjectPropertyKind::ObjectProperty(property) = property else {
            return None;
        };
        if property.key.static_name()? == member.property.name {
            return match bare(&property.value) {
                Expression::BooleanLiteral(literal) => Some(literal.value),
                _ => None,
            };
        }
    }
    None
}

/// Whether an expression is `null` or `undefined`.
pub(super) fn is_nothing(expression: &Expression<'_>) -> bool {
    bare(expression).is_null_or_undefined()
}
