//! One look at every place of a program: what is read there, tested there, or
//! done with a promise there.
//!
//! Where a value comes from is asked of `sources`, where one goes of `flow`; here
//! it is written down. Calls of tools are found first, since results are told by
//! the call they come from.

mod births;
mod calls;
mod tests;

use oxc::ast::AstKind;
use oxc::ast::ast::{Argument, ArrayPattern, BindingPattern, Expression};
use oxc::semantic::NodeId;
use oxc::span::GetSpan;
use oxc::syntax::operator::{BinaryOperator, UnaryOperator};

use super::demand::Step;
use super::facts::{AsyncCall, PromiseRead, Read};
use super::sources::{Origin, Sources};
use super::{Inspector, MAX_READS, syntax};
use crate::contract::{Key, PromiseUseKind};

/// What every object has, a promise too.
const OF_ANY_OBJECT: [&str; 8] = [
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
    "__proto__",
];

/// What a promise has besides.
pub(super) const OF_PROMISES: [&str; 3] = ["then", "catch", "finally"];

impl<'a> Inspector<'a, '_> {
    /// Looks at everything.
    pub(super) fn look_around(&mut self) {
        let nodes = self.nodes;
        self.find_calls();
        for node in nodes.iter() {
            if self.reads > MAX_READS {
                self.work.stop();
            }
            if self.work.is_over() {
                return;
            }
            self.look_at(node.id(), node.kind());
        }
    }

    fn look_at(&mut self, node: NodeId, kind: AstKind<'a>) {
        match kind {
            AstKind::IdentifierReference(identifier) => self.identifier(node, identifier),
            AstKind::ThisExpression(_)
                if self.climbs(node) && syntax::is_global_this(self.nodes, node) =>
            {
                self.note_birth(node, super::sources::Api::Global);
            }
            AstKind::StringLiteral(literal) if self.is_mentioned(node) => {
                self.guards.compared.insert(literal.value.to_string());
                if matches!(self.nodes.parent_kind(node), AstKind::CallExpression(_)) {
                    self.guards.sought.insert(literal.value.to_string());
                }
            }
            AstKind::RegExpLiteral(literal) => {
                let pattern = literal.regex.pattern.text.to_string();
                self.guards.patterns.insert(pattern);
            }
            AstKind::NewExpression(new) => {
                self.incomplete |= super::names::is_evaluation(&new.callee);
                if let Some("Set" | "Map" | "WeakSet" | "WeakMap") =
                    syntax::global_named(&new.callee, self.scoping)
                    && let Some(list) = new.arguments.first().and_then(Argument::as_expression)
                {
                    self.looped(list);
                }
            }
            AstKind::CallExpression(call) => self.look_at_call(call),
            AstKind::YieldExpression(yielded) if yielded.delegate => {
                if let Some(list) = &yielded.argument {
                    self.looped(list);
                }
            }
            AstKind::StaticMemberExpression(member) => {
                let step = Step::Name(member.property.name.as_str(), node);
                let offset = member.property.span.start;
                self.look_at_member(node, &member.object, step, offset, member.optional);
            }
            AstKind::ComputedMemberExpression(member) => {
                let step = self.computed_step(node, &member.expression);
                let offset = member.expression.span().start;
                self.look_at_member(node, &member.object, step, offset, member.optional);
                self.converted(&member.expression);
            }
            AstKind::BindingProperty(property) => {
                let step = self.step_of_property(property);
                let offset = property.key.span().start;
                let has_default = matches!(property.value, BindingPattern::AssignmentPattern(_));
                self.look_at_property(node, step, offset, has_default);
            }
            AstKind::AssignmentTargetPropertyIdentifier(property) => {
                let step = Step::Name(property.binding.name.as_str(), node);
                let offset = property.span.start;
                self.look_at_property(node, step, offset, property.init.is_some());
            }
            AstKind::AssignmentTargetPropertyProperty(property) => {
                let name =
                    syntax::key_name(&property.name, property.computed, self.nodes, self.scoping);
                let step = name.map_or(Step::Computed(node), |name| Step::Name(name, node));
                self.look_at_property(node, step, property.name.span().start, false);
            }
            AstKind::ArrayPattern(pattern) => self.look_at_array_pattern(node, pattern),
            AstKind::ArrayAssignmentTarget(target) => {
                let sources = self.sources_of_pattern(node, Step::Element);
                self.iterated(node, target.span.start, &sources);
            }
            AstKind::ForOfStatement(each) => {
                self.looped(&each.right);
            }
            AstKind::SpreadElement(spread) => {
                let around = self.nodes.parent_kind(node);
                if matches!(around, AstKind::ObjectExpression(_)) {
                    self.listed(&spread.argument);
                } else {
                    let list = spread.argument.node_id();
                    let sources = self.step_from(list, Step::Element);
                    self.iterated(node, spread.argument.span().start, &sources);
                }
            }
            AstKind::TemplateLiteral(template) => {
                let around = self.nodes.parent_kind(node);
                if !matches!(around, AstKind::TaggedTemplateExpression(_)) {
                    template
                        .expressions
                        .iter()
                        .for_each(|inner| self.converted(inner));
                }
            }
            AstKind::AssignmentExpression(assignment)
                if (assignment.operator.is_arithmetic() || assignment.operator.is_bitwise()) =>
            {
                self.converted(&assignment.right);
            }
            AstKind::UnaryExpression(unary) => match unary.operator {
                UnaryOperator::UnaryNegation
                | UnaryOperator::UnaryPlus
                | UnaryOperator::BitwiseNot => self.converted(&unary.argument),
                UnaryOperator::Typeof => {
                    self.tests_member(&unary.argument, true);
                    self.asks_for_kind(&unary.argument);
                }
                UnaryOperator::LogicalNot => self.decides_by(&unary.argument),
                UnaryOperator::Void | UnaryOperator::Delete => {}
            },
            AstKind::BinaryExpression(binary) => {
                self.look_at_binary(binary.operator, &binary.left, &binary.right);
            }
            AstKind::LogicalExpression(logical) => {
                // `value.data ?? value`
                let is_fallback = self.is_object_of(&logical.right, &logical.left);
                self.tests_member(&logical.left, is_fallback);
                self.tests(&logical.left);
            }
            AstKind::ConditionalExpression(branch) => self.decides_by(&branch.test),
            AstKind::IfStatement(branch) => self.decides_by(&branch.test),
            AstKind::WhileStatement(each) => self.decides_by(&each.test),
            AstKind::DoWhileStatement(each) => self.decides_by(&each.test),
            AstKind::ForStatement(each) => {
                if let Some(test) = &each.test {
                    self.decides_by(test);
                }
            }
            AstKind::SwitchStatement(switch) => self.tests(&switch.discriminant),
            _ => {}
        }
    }

    /// Something is done or not by a value.
    fn decides_by(&mut self, test: &'a Expression<'a>) {
        self.tests(test);
        // A variable may be asked whether it has a promise yet.
        let Expression::CallExpression(call) = syntax::bare(test) else {
            return;
        };
        let sources = self.origins(test);
        let is_whole = |origin: &Origin<'_>| matches!(origin, Origin::Promise { asked: None, .. });
        if sources.only_promises() && sources.found.iter().all(is_whole) {
            let offset = call.span.start;
            self.uses_promise(call.node_id.get(), offset, &sources, PromiseUseKind::Tested);
        }
    }

    /// Whether a variable is the object of a member.
    fn is_object_of(&self, variable: &'a Expression<'a>, member: &'a Expression<'a>) -> bool {
        let symbol = |expression: &'a Expression<'a>| {
            let identifier = syntax::bare(expression).get_identifier_reference()?;
            syntax::symbol_of(identifier, self.scoping)
        };
        let member = match syntax::bare(member) {
            Expression::ChainExpression(chain) => chain.expression.as_member_expression(),
            other => other.as_member_expression(),
        };
        let object = member.and_then(|member| symbol(member.object()));
        object.is_some() && object == symbol(variable)
    }

    fn look_at_binary(
        &mut self,
        operator: BinaryOperator,
        left: &'a Expression<'a>,
        right: &'a Expression<'a>,
    ) {
        match operator {
            BinaryOperator::In => {
                let name = syntax::string(left, self.nodes, self.scoping);
                self.looks_up(right, name);
            }
            BinaryOperator::Instanceof => self.asks_for_kind(left),
            BinaryOperator::Equality
            | BinaryOperator::Inequality
            | BinaryOperator::StrictEquality
            | BinaryOperator::StrictInequality => {
                for (one, other) in [(left, right), (right, left)] {
                    if syntax::is_nothing(other) {
                        self.tests(one);
                    } else if syntax::bare(other).is_literal() {
                        self.converted(one);
                    }
                }
            }
            _ => {
                self.converted(left);
                self.converted(right);
            }
        }
    }

    fn look_at_member(
        &mut self,
        node: NodeId,
        object: &'a Expression<'a>,
        step: Step<'a>,
        offset: u32,
        optional: bool,
    ) {
        if syntax::is_written(self.nodes, node) {
            return self.look_at_written(object, step);
        }
        if optional {
            self.tests(object);
        }
        let called = syntax::called_by(self.nodes, node).is_some();
        let sources = self.step_from(object.node_id(), step);
        self.look_at_births(node, &sources);
        self.read(node, offset, &sources, called, false);
        self.property_of_promise(node, offset, step, &sources);
    }

    fn look_at_property(&mut self, node: NodeId, step: Step<'a>, offset: u32, has_default: bool) {
        let pattern = self.nodes.parent_id(node);
        let sources = self.sources_of_pattern(pattern, step);
        if has_default {
            self.note_tested(&sources);
        }
        self.look_at_births(node, &sources);
        self.read(node, offset, &sources, false, has_default);
        self.property_of_promise(node, offset, step, &sources);
    }

    fn look_at_array_pattern(&mut self, node: NodeId, pattern: &'a ArrayPattern<'a>) {
        let sources = self.sources_of_pattern(node, Step::Element);
        self.iterated(node, pattern.span.start, &sources);
        for (place, element) in pattern.elements.iter().enumerate() {
            if let Some(BindingPattern::AssignmentPattern(_)) = element {
                let sources = self.sources_of_pattern(node, Step::At(place));
                self.note_tested(&sources);
            }
        }
    }

    /// Notes that a property of a result is read.
    fn read(
        &mut self,
        node: NodeId,
        offset: u32,
        sources: &Sources<'a>,
        called: bool,
        guarded: bool,
    ) {
        let names_index = self.names_index(node);
        let is_read = |path: &[Key]| match path.last() {
            Some(Key::Name(_)) => true,
            Some(Key::Element) => names_index,
            Some(Key::Value) | None => false,
        };
        // What may be something else as well may have the property.
        let only_read = sources.found.iter().all(|origin| match origin {
            Origin::Result { path, .. } => is_read(path),
            _ => false,
        });
        let guarded = guarded || sources.is_unsure() || !only_read;
        for (call, path) in sources.results().filter(|(_, path)| is_read(path)) {
            let Some(&at) = self.calls.by_node.get(&call) else {
                continue;
            };
            self.reads += 1;
            self.calls.facts[at].reads.push(Read {
                node,
                offset,
                path: path.to_vec(),
                guarded,
                called,
            });
        }
    }

    /// Whether a node reads the element at a place that is written out.
    fn names_index(&self, node: NodeId) -> bool {
        let member = self.nodes.kind(node).as_computed_member_expression();
        member.is_some_and(|member| syntax::index(&member.expression).is_some())
    }

    /// An expression is gone through as a list.
    pub(super) fn looped(&mut self, expression: &'a Expression<'a>) {
        let list = expression.node_id();
        let sources = self.step_from(list, Step::Element);
        self.iterated(list, expression.span().start, &sources);
    }

    /// Notes that something is gone through as a list.
    fn iterated(&mut self, node: NodeId, offset: u32, sources: &Sources<'a>) {
        let asks_element = |origin: &Origin<'_>| match origin {
            Origin::Promise { asked, .. } => asked.is_some_and(Step::is_element),
            _ => false,
        };
        if sources.only_promises() && sources.found.iter().all(asks_element) {
            self.uses_promise(node, offset, sources, PromiseUseKind::Iterated);
        }
        // What may be no list was made one.
        if sources.results().any(|(_, path)| path.is_empty()) {
            return;
        }
        for (call, path) in sources.results() {
            if let Some(&at) = self.calls.by_node.get(&call) {
                self.reads += 1;
                self.calls.facts[at].reads.push(Read {
                    node,
                    offset,
                    path: path.to_vec(),
                    guarded: sources.is_unsure(),
                    called: false,
                });
            }
        }
    }

    /// A property that promises do not have is read from one.
    fn property_of_promise(
        &mut self,
        node: NodeId,
        offset: u32,
        step: Step<'a>,
        sources: &Sources<'a>,
    ) {
        let name = match step {
            Step::Name(name, _) => name.to_owned(),
            Step::At(index) => index.to_string(),
            _ => return,
        };
        if OF_PROMISES.contains(&&*name) || OF_ANY_OBJECT.contains(&&*name) {
            return;
        }
        let asks_this = |origin: &Origin<'_>| matches!(origin, Origin::Promise { asked, .. } if *asked == Some(step));
        let is_it = sources.only_promises() && sources.found.iter().all(asks_this);
        if is_it && !self.may_be_given(&name) {
            self.uses_promise(node, offset, sources, PromiseUseKind::Property(name));
        }
    }

    /// Whether the script may give a property of that name to a promise.
    fn may_be_given(&self, name: &str) -> bool {
        let index = self.index;
        let named = index.assigned.get(name).into_iter().flatten();
        let assigned = named.chain(&index.assigned_computed);
        if !self.work.spend(assigned.clone().count()) {
            return true;
        }
        let mut objects = assigned.map(|(object, _)| *object);
        objects.any(|object| !self.is_container(object))
    }

    /// Whether an expression names a list or an object of the script that is never
    /// another.
    fn is_container(&self, node: NodeId) -> bool {
        let (nodes, scoping) = (self.nodes, self.scoping);
        let symbol = nodes
            .kind(node)
            .as_identifier_reference()
            .and_then(|variable| syntax::symbol_of(variable, scoping));
        let value = symbol.and_then(|symbol| syntax::constant_value(symbol, nodes, scoping));
        matches!(
            value.map(syntax::bare),
            Some(
                Expression::ObjectExpression(_)
                    | Expression::ArrayExpression(_)
                    | Expression::NewExpression(_)
            )
        )
    }

    /// An expression becomes text or a number.
    pub(super) fn converted(&mut self, expression: &'a Expression<'a>) {
        if !syntax::may_be_promise(expression) {
            return;
        }
        let sources = self.origins(expression);
        let asks_nothing =
            |origin: &Origin<'_>| matches!(origin, Origin::Promise { asked: None, .. });
        if sources.only_promises() && sources.found.iter().all(asks_nothing) {
            let node = expression.node_id();
            let offset = expression.span().start;
            self.uses_promise(node, offset, &sources, PromiseUseKind::Converted);
        }
    }

    pub(super) fn uses_promise(
        &mut self,
        node: NodeId,
        offset: u32,
        sources: &Sources<'a>,
        kind: PromiseUseKind,
    ) {
        let Some(call) = sources.promises().next() else {
            return;
        };
        self.reads += 1;
        if let Some(method @ ("reduce" | "reduceRight")) = self.method_of(call) {
            if !self.async_callbacks.iter().any(|one| one.call == call) {
                let waiting = AsyncCall {
                    call,
                    method,
                    offset,
                };
                self.async_callbacks.push(waiting);
            }
            return;
        }
        self.promise_uses.push(PromiseRead {
            node,
            offset,
            call,
            kind,
        });
    }
}
