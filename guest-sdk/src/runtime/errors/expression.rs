//! Finds the expression an engine error is about, from the place it names.
//!
//! The engine names a call by its opening parenthesis, a property read by the
//! property, `new` and assignments by their beginning, and everything else by
//! the `{` of the function around it.

use std::ops::Range;

use oxc::allocator::Allocator;
use oxc::ast::ast::{
    AssignmentExpression, AssignmentTarget, BindingPattern, BindingProperty, CallExpression,
    Expression, FormalParameter, IdentifierReference, MemberExpression, NewExpression,
    VariableDeclarator,
};
use oxc::ast_visit::{Visit, walk};
use oxc::parser::Parser;
use oxc::span::{GetSpan, SourceType};

use super::promises::Promises;
use crate::runtime::builtins::memory::{COPY, LIST};
use crate::runtime::source::guards::{ABSENT, FROM, ITERABLE, NULLISH};
use crate::runtime::source::positions::PositionMap;

/// What stands at the place of an error.
pub(super) enum Found {
    /// Something called that is no function.
    Call(Named),
    /// Something constructed that is no constructor.
    New(Named),
    /// A property read from nothing.
    Read { object: Named, property: String },
    /// A property set on nothing.
    Write { object: Named, property: String },
    /// Only the function around it is known; whether that is the whole script.
    Function { whole_script: bool },
}

/// An expression, described.
#[derive(Clone)]
pub(super) struct Named {
    /// As the agent wrote it, in one line and shortened.
    pub(super) text: String,
    /// By what it was read from something.
    pub(super) key: Key,
    /// The names it consists of (`tools.github.list`), where it is made of names.
    pub(super) path: Vec<String>,
    /// Byte offset in the script.
    pub(super) offset: Option<u32>,
    /// The name that holds a promise, or the call that returns one.
    pub(super) unawaited: Option<String>,
}

/// By what an expression, or the name that it is, was read from something.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Key {
    /// By this name.
    Known(String),
    /// By a name that the script computes.
    Computed,
    /// It was not, as far as can be seen.
    None,
}

/// Characters of an expression that are shown.
const SHOWN_CHARS: usize = 80;

/// Finds what stands at a place of the generated code.
pub(super) fn at(
    positions: &PositionMap,
    line: u32,
    column: u32,
    is_remote: &dyn Fn(&[String]) -> bool,
) -> Option<Found> {
    let offset = positions.code_offset(line, column)?;
    let allocator = Allocator::default();
    let program = Parser::new(&allocator, positions.code(), SourceType::cjs())
        .parse()
        .program;
    let mut search = Search {
        offset,
        positions,
        promises: Promises::of(&program, is_remote),
        found: None,
    };
    search.visit_program(&program);
    if let Some(Found::Call(named)) = &mut search.found
        && let [name] = named.path.as_slice()
    {
        let mut origin = Origin {
            name,
            key: Key::None,
        };
        origin.visit_program(&program);
        named.key = origin.key;
    }
    if search.found.is_none() && positions.code()[offset as usize..].starts_with('{') {
        return Some(Found::Function {
            whole_script: line == 1,
        });
    }
    search.found
}

/// The place in the script of the first use of a name after a place in the code.
pub(super) fn first_use(
    positions: &PositionMap,
    name: &str,
    line: u32,
    column: u32,
) -> Option<u32> {
    let after = positions.code_offset(line, column)?;
    let allocator = Allocator::default();
    let program = Parser::new(&allocator, positions.code(), SourceType::cjs())
        .parse()
        .program;
    let mut uses = Uses {
        name,
        after,
        found: None,
    };
    uses.visit_program(&program);
    positions.script_offset(uses.found?)
}

struct Uses<'n> {
    name: &'n str,
    after: u32,
    found: Option<u32>,
}

impl<'a> Visit<'a> for Uses<'_> {
    fn visit_identifier_reference(&mut self, identifier: &IdentifierReference<'a>) {
        if identifier.name == self.name && identifier.span.start >= self.after {
            let start = identifier.span.start;
            self.found = Some(self.found.map_or(start, |found| found.min(start)));
        }
    }
}

struct Search<'p> {
    offset: u32,
    positions: &'p PositionMap,
    promises: Promises<'p>,
    found: Option<Found>,
}

