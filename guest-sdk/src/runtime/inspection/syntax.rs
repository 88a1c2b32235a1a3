//! Questions about the syntax around a node.

use oxc::ast::AstKind;
use oxc::ast::ast::{
    Argument, CallExpression, Expression, FormalParameters, IdentifierReference,
    VariableDeclarationKind,
};
use oxc::semantic::{AstNodes, NodeId, Scoping, SymbolId};
use oxc::span::{GetSpan, Span};
use oxc::syntax::operator::UnaryOperator;

/// Places in a list of arguments or elements that are told apart.
pub(super) const MAX_PLACES: usize = 256;
/// References of a variable that are followed.
const MAX_REFERENCES: usize = 2_000;

/// A name that is read from or written to.
pub(super) struct Named {
    /// Where it is known.
    pub(super) name: Option<String>,
    /// Whether it is a number.
    pub(super) index: Option<usize>,
    pub(super) offset: u32,
}

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

/// The call of which a node is an argument, and which one.
pub(super) fn passed_to<'a>(
    nodes: &AstNodes<'a>,
    node: NodeId,
) -> Option<(NodeId, &'a CallExpression<'a>, usize)> {
    let node = wrapped(nodes, node);
    let parent = nodes.parent_id(node);
    let AstKind::CallExpression(call) = nodes.kind(parent) else {
        return None;
    };
    let place = argument_at(call, nodes.kind(node).span())?;
    Some((parent, call, place))
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

/// The method a call calls, and where its name is.
pub(super) fn method<'a>(call: &'a CallExpression<'a>) -> Option<(&'a str, Span)> {
    match bare(&call.callee) {
        Expression::StaticMemberExpression(member) => {
            Some((member.property.name.as_str(), member.property.span))
        }
        Expression::ComputedMemberExpression(member) => match &member.expression {
            Expression::StringLiteral(name) => Some((name.value.as_str(), name.span)),
            _ => None,
        },
        Expression::ChainExpression(chain) => {
            let member = chain.expression.member_expression()?;
            let (span, name) = member.static_property_info()?;
            Some((name, span))
        }
        _ => None,
    }
}

/// A call of a global function or of a method of a global: `Promise`, `all`.
pub(super) fn global_function<'a>(
    call: &'a CallExpression<'a>,
    scoping: &Scoping,
) -> Option<(&'a str, &'a str)> {
    let (identifier, name) = match bare(&call.callee) {
        Expression::Identifier(identifier) => (identifier, ""),
        Expression::StaticMemberExpression(member) => match bare(&member.object) {
            Expression::Identifier(identifier) => (identifier, member.property.name.as_str()),
            _ => return None,
        },
        _ => return None,
    };
    symbol_of(identifier, scoping)
        .is_none()
        .then(|| (identifier.name.as_str(), name))
}

/// The script's own variable an identifier means.
pub(super) fn symbol_of(
    identifier: &IdentifierReference<'_>,
    scoping: &Scoping,
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

/// The parameters of a function, and whether it is async.
pub(super) fn function<'a>(
    expression: &'a Expression<'a>,
) -> Option<(&'a FormalParameters<'a>, bool)> {
    match bare(expression) {
        Expression::ArrowFunctionExpression(arrow) => Some((&arrow.params, arrow.r#async)),
        Expression::FunctionExpression(function) => Some((&function.params, function.r#async)),
        _ => None,
    }
}

/// The initial value of a variable that never gets another one.
pub(super) fn constant_value<'a>(
    symbol: SymbolId,
    nodes: &AstNodes<'a>,
    scoping: &Scoping,
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

/// Whether a variable is bound once.
pub(super) fn is_constant(symbol: SymbolId, scoping: &Scoping) -> bool {
    scoping.get_resolved_reference_ids(symbol).len() <= MAX_REFERENCES
        && !scoping.symbol_is_mutated(symbol)
        && scoping.symbol_redeclarations(symbol).is_empty()
}

/// A string that is written out, directly or as a constant.
pub(super) fn string<'a>(
    expression: &'a Expression<'a>,
    nodes: &AstNodes<'a>,
    scoping: &Scoping,
) -> Option<&'a str> {
    match bare(expression) {
        Expression::StringLiteral(literal) if !literal.lone_surrogates => {
            Some(literal.value.as_str())
        }
        Expression::TemplateLiteral(template) if template.quasis.len() == 1 => {
            template.quasis[0].value.cooked.map(|text| text.as_str())
        }
        Expression::Identifier(identifier) => {
            match constant_value(symbol_of(identifier, scoping)?, nodes, scoping)? {
                Expression::StringLiteral(literal) if !literal.lone_surrogates => {
                    Some(literal.value.as_str())
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// The name in a computed member or key.
pub(super) fn computed_name<'a>(
    expression: &'a Expression<'a>,
    nodes: &AstNodes<'a>,
    scoping: &Scoping,
) -> Named {
    let index = match bare(expression) {
        Expression::NumericLiteral(number) if number.value >= 0.0 && number.value < 1e6 => {
            Some(number.value as usize)
        }
        _ => None,
    };
    Named {
        name: string(expression, nodes, scoping).map(str::to_owned),
        index,
        offset: expression.span().start,
    }
}

/// Whether a condition is decided where it stands.
pub(super) fn decided<'a>(
    condition: &'a Expression<'a>,
    nodes: &AstNodes<'a>,
    scoping: &Scoping,
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

/// Whether a fallback has nothing to read in it, like `[]`.
pub(super) fn is_empty(expression: &Expression<'_>) -> bool {
    match bare(expression) {
        Expression::ArrayExpression(array) => array.elements.is_empty(),
        Expression::ObjectExpression(object) => object.properties.is_empty(),
        Expression::Identifier(identifier) => identifier.name == "undefined",
        other => other.is_literal(),
    }
}

/// Whether an expression is `null` or `undefined`.
pub(super) fn is_nothing(expression: &Expression<'_>) -> bool {
    bare(expression).is_null_or_undefined()
}
