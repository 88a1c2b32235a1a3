//! Arguments as far as they are written out.

mod changes;
mod variables;

use oxc::ast::ast::{
    ArrayExpressionElement, BinaryExpression, CallExpression, Expression, ObjectExpression,
    ObjectPropertyKind, PropertyKind,
};
use oxc::semantic::NodeId;
use oxc::span::GetSpan;
use oxc::syntax::operator::{BinaryOperator, UnaryOperator};

use super::syntax::{self, bare};
use super::{Inspector, sources::Origin};
use crate::contract::{Field, Literal};
use crate::runtime::source::positions::PositionMap;

/// How deep literals are written down.
const MAX_DEPTH: usize = 32;
/// Values that are written down, over all arguments.
const MAX_VALUES: usize = 5_000;
/// Characters that are counted to find columns.
const MAX_COLUMNS: usize = 8 << 20;
/// Methods that give a text, whatever they are methods of.
const TEXTS: [&str; 13] = [
    "charAt",
    "join",
    "padEnd",
    "padStart",
    "replaceAll",
    "toFixed",
    "toISOString",
    "toLocaleDateString",
    "toLocaleString",
    "toLowerCase",
    "toString",
    "toUpperCase",
    "trim",
];
/// Bytes of text that are written down, over all arguments.
const MAX_TEXT: usize = 64 << 10;

/// What may be written down still.
pub(super) struct Budget<'p> {
    positions: &'p PositionMap,
    values: usize,
    text: usize,
    columns: usize,
}

impl<'p> Budget<'p> {
    pub(super) fn new(positions: &'p PositionMap) -> Self {
        Self {
            positions,
            values: 0,
            text: 0,
            columns: 0,
        }
    }

    /// Whether something was left out for want of room.
    pub(super) fn is_full(&self) -> bool {
        self.values > MAX_VALUES || self.columns > MAX_COLUMNS
    }

    fn string(&mut self, text: &str) -> Literal {
        self.text += text.len();
        if self.text > MAX_TEXT {
            return Literal::AnyString;
        }
        Literal::String(text.to_owned())
    }
}

/// A literal being read.
#[derive(Clone, Copy)]
struct At {
    /// The call that takes it, or the expression that does before.
    call: NodeId,
    depth: usize,
}

impl At {
    /// The same when an expression is evaluated, which is before.
    fn when(self, expression: &Expression<'_>) -> Self {
        Self {
            call: expression.node_id(),
            ..self
        }
    }

    fn deeper(self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self
        }
    }
}

