//! What kinds of expressions guards tell apart.

use oxc::allocator::CloneIn;
use oxc::ast::ast::{Expression, IdentifierName};
use oxc::ast::builder::AstBuilder;
use oxc::span::GetSpan;
use oxc::syntax::operator::LogicalOperator;

/// Calls in a row that are guarded; longer chains would nest too deep.
pub(super) const MAX_CHAIN: usize = 6;

/// Methods that never return null or undefined on the values that have them.
pub(super) const FRUITFUL: [&str; 42] = [
    "map",
    "filter",
    "slice",
    "split",
    "trim",
    "trimStart",
    "trimEnd",
    "toLowerCase",
    "toUpperCase",
    "concat",
    "sort",
    "toSorted",
    "reverse",
    "toReversed",
    "flat",
    "flatMap",
    "join",
    "replace",
    "replaceAll",
    "toString",
    "entries",
    "keys",
    "values",
    "padStart",
    "padEnd",
    "toFixed",
    "substring",
    "substr",
    "repeat",
    "normalize",
    "toISOString",
    "then",
    "catch",
    "finally",
    "fill",
    "splice",
    "matchAll",
    "charAt",
    "with",
    "from",
    "isArray",
    "stringify",
];

/// Names in a path that is evaluated again to describe an error.
const MAX_PATH: usize = 6;

/// A value that is never null or undefined.
pub(super) fn is_literal(expression: &Expression<'_>) -> bool {
    expression.is_function()
        || matches!(
            expression,
            Expression::ArrayExpression(_)
                | Expression::ObjectExpression(_)
                | Expression::NewExpression(_)
                | Expression::TemplateLiteral(_)
                | Expression::StringLiteral(_)
                | Expression::ClassExpression(_)
        )
}

/// An expression without the guard around it.
fn unguarded<'e, 'a>(expression: &'e Expression<'a>) -> &'e Expression<'a> {
    match expression {
        Expression::LogicalExpression(guard) if matches!(&guard.right, Expression::CallExpression(call) if call.callee.is_specific_id(super::NULLISH)) => {
            &guard.left
        }
        other => other,
    }
}

/// A copy, without guards, of an expression that is cheap to evaluate again and
/// changes nothing by it: `a`, `a.b.c`, `this.a["b"][key]`.
pub(super) fn again<'a>(
    expression: &Expression<'a>,
    ast: &AstBuilder<'a>,
) -> Option<Expression<'a>> {
    path(expression, MAX_PATH, ast)
}

fn path<'a>(
    expression: &Expression<'a>,
    left: usize,
    ast: &AstBuilder<'a>,
) -> Option<Expression<'a>> {
    let left = left.checked_sub(1)?;
    let span = expression.span();
    Some(match unguarded(expression) {
        Expression::Identifier(identifier) => {
            Expression::new_identifier(span, identifier.name, ast)
        }
        Expression::ThisExpression(_) => Expression::new_this_expression(span, ast),
        Expression::StaticMemberExpression(member) if !member.optional => {
            let object = path(&member.object, left, ast)?;
            let name = IdentifierName::new(member.property.span, member.property.name, ast);
            Expression::new_static_member_expression(span, object, name, false, ast)
        }
        Expression::ComputedMemberExpression(member) if !member.optional => {
            let object = path(&member.object, left, ast)?;
            let key = key(&member.expression, ast)?;
            Expression::new_computed_member_expression(span, object, key, false, ast)
        }
        _ => return None,
    })
}

/// What a path is read from, and the key it is read by.
pub(super) fn parts<'a>(
    expression: &Expression<'a>,
    ast: &AstBuilder<'a>,
) -> Option<(Expression<'a>, Expression<'a>)> {
    match unguarded(expression) {
        Expression::StaticMemberExpression(member) if !member.optional => {
            let name = member.property.name;
            let name = Expression::new_string_literal(member.property.span, name, None, ast);
            Some((again(&member.object, ast)?, name))
        }
        Expression::ComputedMemberExpression(member) if !member.optional => {
            Some((again(&member.object, ast)?, key(&member.expression, ast)?))
        }
        _ => None,
    }
}

/// A key that is written out, or is in a variable.
fn key<'a>(expression: &Expression<'a>, ast: &AstBuilder<'a>) -> Option<Expression<'a>> {
    let is_simple = matches!(
        expression,
        Expression::Identifier(_) | Expression::StringLiteral(_) | Expression::NumericLiteral(_)
    );
    let allocator = oxc::allocator::GetAllocator::allocator(ast);
    is_simple.then(|| expression.clone_in(allocator))
}

/// How many calls a chain has, counted no further than needed.
pub(super) fn spine_calls(mut expression: &Expression<'_>) -> usize {
    let mut calls = 0;
    while calls <= MAX_CHAIN {
        expression = match expression {
            Expression::CallExpression(call) => {
                calls += 1;
                &call.callee
            }
            Expression::LogicalExpression(guard) if guard.operator == LogicalOperator::Coalesce => {
                &guard.left
            }
            other => match other.as_member_expression() {
                Some(member) => member.object(),
                None => break,
            },
        };
    }
    calls
}
