//! From an expression that stands for a thing to what is done with it.
//!
//! A list of work instead of recursion: a step looks at one parent.

use oxc::ast::AstKind;
use oxc::ast::ast::{ArrayExpressionElement, AssignmentTarget, BinaryExpression, SpreadElement};
use oxc::semantic::NodeId;
use oxc::span::{GetSpan, Span};
use oxc::syntax::operator::{AssignmentOperator, BinaryOperator, LogicalOperator, UnaryOperator};

use super::syntax::{self, Named, bare};
use super::thing::Thing;
use super::{Flow, Inspector, MAX_READS, MAX_STEPS, MAX_USES};
use crate::contract::{Key, PromiseUseKind};

impl<'a> Inspector<'a, '_> {
    /// Says that an expression stands for a thing.
    pub(super) fn push(&mut self, node: NodeId, thing: Thing, unsure: bool) {
        if thing.is_too_deep() {
            self.escape(node, &thing);
            return;
        }
        self.queue.push(Flow {
            node,
            thing,
            unsure,
        });
    }

    /// Follows what is to be followed until nothing is left.
    pub(super) fn follow_all(&mut self) {
        let mut steps = 0;
        while let Some(flow) = self.queue.pop() {
            steps += 1;
            if steps > MAX_STEPS || self.uses.len() > MAX_USES || self.reads > MAX_READS {
                self.overflows = true;
                break;
            }
            let mark = (flow.node, flow.thing.clone(), flow.unsure);
            if self.seen.insert(mark) {
                self.follow(flow);
            }
        }
    }

    fn follow(&mut self, flow: Flow) {
        let Flow {
            node,
            thing,
            unsure,
        } = flow;
        let span = self.nodes.kind(node).span();
        let parent = self.nodes.parent_id(node);
        let kind = self.nodes.kind(parent);
        match kind {
            kind if syntax::is_wrapper(&kind) => self.push(parent, thing, unsure),
            AstKind::AwaitExpression(_) => {
                // Promises in a list are not awaited with it.
                self.awaits_if(matches!(thing, Thing::Promise(_)), &thing);
                self.push(parent, thing.awaited(), unsure);
            }
            AstKind::VariableDeclarator(declarator) => self.bind(&declarator.id, thing, unsure),
            AstKind::StaticMemberExpression(_) | AstKind::ComputedMemberExpression(_)
                if matches!(thing, Thing::Function(_) | Thing::CallTool) =>
            {
                self.escape(node, &thing);
            }
            AstKind::StaticMemberExpression(member) => {
                let named = Named {
                    name: Some(member.property.name.to_string()),
                    index: None,
                    offset: member.property.span.start,
                };
                self.member(parent, &named, member.optional, &thing, unsure);
            }
            AstKind::ComputedMemberExpression(member) if member.object.span() == span => {
                let named = syntax::computed_name(&member.expression, self.nodes, self.scoping);
                self.member(parent, &named, member.optional, &thing, unsure);
            }
            AstKind::CallExpression(call) if call.callee.span() == span => {
                self.call(parent, call, node, &thing, unsure);
            }
            AstKind::CallExpression(call) => {
                let place = syntax::argument_at(call, span);
                self.argument(
                    parent,
                    call,
                    place.unwrap_or(usize::MAX),
                    node,
                    thing,
                    unsure,
                );
            }
            AstKind::SpreadElement(spread) => self.spread(parent, spread, &thing, unsure),
            AstKind::ArrayExpression(array) => {
                let mut before = array.elements.iter().take(syntax::MAX_PLACES);
                let place = before.position(|element| element.span() == span);
                let elements = &array.elements[..place.unwrap_or(0)];
                match place {
                    Some(place) if !elements.iter().any(ArrayExpressionElement::is_spread) => {
                        self.push(parent, Thing::At(place, Box::new(thing)), unsure);
                    }
                    _ => self.push(parent, thing.list(), true),
                }
            }
            AstKind::ObjectProperty(property)
                if property.computed && property.key.span() == span =>
            {
                self.converts(node, &thing);
            }
            AstKind::ObjectProperty(property) => match property.key.static_name() {
                Some(name) if !property.computed => {
                    let object = self.nodes.parent_id(parent);
                    let field = Thing::Field(name.into_owned(), Box::new(thing));
                    self.push(object, field, unsure);
                }
                _ => self.escape(node, &thing),
            },
            AstKind::ForOfStatement(each) if each.right.span() == span => {
                if matches!(thing, Thing::Promise(_)) {
                    self.uses_promise(node, span.start, &thing, PromiseUseKind::Iterated);
                    return;
                }
                if matches!(thing, Thing::Value { .. }) {
                    self.read(node, span.start, &thing, Key::Element, false, unsure);
                }
                let Some(element) = thing.any_element() else {
                    self.escape(node, &thing);
                    return;
                };
                let unsure = unsure || matches!(thing, Thing::At(..));
                let element = if each.r#await {
                    element.awaited()
                } else {
                    element
                };
                self.awaits_if(each.r#await, &thing);
                self.bind_each(&each.left, node, element, unsure);
            }
            AstKind::ReturnStatement(_) | AstKind::ArrowFunctionExpression(_) => {
                self.returned(node, thing, unsure);
            }
            AstKind::LogicalExpression(logical) => {
                if logical.left.span() != span {
                    self.push(parent, thing, true);
                    return;
                }
                self.tests(node, &thing);
                if logical.operator != LogicalOperator::And {
                    let unsure = unsure || !syntax::is_empty(&logical.right);
                    self.push(parent, thing, unsure);
                }
            }
            AstKind::ConditionalExpression(conditional) => {
                if conditional.test.span() == span {
                    self.tests(node, &thing);
                } else {
                    let other = if conditional.consequent.span() == span {
                        &conditional.alternate
                    } else {
                        &conditional.consequent
                    };
                    self.push(parent, thing, unsure || !syntax::is_empty(other));
                }
            }
            AstKind::IfStatement(_)
            | AstKind::WhileStatement(_)
            | AstKind::DoWhileStatement(_)
            | AstKind::ForStatement(_)
            | AstKind::SwitchStatement(_)
            | AstKind::SwitchCase(_) => self.tests(node, &thing),
            AstKind::UnaryExpression(unary) => match unary.operator {
                UnaryOperator::Typeof => self.asks_for_type(node, &thing),
                UnaryOperator::LogicalNot => self.tests(node, &thing),
                UnaryOperator::UnaryNegation
                | UnaryOperator::UnaryPlus
                | UnaryOperator::BitwiseNot => self.converts(node, &thing),
                UnaryOperator::Void | UnaryOperator::Delete => self.escape(node, &thing),
            },
            AstKind::BinaryExpression(binary) => self.binary(node, span, binary, &thing),
            AstKind::TemplateLiteral(_) => {
                let tagged = matches!(
                    self.nodes.parent_kind(parent),
                    AstKind::TaggedTemplateExpression(_)
                );
                if tagged {
                    self.escape(node, &thing);
                } else {
                    self.converts(node, &thing);
                }
            }
            AstKind::SequenceExpression(sequence) => {
                if sequence.expressions.last().map(GetSpan::span) == Some(span) {
                    self.push(parent, thing, unsure);
                } else {
                    self.mentions(node, &thing);
                }
            }
            AstKind::AssignmentExpression(assignment) if assignment.right.span() == span => {
                self.assigned(node, assignment.operator, &assignment.left, thing, unsure);
            }
            AstKind::ExpressionStatement(_) => self.mentions(node, &thing),
            AstKind::ForInStatement(_) => {}
            _ => self.escape(node, &thing),
        }
    }

    fn binary(
        &mut self,
        node: NodeId,
        span: Span,
        binary: &'a BinaryExpression<'a>,
        thing: &Thing,
    ) {
        let other = if binary.left.span() == span {
            &binary.right
        } else {
            &binary.left
        };
        match binary.operator {
            BinaryOperator::In if binary.right.span() == span => {
                let name = syntax::string(&binary.left, self.nodes, self.scoping);
                self.looks_up(thing, name);
            }
            BinaryOperator::In | BinaryOperator::Instanceof => self.asks_for_type(node, thing),
            BinaryOperator::Equality
            | BinaryOperator::Inequality
            | BinaryOperator::StrictEquality
            | BinaryOperator::StrictInequality => {
                if matches!(thing, Thing::Promise(_)) {
                    if bare(other).is_literal() && !syntax::is_nothing(other) {
                        self.converts(node, thing);
                    } else {
                        self.escape(node, thing);
                    }
                } else if syntax::is_nothing(other) {
                    self.tests(node, thing);
                }
            }
            _ => self.converts(node, thing),
        }
    }

    fn spread(&mut self, node: NodeId, spread: &SpreadElement<'a>, thing: &Thing, unsure: bool) {
        let offset = spread.argument.span().start;
        if matches!(thing, Thing::Promise(_)) {
            self.uses_promise(node, offset, thing, PromiseUseKind::Iterated);
            return;
        }
        let parent = self.nodes.parent_id(node);
        match self.nodes.kind(parent) {
            AstKind::ArrayExpression(array) => {
                if matches!(thing, Thing::Value { .. }) {
                    self.read(node, offset, thing, Key::Element, false, unsure);
                }
                match thing.any_element() {
                    Some(element) => {
                        let unsure = unsure || array.elements.len() > 1;
                        self.push(parent, element.list(), unsure);
                    }
                    None => self.escape(node, thing),
                }
            }
            AstKind::ObjectExpression(_) if matches!(thing, Thing::Value { .. }) => {}
            AstKind::CallExpression(call) => {
                let element = thing.element();
                let element = element.filter(|element| self.collects(call, element, unsure));
                if element.is_none() {
                    self.escape(node, thing);
                }
            }
            _ => self.escape(node, thing),
        }
    }

    fn assigned(
        &mut self,
        node: NodeId,
        operator: AssignmentOperator,
        target: &'a AssignmentTarget<'a>,
        thing: Thing,
        unsure: bool,
    ) {
        match operator {
            AssignmentOperator::Assign => {}
            AssignmentOperator::LogicalAnd
            | AssignmentOperator::LogicalOr
            | AssignmentOperator::LogicalNullish => return self.escape(node, &thing),
            _ => return self.converts(node, &thing),
        }
        match target {
            AssignmentTarget::AssignmentTargetIdentifier(identifier) => {
                match self.set_once(identifier) {
                    Some(symbol) => self.bind_symbol(symbol, node, &thing, unsure),
                    None => self.escape(node, &thing),
                }
            }
            AssignmentTarget::ArrayAssignmentTarget(pattern)
                if matches!(thing, Thing::Promise(_)) =>
            {
                let offset = pattern.span.start;
                self.uses_promise(node, offset, &thing, PromiseUseKind::Iterated);
            }
            _ => self.escape(node, &thing),
        }
    }
}