impl<'a> Visit<'a> for Search<'_> {
    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        let end = call
            .arguments
            .first()
            .map_or(call.span.end, |argument| argument.span().start);
        if (call.callee.span().end..end).contains(&self.offset) {
            self.found = Some(Found::Call(self.named(&call.callee)));
            return;
        }
        walk::walk_call_expression(self, call);
    }

    fn visit_new_expression(&mut self, new: &NewExpression<'a>) {
        if new.span.start == self.offset {
            self.found = Some(Found::New(self.named(&new.callee)));
            return;
        }
        walk::walk_new_expression(self, new);
    }

    fn visit_member_expression(&mut self, member: &MemberExpression<'a>) {
        let property = match member {
            MemberExpression::ComputedMemberExpression(member) => member.expression.span(),
            MemberExpression::StaticMemberExpression(member) => member.property.span,
            MemberExpression::PrivateFieldExpression(member) => member.field.span,
        };
        if property.start == self.offset {
            let property = property.source_text(self.positions.code()).to_owned();
            self.found = Some(Found::Read {
                object: self.named(member.object()),
                property,
            });
            return;
        }
        walk::walk_member_expression(self, member);
    }

    fn visit_assignment_expression(&mut self, assignment: &AssignmentExpression<'a>) {
        if assignment.span.start == self.offset
            && let Some(member) = AssignmentTarget::as_member_expression(&assignment.left)
        {
            let property = member
                .static_property_name()
                .map_or_else(|| "…".to_owned(), String::from);
            self.found = Some(Found::Write {
                object: self.named(member.object()),
                property,
            });
            return;
        }
        walk::walk_assignment_expression(self, assignment);
    }
}

impl Search<'_> {
    fn named(&self, expression: &Expression<'_>) -> Named {
        let expression = unguarded(expression);
        if let Expression::SequenceExpression(sequence) = expression
            && let Some(last) = sequence.expressions.last()
        {
            return self.named(last);
        }
        let span = match expression.as_member_expression() {
            Some(member) => {
                leftmost(member.object()).min(expression.span().start)..expression.span().end
            }
            None => leftmost(expression)..expression.span().end,
        };
        let offset = self.positions.script_offset(leftmost(expression));
        let text = self.source_text(expression, offset);
        let text = text.unwrap_or_else(|| plain(self.positions.code(), span, expression));
        Named {
            text: shorten(&text),
            key: expression.as_member_expression().map_or(Key::None, key),
            path: path(expression),
            offset,
            unawaited: self.promises.behind(expression),
        }
    }

    /// The text in the source of a name or of a chain that ends in a property.
    fn source_text(&self, expression: &Expression<'_>, start: Option<u32>) -> Option<String> {
        let last = match expression {
            Expression::Identifier(identifier) => identifier.span,
            Expression::StaticMemberExpression(member) => member.property.span,
            Expression::PrivateFieldExpression(member) => member.field.span,
            Expression::ComputedMemberExpression(member) => match &member.expression {
                Expression::StringLiteral(literal) => literal.span,
                Expression::Identifier(identifier) => identifier.span,
                _ => return None,
            },
            _ => return None,
        };
        let mut end = self.positions.script_offset(last.start)? + last.size();
        if matches!(expression, Expression::ComputedMemberExpression(_)) {
            end += self.positions.rest(end)?.find(']')? as u32 + 1;
        }
        let mut start = start?;
        // Parentheses are no part of the syntax tree: take those that are closed inside.
        loop {
            let text = self.positions.text(start, end)?;
            let closed = text.matches(')').count() > text.matches('(').count();
            let before = self.positions.text(0, start)?.trim_end();
            match before.strip_suffix('(') {
                Some(rest) if closed => start = rest.len() as u32,
                _ => return Some(text.to_owned()),
            }
        }
    }
}

/// An expression without the guard around it.
pub(super) fn unguarded<'e, 'a>(expression: &'e Expression<'a>) -> &'e Expression<'a> {
    match (added(expression), expression) {
        (Some(inner), _) => unguarded(inner),
        (None, Expression::ParenthesizedExpression(inner)) => unguarded(&inner.expression),
        (None, other) => other,
    }
}