impl<'a> Inspector<'a, '_> {
    /// As much of an expression as is written out, as it is when a call takes it.
    pub(super) fn literal(
        &mut self,
        expression: &'a Expression<'a>,
        call: NodeId,
        budget: &mut Budget<'_>,
    ) -> Literal {
        self.value(expression, At { call, depth: 0 }, budget)
    }

    fn value(
        &mut self,
        expression: &'a Expression<'a>,
        at: At,
        budget: &mut Budget<'_>,
    ) -> Literal {
        budget.values += 1;
        if at.depth > MAX_DEPTH || budget.is_full() {
            return Literal::Unknown;
        }
        match bare(expression) {
            Expression::BooleanLiteral(literal) => Literal::Boolean(literal.value),
            Expression::NullLiteral(_) => Literal::Null,
            Expression::NumericLiteral(number) => Literal::Number(number.value),
            Expression::StringLiteral(literal) if literal.lone_surrogates => Literal::AnyString,
            Expression::StringLiteral(literal) => budget.string(&literal.value),
            Expression::TemplateLiteral(template) => match template.quasis.as_slice() {
                [only] if !only.lone_surrogates => match &only.value.cooked {
                    Some(text) => budget.string(text),
                    None => Literal::AnyString,
                },
                _ => Literal::AnyString,
            },
            Expression::ArrayExpression(array) => {
                let mut items = Vec::new();
                let mut open = false;
                for element in &array.elements {
                    if budget.is_full() {
                        open = true;
                        break;
                    }
                    match element {
                        ArrayExpressionElement::SpreadElement(_) => open = true,
                        ArrayExpressionElement::Elision(_) => items.push(Literal::Unknown),
                        other => {
                            if let Some(element) = other.as_expression() {
                                items.push(self.value(element, at.deeper(), budget));
                            }
                        }
                    }
                }
                Literal::Array { items, open }
            }
            Expression::ObjectExpression(object) => self.object(object, at, budget),
            Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_) => {
                Literal::Function
            }
            Expression::UnaryExpression(unary) => match unary.operator {
                UnaryOperator::Void => Literal::Undefined,
                UnaryOperator::Typeof => Literal::AnyString,
                UnaryOperator::LogicalNot | UnaryOperator::Delete => Literal::AnyBoolean,
                UnaryOperator::UnaryPlus => Literal::AnyNumber,
                UnaryOperator::UnaryNegation => {
                    match self.value(&unary.argument, at.deeper(), budget) {
                        Literal::Number(number) => Literal::Number(-number),
                        _ => Literal::Unknown,
                    }
                }
                UnaryOperator::BitwiseNot => Literal::Unknown,
            },
            Expression::BinaryExpression(binary) => self.binary(binary, at, budget),
            Expression::ConditionalExpression(conditional) => {
                let one = self.value(&conditional.consequent, at.deeper(), budget);
                let other = self.value(&conditional.alternate, at.deeper(), budget);
                either(one, other)
            }
            Expression::CallExpression(call) => match syntax::global_function(call, self.scoping) {
                Some(("String", "" | "fromCharCode" | "raw") | ("JSON", "stringify")) => {
                    Literal::AnyString
                }
                Some(("Date", "now")) => Literal::AnyNumber,
                Some(("Number" | "parseInt" | "parseFloat", "") | ("Math", _)) => {
                    Literal::AnyNumber
                }
                Some(("Boolean", "")) => Literal::AnyBoolean,
                _ if self.gives_text(call) => Literal::AnyString,
                _ if self.is_promise(expression) => Literal::Promise,
                _ => Literal::Unknown,
            },
            Expression::Identifier(identifier) => {
                match syntax::symbol_of(identifier, self.scoping) {
                    _ if self.is_promise(expression) => Literal::Promise,
                    Some(symbol) => self.variable(symbol, at.deeper(), budget),
                    None if identifier.name == "undefined" => Literal::Undefined,
                    None => Literal::Unknown,
                }
            }
            Expression::StaticMemberExpression(member) => self.member(member, at, budget),
            _ => Literal::Unknown,
        }
    }

    /// Whether a call is one of a method that gives a text, of whatever.
    fn gives_text(&self, call: &'a CallExpression<'a>) -> bool {
        syntax::method(call).is_some_and(|(name, _)| {
            TEXTS.contains(&name) && !call.optional && !self.index.may_be_own(name)
        })
    }

    /// What each element of a list is, as far as they are alike.
    fn element(&mut self, list: &'a Expression<'a>, at: At, budget: &mut Budget<'_>) -> Literal {
        if let Expression::CallExpression(call) = bare(list) {
            let is_text = match syntax::global_function(call, self.scoping) {
                Some(function) => function == ("Object", "keys"),
                None => {
                    !self.index.may_be_own("split")
                        && matches!(syntax::method(call), Some(("split", _)))
                }
            };
            return if is_text {
                Literal::AnyString
            } else {
                Literal::Unknown
            };
        }
        match self.value(list, at.deeper(), budget) {
            Literal::Array { items, open: false } => {
                items.into_iter().reduce(either).unwrap_or(Literal::Unknown)
            }
            _ => Literal::Unknown,
        }
    }

    /// Whether an expression is a promise that was not awaited.
    fn is_promise(&mut self, expression: &'a Expression<'a>) -> bool {
        let sources = self.origins(bare(expression));
        let is_whole = |origin: &Origin<'_>| matches!(origin, Origin::Promise { asked: None, .. });
        let is_promise = sources.only_promises() && sources.found.iter().all(is_whole);
        if is_promise {
            self.passed.extend(sources.promises());
        }
        is_promise
    }

    fn binary(
        &mut self,
        binary: &'a BinaryExpression<'a>,
        at: At,
        budget: &mut Budget<'_>,
    ) -> Literal {
        let operator = binary.operator;
        if operator.is_compare() || operator.is_equality() || operator.is_relational() {
            return Literal::AnyBoolean;
        }
        let one = kind(self.value(&binary.left, at.deeper(), budget));
        let other = kind(self.value(&binary.right, at.deeper(), budget));
        match (one, other) {
            (Literal::AnyString, _) | (_, Literal::AnyString)
                if operator == BinaryOperator::Addition =>
            {
                Literal::AnyString
            }
            (Literal::AnyNumber, Literal::AnyNumber) => Literal::AnyNumber,
            // What takes a number gives one.
            (Literal::AnyNumber, _) | (_, Literal::AnyNumber)
                if operator != BinaryOperator::Addition =>
            {
                Literal::AnyNumber
            }
            _ => Literal::Unknown,
        }
    }

    fn object(
        &mut self,
        object: &'a ObjectExpression<'a>,
        at: At,
        budget: &mut Budget<'_>,
    ) -> Literal {
        let mut fields: Vec<Field> = Vec::new();
        let mut open = false;
        for property in &object.properties {
            if budget.is_full() {
                open = true;
                forget(&mut fields);
                break;
            }
            match property {
                ObjectPropertyKind::SpreadProperty(spread) => {
                    match self.value(&spread.argument, at.deeper(), budget) {
                        Literal::Object {
                            fields: more,
                            open: false,
                        } => more.into_iter().for_each(|field| set(&mut fields, field)),
                        Literal::Null | Literal::Undefined | Literal::Boolean(_) => {}
                        _ => {
                            open = true;
                            forget(&mut fields);
                        }
                    }
                }
                ObjectPropertyKind::ObjectProperty(property) => {
                    let name = match property.key.as_expression() {
                        Some(key) if property.computed => {
                            syntax::string(key, self.nodes, self.scoping).map(str::to_owned)
                        }
                        _ => property.key.static_name().map(std::borrow::Cow::into_owned),
                    };
                    let name = name.filter(|name| name.len() <= syntax::MAX_NAME);
                    let Some(name) = name else {
                        open = true;
                        forget(&mut fields);
                        continue;
                    };
                    // It says what the object inherits, or what it becomes.
                    if name == "toJSON" {
                        return Literal::Unknown;
                    }
                    if name == "__proto__" && !property.computed && !property.shorthand {
                        open = true;
                        continue;
                    }
                    let value = match property.kind {
                        PropertyKind::Init => self.value(&property.value, at.deeper(), budget),
                        PropertyKind::Get | PropertyKind::Set => Literal::Unknown,
                    };
                    let position = budget.positions.of_offset(property.key.span().start);
                    budget.columns += position.column as usize;
                    set(
                        &mut fields,
                        Field {
                            name,
                            position,
                            value,
                        },
                    );
                }
            }
        }
        Literal::Object { fields, open }
    }
}

/// Writes a property, over one of the same name.
fn set(fields: &mut Vec<Field>, field: Field) {
    match fields.iter_mut().find(|known| known.name == field.name) {
        Some(known) => *known = field,
        None => fields.push(field),
    }
}

/// What comes may replace any of these.
fn forget(fields: &mut Vec<Field>) {
    fields.retain(|field| field.value != Literal::Undefined);
    for field in fields {
        field.value = Literal::Unknown;
    }
}

/// What kind of value it is, without which.
fn kind(literal: Literal) -> Literal {
    match literal {
        Literal::String(_) => Literal::AnyString,
        Literal::Number(_) => Literal::AnyNumber,
        Literal::Boolean(_) => Literal::AnyBoolean,
        any @ (Literal::AnyString | Literal::AnyNumber | Literal::AnyBoolean) => any,
        _ => Literal::Unknown,
    }
}

/// What is known of a value that is one of two.
fn either(one: Literal, other: Literal) -> Literal {
    if one == other {
        return one;
    }
    let (one, other) = (kind(one), kind(other));
    if one == other { one } else { Literal::Unknown }
}
