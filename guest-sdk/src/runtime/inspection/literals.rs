//! Arguments as far as they are written out.

use std::collections::BTreeSet;

use oxc::ast::AstKind;
use oxc::ast::ast::{
    ArrayExpressionElement, Expression, ObjectExpression, ObjectPropertyKind, PropertyKind,
};
use oxc::semantic::{AstNodes, NodeId, Scoping, SymbolId};
use oxc::span::GetSpan;
use oxc::syntax::operator::{BinaryOperator, UnaryOperator};

use super::syntax::{self, bare};
use crate::contract::{Field, Literal};
use crate::runtime::source::positions::PositionMap;

/// How deep literals are written down.
const MAX_DEPTH: usize = 32;
/// Values that are written down, over all arguments.
const MAX_VALUES: usize = 5_000;
/// Characters that are counted to find columns.
const MAX_COLUMNS: usize = 8 << 20;
/// Bytes of text that are written down, over all arguments.
const MAX_TEXT: usize = 64 << 10;

/// Reads literals, within bounds.
pub(super) struct Literals<'a, 's> {
    pub(super) nodes: &'s AstNodes<'a>,
    pub(super) scoping: &'s Scoping,
    pub(super) positions: &'s PositionMap,
    /// Expressions that are promises of calls.
    pub(super) promises: BTreeSet<NodeId>,
    /// Calls of tools, which do not change what they are given.
    pub(super) calls: BTreeSet<NodeId>,
    values: usize,
    text: usize,
    columns: usize,
}

impl<'a, 's> Literals<'a, 's> {
    pub(super) fn new(
        nodes: &'s AstNodes<'a>,
        scoping: &'s Scoping,
        positions: &'s PositionMap,
    ) -> Self {
        Self {
            nodes,
            scoping,
            positions,
            promises: BTreeSet::new(),
            calls: BTreeSet::new(),
            values: 0,
            text: 0,
            columns: 0,
        }
    }

    /// Whether something was left out for want of room.
    pub(super) fn is_full(&self) -> bool {
        self.values > MAX_VALUES || self.columns > MAX_COLUMNS
    }

    pub(super) fn read(&mut self, expression: &'a Expression<'a>) -> Literal {
        self.value(expression, 0)
    }