/// What a guard or a call that was added stands around.
fn added<'e, 'a>(expression: &'e Expression<'a>) -> Option<&'e Expression<'a>> {
    match expression {
        Expression::ParenthesizedExpression(inner) => added(&inner.expression),
        Expression::LogicalExpression(guard) => match &guard.right {
            Expression::CallExpression(call)
                if call.callee.is_specific_id(NULLISH) || call.callee.is_specific_id(ABSENT) =>
            {
                Some(&guard.left)
            }
            _ => None,
        },
        Expression::CallExpression(call)
            if [ITERABLE, FROM, COPY, LIST]
                .iter()
                .any(|name| call.callee.is_specific_id(name)) =>
        {
            call.arguments.first()?.as_expression()
        }
        _ => None,
    }
}

/// The code of an expression without what was added to it.
fn plain(code: &str, span: Range<u32>, expression: &Expression<'_>) -> String {
    let mut added = Added(Vec::new());
    added.visit_expression(expression);
    added.0.sort_by_key(|cut| cut.start);
    let mut text = String::new();
    let mut at = span.start;
    for cut in added.0 {
        if cut.start > at {
            text += &code[at as usize..cut.start as usize];
        }
        at = at.max(cut.end);
    }
    text + code.get(at as usize..span.end as usize).unwrap_or_default()
}

/// Finds the places of what was added.
struct Added(Vec<Range<u32>>);

impl<'a> Visit<'a> for Added {
    fn visit_expression(&mut self, expression: &Expression<'a>) {
        if let Some(inner) = added(expression) {
            let (outer, span) = (expression.span(), inner.span());
            self.0.push(outer.start..span.start);
            self.0.push(span.end..outer.end);
            self.visit_expression(inner);
        } else {
            walk::walk_expression(self, expression);
        }
    }
}

/// Finds by what a name was read: `const { a: name } = …`, `const name = b.a`.
struct Origin<'n> {
    name: &'n str,
    key: Key,
}

impl<'a> Visit<'a> for Origin<'_> {
    fn visit_binding_property(&mut self, property: &BindingProperty<'a>) {
        let bound = match &property.value {
            BindingPattern::AssignmentPattern(default) => default.left.get_identifier_name(),
            other => other.get_identifier_name(),
        };
        if bound.is_some_and(|bound| bound == self.name) {
            let key = property.key.static_name();
            self.key = key.map_or(Key::Computed, |key| Key::Known(key.into_owned()));
        }
        walk::walk_binding_property(self, property);
    }

    fn visit_formal_parameter(&mut self, parameter: &FormalParameter<'a>) {
        let bound = parameter.pattern.get_identifier_name();
        if bound.is_some_and(|bound| bound == self.name)
            && let Some(default) = &parameter.initializer
            && let Some(member) = unguarded(default).as_member_expression()
        {
            self.key = key(member);
        }
        walk::walk_formal_parameter(self, parameter);
    }

    fn visit_variable_declarator(&mut self, declarator: &VariableDeclarator<'a>) {
        let bound = declarator.id.get_identifier_name();
        if bound.is_some_and(|bound| bound == self.name)
            && let Some(init) = &declarator.init
            && let Some(member) = unguarded(init).as_member_expression()
        {
            self.key = key(member);
        }
        walk::walk_variable_declarator(self, declarator);
    }
}

fn key(member: &MemberExpression<'_>) -> Key {
    let name = member.static_property_name();
    name.map_or(Key::Computed, |name| Key::Known(name.to_string()))
}

/// Where the first token of an expression begins that the source has too.
fn leftmost(expression: &Expression<'_>) -> u32 {
    match unguarded(expression) {
        Expression::CallExpression(call) => leftmost(&call.callee),
        other => other
            .as_member_expression()
            .map_or(other.span().start, |member| leftmost(member.object())),
    }
}

/// The names an expression consists of; empty where it has other parts.
pub(super) fn path(expression: &Expression<'_>) -> Vec<String> {
    let mut names = Vec::new();
    let mut expression = unguarded(expression);
    loop {
        match expression {
            Expression::Identifier(identifier) => {
                names.push(identifier.name.to_string());
                names.reverse();
                return names;
            }
            other => {
                let Some(member) = other.as_member_expression() else {
                    return Vec::new();
                };
                let Some(name) = member.static_property_name() else {
                    return Vec::new();
                };
                names.push(name.to_string());
                expression = unguarded(member.object());
            }
        }
    }
}

/// An expression in one line and not too long.
pub(super) fn shorten(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
