//! Names of properties, methods and globals.

use oxc::ast::AstKind;
use oxc::ast::ast::{CallExpression, Expression, PrivateIdentifier, PropertyKey};
use oxc::semantic::{AstNodes, NodeId};
use oxc::span::Span;

use super::{MAX_NAME, Scopes, bare, constant_value, symbol_of, wrapped};

/// A string that is written out, directly or as a constant, if it is short enough for a
/// name.
pub(in super::super) fn string<'a>(
    expression: &'a Expression<'a>,
    nodes: &AstNodes<'a>,
    scoping: &Scopes<'_>,
) -> Option<&'a str> {
    written(expression, nodes, scoping).filter(|text| text.len() <= MAX_NAME)
}

fn written<'a>(
    expression: &'a Expression<'a>,
    nodes: &AstNodes<'a>,
    scoping: &Scopes<'_>,
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

/// The place in a list that an expression names.
pub(in super::super) fn index(expression: &Expression<'_>) -> Option<usize> {
    match bare(expression) {
        Expression::NumericLiteral(number) if number.value >= 0.0 && number.value < 1e6 => {
            Some(number.value as usize)
        }
        _ => None,
    }
}

/// The property that a member expression reads or writes; private ones with `#`.
pub(in super::super) fn member_name<'a>(
    kind: AstKind<'a>,
    nodes: &AstNodes<'a>,
    scoping: &Scopes<'_>,
) -> Option<&'a str> {
    match kind {
        AstKind::StaticMemberExpression(member) => Some(member.property.name.as_str()),
        AstKind::ComputedMemberExpression(member) => string(&member.expression, nodes, scoping),
        AstKind::PrivateFieldExpression(member) => Some(private_name(&member.field, nodes)),
        _ => None,
    }
}

/// The name of a property where it is written; private ones with `#`.
pub(in super::super) fn key_name<'a>(
    key: &'a PropertyKey<'a>,
    computed: bool,
    nodes: &AstNodes<'a>,
    scoping: &Scopes<'_>,
) -> Option<&'a str> {
    match key {
        PropertyKey::PrivateIdentifier(name) => Some(private_name(name, nodes)),
        PropertyKey::StaticIdentifier(name) => Some(name.name.as_str()),
        key => {
            let expression = key.as_expression()?;
            if computed {
                return string(expression, nodes, scoping);
            }
            match expression {
                Expression::StringLiteral(name) => {
                    Some(name.value.as_str()).filter(|name| name.len() <= MAX_NAME)
                }
                _ => None,
            }
        }
    }
}

/// The name of a private property as it is written, with its `#`.
pub(in super::super) fn private_name<'a>(
    name: &PrivateIdentifier<'a>,
    nodes: &AstNodes<'a>,
) -> &'a str {
    let source = nodes.program().source_text;
    let written = source.get(name.span.start as usize..name.span.end as usize);
    written.unwrap_or_else(|| name.name.as_str())
}

/// The object of a member expression.
pub(in super::super) fn object_of_member(kind: AstKind<'_>) -> Option<NodeId> {
    match kind {
        AstKind::StaticMemberExpression(member) => Some(bare(&member.object).node_id()),
        AstKind::ComputedMemberExpression(member) => Some(bare(&member.object).node_id()),
        AstKind::PrivateFieldExpression(member) => Some(bare(&member.object).node_id()),
        _ => None,
    }
}

/// The name of the property that an expression is the value of.
pub(in super::super) fn property_of_value<'a>(
    nodes: &AstNodes<'a>,
    scoping: &Scopes<'_>,
    value: NodeId,
) -> Option<&'a str> {
    let value = wrapped(nodes, value);
    let parent = nodes.parent_id(value);
    match nodes.kind(parent) {
        AstKind::ObjectProperty(property) => {
            key_name(&property.key, property.computed, nodes, scoping)
        }
        AstKind::PropertyDefinition(field) => key_name(&field.key, field.computed, nodes, scoping),
        AstKind::AssignmentExpression(assignment) => {
            let target = assignment.left.node_id();
            member_name(nodes.kind(target), nodes, scoping)
        }
        _ => None,
    }
}

/// The global that an expression names.
pub(in super::super) fn global_named<'a>(
    expression: &'a Expression<'a>,
    scoping: &Scopes<'_>,
) -> Option<&'a str> {
    let identifier = bare(expression).get_identifier_reference()?;
    let is_global = symbol_of(identifier, scoping).is_none();
    is_global.then(|| identifier.name.as_str())
}

/// The method a call calls, and where its name is.
pub(in super::super) fn method<'a>(call: &'a CallExpression<'a>) -> Option<(&'a str, Span)> {
    match bare(&call.callee) {
        Expression::StaticMemberExpression(member) => {
            Some((member.property.name.as_str(), member.property.span))
        }
        Expression::ComputedMemberExpression(member) => match &member.expression {
            Expression::StringLiteral(name) if name.value.len() <= MAX_NAME => {
                Some((name.value.as_str(), name.span))
            }
            _ => None,
        },
        Expression::ChainExpression(chain) => {
            let member = chain.expression.member_expression()?;
            let (span, name) = member.static_property_info()?;
            (name.len() <= MAX_NAME).then_some((name, span))
        }
        _ => None,
    }
}

/// The object of which a call calls a method.
pub(in super::super) fn object_of_method(call: &CallExpression<'_>) -> Option<NodeId> {
    match bare(&call.callee) {
        Expression::StaticMemberExpression(member) => Some(member.object.node_id()),
        Expression::ComputedMemberExpression(member) => Some(member.object.node_id()),
        Expression::PrivateFieldExpression(member) => Some(member.object.node_id()),
        Expression::ChainExpression(chain) => {
            Some(chain.expression.member_expression()?.object().node_id())
        }
        _ => None,
    }
}

/// A call of a global function or of a method of a global: `Promise`, `all`.
pub(in super::super) fn global_function<'a>(
    call: &'a CallExpression<'a>,
    scoping: &Scopes<'_>,
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