    fn value(&mut self, expression: &'a Expression<'a>, depth: usize) -> Literal {
        self.values += 1;
        if depth > MAX_DEPTH || self.is_full() {
            return Literal::Unknown;
        }
        match bare(expression) {
            Expression::BooleanLiteral(literal) => Literal::Boolean(literal.value),
            Expression::NullLiteral(_) => Literal::Null,
            Expression::NumericLiteral(number) => Literal::Number(number.value),
            Expression::StringLiteral(literal) if literal.lone_surrogates => Literal::AnyString,
            Expression::StringLiteral(literal) => self.string(&literal.value),
            Expression::TemplateLiteral(template) => match template.quasis.as_slice() {
                [only] if !only.lone_surrogates => match &only.value.cooked {
                    Some(text) => self.string(text),
                    None => Literal::AnyString,
                },
                _ => Literal::AnyString,
            },
            Expression::ArrayExpression(array) => {
                let mut items = Vec::new();
                let mut open = false;
                for element in &array.elements {
                    if self.is_full() {
                        open = true;
                        break;
                    }
                    match element {
                        ArrayExpressionElement::SpreadElement(_) => open = true,
                        ArrayExpressionElement::Elision(_) => items.push(Literal::Unknown),
                        other => {
                            if let Some(element) = other.as_expression() {
                                items.push(self.value(element, depth + 1));
                            }
                        }
                    }
                }
                Literal::Array { items, open }
            }
            Expression::ObjectExpression(object) => self.object(object, depth),
            Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_) => {
                Literal::Function
            }
            Expression::UnaryExpression(unary) => match unary.operator {
                UnaryOperator::Void => Literal::Undefined,
                UnaryOperator::Typeof => Literal::AnyString,
                UnaryOperator::UnaryNegation => match self.value(&unary.argument, depth + 1) {
                    Literal::Number(number) => Literal::Number(-number),
                    _ => Literal::Unknown,
                },
                _ => Literal::Unknown,
            },
            Expression::BinaryExpression(binary) if binary.operator == BinaryOperator::Addition => {
                let either = [&binary.left, &binary.right].into_iter().any(|side| {
                    let value = self.value(side, depth + 1);
                    matches!(value, Literal::String(_) | Literal::AnyString)
                });
                if either {
                    Literal::AnyString
                } else {
                    Literal::Unknown
                }
            }
            Expression::ConditionalExpression(conditional) => {
                let one = self.value(&conditional.consequent, depth + 1);
                let other = self.value(&conditional.alternate, depth + 1);
                let text =
                    |value: &Literal| matches!(value, Literal::String(_) | Literal::AnyString);
                if one == other {
                    one
                } else if text(&one) && text(&other) {
                    Literal::AnyString
                } else {
                    Literal::Unknown
                }
            }
            Expression::CallExpression(call) if self.promises.contains(&call.node_id.get()) => {
                Literal::Promise
            }
            Expression::Identifier(identifier) => {
                if self.promises.contains(&identifier.node_id.get()) {
                    return Literal::Promise;
                }
                match syntax::symbol_of(identifier, self.scoping) {
                    Some(symbol) => self.variable(symbol, depth),
                    None if identifier.name == "undefined" => Literal::Undefined,
                    None => Literal::Unknown,
                }
            }
            _ => Literal::Unknown,
        }
    }

    fn string(&mut self, text: &str) -> Literal {
        self.text += text.len();
        if self.text > MAX_TEXT {
            return Literal::AnyString;
        }
        Literal::String(text.to_owned())
    }

    fn variable(&mut self, symbol: SymbolId, depth: usize) -> Literal {
        let Some(init) = syntax::constant_value(symbol, self.nodes, self.scoping) else {
            return Literal::Unknown;
        };
        let can_change = matches!(
            init,
            Expression::ArrayExpression(_) | Expression::ObjectExpression(_)
        );
        if can_change && !self.is_never_changed(symbol) {
            return Literal::Unknown;
        }
        match self.value(init, depth + 1) {
            // It may have been awaited since.
            Literal::Promise => Literal::Unknown,
            value => value,
        }
    }

    /// Whether a variable's object is only read from, spread, or given to tools.
    fn is_never_changed(&self, symbol: SymbolId) -> bool {
        self.scoping
            .get_resolved_references(symbol)
            .all(|reference| {
                let node = syntax::wrapped(self.nodes, reference.node_id());
                let parent = self.nodes.parent_id(node);
                match self.nodes.kind(parent) {
                    AstKind::SpreadElement(_)
                    | AstKind::TemplateLiteral(_)
                    | AstKind::BinaryExpression(_) => true,
                    AstKind::CallExpression(call) => {
                        self.calls.contains(&parent)
                            || matches!(
                                syntax::global_function(call, self.scoping),
                                Some(
                                    ("console" | "JSON", _)
                                        | ("Object", "keys" | "values" | "entries")
                                )
                            )
                    }
                    AstKind::StaticMemberExpression(_) => {
                        !syntax::is_written(self.nodes, parent)
                            && syntax::called_by(self.nodes, parent).is_none()
                            && !matches!(
                                self.nodes.parent_kind(syntax::wrapped(self.nodes, parent)),
                                AstKind::StaticMemberExpression(_)
                                    | AstKind::ComputedMemberExpression(_)
                            )
                    }
                    _ => false,
                }
            })
    }

    fn object(&mut self, object: &'a ObjectExpression<'a>, depth: usize) -> Literal {
        let mut fields: Vec<Field> = Vec::new();
        let mut open = false;
        for property in &object.properties {
            if self.is_full() {
                open = true;
                forget(&mut fields);
                break;
            }
            match property {
                ObjectPropertyKind::SpreadProperty(spread) => {
                    match self.value(&spread.argument, depth + 1) {
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
                        continue;
                    }
                    let value = match property.kind {
                        PropertyKind::Init => self.value(&property.value, depth + 1),
                        PropertyKind::Get | PropertyKind::Set => Literal::Unknown,
                    };
                    let position = self.positions.of_offset(property.key.span().start);
                    self.columns += position.column as usize;
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
fn forget(fields: &mut [Field]) {
    for field in fields {
        field.value = Literal::Unknown;
    }
}
