//! Where the value of an expression goes.
//!
//! Walks forwards from an expression, through the script's own variables, lists
//! and functions, to the places where something becomes of its value. The
//! counterpart of `sources`. Start at [`Inspector::fates`].

mod through;

use std::collections::BTreeSet;

use oxc::ast::AstKind;
use oxc::ast::ast::{BindingPattern, CallExpression, ForStatementLeft};
use oxc::semantic::{NodeId, ReferenceFlags, SymbolId};
use oxc::span::GetSpan;
use oxc::syntax::operator::{AssignmentOperator, BinaryOperator, UnaryOperator};

use super::index::is_coping;
use super::work::VISIT;
use super::{Inspector, syntax};

/// Places that are looked at for one value.
const MAX_PLACES: usize = 300;
/// Things that become of one value.
const MAX_FATES: usize = 1_000;
/// Lists in lists that are followed.
const MAX_LISTS: usize = 4;

/// What becomes of a value at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fate<'a> {
    pub(super) kind: FateKind<'a>,
    /// Whether it is in a list there.
    pub(super) in_list: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FateKind<'a> {
    /// It is called there.
    Called(NodeId),
    /// It is called there with `new`.
    Built(NodeId),
    /// It makes the promise that is made there.
    Executed(NodeId),
    /// It is an argument of a call that is not followed.
    Argument(NodeId, usize),
    /// A property is read from it there.
    Member(NodeId),
    /// A pattern takes it apart.
    Taken,
    /// It is awaited there, or a failure is taken there.
    Awaited(NodeId),
    /// It decides something, or is asked for its kind.
    Tested,
    /// It becomes text or a number.
    Converted,
    /// Nothing becomes of it, but an expression has it last.
    Discarded(NodeId),
    /// It is the script's value.
    Returned,
    /// It becomes a property of that name.
    Stored(&'a str),
    /// It goes where it is not followed.
    Escapes,
}

/// A walk under way.
#[derive(Default)]
struct Walk<'a> {
    /// Places that hold the value, in so many lists.
    work: Vec<(NodeId, usize)>,
    seen: BTreeSet<(NodeId, usize)>,
    fates: Vec<Fate<'a>>,
    /// Whether there was too much to go through.
    is_cut: bool,
}

impl<'a> Walk<'a> {
    fn go(&mut self, node: NodeId, lists: usize) {
        self.work.push((node, lists));
    }

    fn end(&mut self, kind: FateKind<'a>, lists: usize) {
        let in_list = lists > 0;
        let fate = Fate { kind, in_list };
        self.is_cut |= self.fates.len() > MAX_FATES;
        if !self.is_cut && !self.fates.contains(&fate) {
            self.fates.push(fate);
        }
    }
}

impl<'a> Inspector<'a, '_> {
    /// Everything that becomes of an expression's value.
    pub(super) fn fates(&mut self, node: NodeId) -> Vec<Fate<'a>> {
        self.walk(vec![(node, 0)])
    }

    /// The same of what is in lists there.
    pub(super) fn fates_in(&mut self, node: NodeId, lists: usize) -> Vec<Fate<'a>> {
        self.walk(vec![(node, lists)])
    }

    /// Everything that becomes of the value of a variable.
    pub(super) fn fates_of_symbol(&mut self, symbol: SymbolId) -> Vec<Fate<'a>> {
        let places = self.reads_of(symbol);
        self.walk(places.into_iter().map(|place| (place, 0)).collect())
    }

    /// What becomes of what a pattern takes.
    pub(super) fn fates_of_pattern(&mut self, pattern: &'a BindingPattern<'a>) -> Vec<Fate<'a>> {
        let mut walk = Walk::default();
        self.go_through_pattern(&mut walk, pattern, 0);
        self.finish(walk)
    }

    fn walk(&mut self, work: Vec<(NodeId, usize)>) -> Vec<Fate<'a>> {
        self.finish(Walk {
            work,
            ..Walk::default()
        })
    }

    fn finish(&mut self, mut walk: Walk<'a>) -> Vec<Fate<'a>> {
        while let Some((node, lists)) = walk.work.pop() {
            if !walk.seen.insert((node, lists)) {
                continue;
            }
            let is_long = walk.seen.len() > MAX_PLACES || lists > MAX_LISTS;
            if is_long || walk.is_cut || !self.work.spend(VISIT) {
                walk.is_cut = true;
                break;
            }
            let (waiting, known) = (walk.work.len(), walk.fates.len());
            self.pass(&mut walk, node, lists);
            let more = walk.work.len().saturating_sub(waiting) + walk.fates.len() - known;
            self.work.spend(more);
        }
        if walk.is_cut || self.work.is_over() {
            walk.fates.push(Fate {
                kind: FateKind::Escapes,
                in_list: false,
            });
        }
        walk.fates
    }

    /// Where a variable is read.
    pub(super) fn reads_of(&self, symbol: SymbolId) -> Vec<NodeId> {
        let known = self.scoping.get_resolved_reference_ids(symbol).len();
        if !self.work.spend(known / 4) {
            return Vec::new();
        }
        let references = self.scoping.get_resolved_references(symbol);
        references
            .filter(|reference| {
                let flags = reference.flags();
                flags.contains(ReferenceFlags::Read)
                    && !flags.intersects(ReferenceFlags::Type | ReferenceFlags::ValueAsType)
            })
            .map(oxc::semantic::Reference::node_id)
            .take(syntax::MAX_REFERENCES)
            .collect()
    }

    fn pass(&mut self, walk: &mut Walk<'a>, node: NodeId, lists: usize) {
        let nodes = self.nodes;
        let span = nodes.kind(node).span();
        let parent = nodes.parent_id(node);
        match nodes.kind(parent) {
            AstKind::AwaitExpression(_) if lists == 0 => {
                walk.end(FateKind::Awaited(parent), lists);
            }
            // Promises in a list are not awaited with it.
            AstKind::AwaitExpression(_) | AstKind::SequenceExpression(_)
                if self.is_value_of(parent, node) =>
            {
                walk.go(parent, lists);
            }
            AstKind::SequenceExpression(_) | AstKind::ExpressionStatement(_) => {
                walk.end(FateKind::Discarded(node), lists);
            }
            kind if syntax::is_wrapper(&kind) => walk.go(parent, lists),
            AstKind::ConditionalExpression(conditional) => {
                if conditional.test.span() == span {
                    walk.end(FateKind::Tested, lists);
                } else {
                    walk.go(parent, lists);
                }
            }
            AstKind::LogicalExpression(logical) => {
                if logical.left.span() == span {
                    walk.end(FateKind::Tested, lists);
                }
                walk.go(parent, lists);
            }
            AstKind::VariableDeclarator(declarator) => {
                self.go_through_declarator(walk, parent, declarator, lists);
            }
            AstKind::AssignmentExpression(assignment) if assignment.right.span() == span => {
                if !matches!(
                    assignment.operator,
                    AssignmentOperator::Assign
                        | AssignmentOperator::LogicalNullish
                        | AssignmentOperator::LogicalOr
                ) {
                    return walk.end(FateKind::Converted, lists);
                }
                self.go_to_target(walk, &assignment.left, lists);
                let is_statement =
                    matches!(nodes.parent_kind(parent), AstKind::ExpressionStatement(_));
                if !is_statement {
                    walk.go(parent, lists);
                }
            }
            AstKind::CallExpression(call) => self.go_through_call(walk, parent, call, node, lists),
            AstKind::NewExpression(new) => {
                if new.callee.span() == span {
                    return walk.end(FateKind::Built(parent), lists);
                }
                let arguments = new.arguments.iter().take(syntax::MAX_PLACES);
                let place = arguments.map(GetSpan::span).position(|one| one == span);
                if syntax::global_named(&new.callee, self.scoping) == Some("Promise") {
                    return walk.end(FateKind::Executed(parent), lists);
                }
                let class = syntax::class_named(&new.callee, nodes, self.scoping);
                let constructor = class.and_then(|class| self.constructor_of(class));
                match (place, constructor) {
                    (Some(place), Some(constructor)) => {
                        self.go_to_parameter(walk, constructor, place, lists);
                    }
                    _ => walk.end(FateKind::Escapes, lists),
                }
            }
            AstKind::StaticMemberExpression(_)
            | AstKind::PrivateFieldExpression(_)
            | AstKind::ComputedMemberExpression(_)
                if lists > 0 =>
            {
                self.go_through_list(walk, parent, lists);
            }
            AstKind::StaticMemberExpression(member) => {
                let call = syntax::called_by(nodes, parent);
                match (member.property.name.as_str(), call) {
                    // Who copes with a failure need not wait.
                    (name, Some((_, call))) if is_coping(name, call) => {
                        walk.end(FateKind::Awaited(parent), lists);
                    }
                    ("then", Some((_, call))) if self.is_handed_on(call) => {
                        walk.end(FateKind::Escapes, lists);
                    }
                    ("then" | "finally", Some((call, _))) => walk.go(call, lists),
                    _ => walk.end(FateKind::Member(parent), lists),
                }
            }
            AstKind::PrivateFieldExpression(_) => walk.end(FateKind::Member(parent), lists),
            AstKind::ComputedMemberExpression(member) => {
                if member.object.span() == span {
                    walk.end(FateKind::Member(parent), lists);
                } else {
                    walk.end(FateKind::Converted, lists);
                }
            }
            AstKind::ArrayExpression(_) => walk.go(parent, lists + 1),
            AstKind::SpreadElement(_) => {
                let around = nodes.parent_id(parent);
                match nodes.kind(around) {
                    AstKind::ArrayExpression(_) if lists > 0 => walk.go(around, lists),
                    AstKind::CallExpression(call) if lists > 0 => match self.list_filled_by(call) {
                        Some(list) => self.go_to_symbol(walk, Some(list), lists),
                        None => walk.end(FateKind::Escapes, lists),
                    },
                    _ => walk.end(FateKind::Escapes, lists),
                }
            }
            AstKind::ObjectProperty(property) if property.value.span() == span => {
                let key = syntax::key_name(&property.key, property.computed, nodes, self.scoping);
                walk.end(key.map_or(FateKind::Escapes, FateKind::Stored), lists);
            }
            AstKind::PropertyDefinition(field) => {
                let key = syntax::key_name(&field.key, field.computed, nodes, self.scoping);
                walk.end(key.map_or(FateKind::Escapes, FateKind::Stored), lists);
            }
            AstKind::MethodDefinition(method) => {
                let key = syntax::key_name(&method.key, method.computed, nodes, self.scoping);
                walk.end(key.map_or(FateKind::Escapes, FateKind::Stored), lists);
            }
            AstKind::ForOfStatement(each) if each.right.span() == span && lists > 0 => {
                if each.r#await && lists == 1 {
                    return walk.end(FateKind::Awaited(parent), 0);
                }
                match &each.left {
                    ForStatementLeft::VariableDeclaration(declaration) => {
                        for declarator in &declaration.declarations {
                            self.go_through_pattern(walk, &declarator.id, lists - 1);
                        }
                    }
                    _ => walk.end(FateKind::Escapes, lists),
                }
            }
            AstKind::ReturnStatement(_) | AstKind::ArrowFunctionExpression(_) => {
                self.go_through_return(walk, parent, lists);
            }
            AstKind::YieldExpression(yielded) => {
                let lists = if yielded.delegate { lists } else { lists + 1 };
                self.go_through_yield(walk, parent, lists);
            }
            AstKind::IfStatement(_)
            | AstKind::WhileStatement(_)
            | AstKind::DoWhileStatement(_)
            | AstKind::ForStatement(_)
            | AstKind::SwitchStatement(_)
            | AstKind::SwitchCase(_) => walk.end(FateKind::Tested, lists),
            AstKind::UnaryExpression(unary) => walk.end(
                match unary.operator {
                    UnaryOperator::Typeof | UnaryOperator::LogicalNot => FateKind::Tested,
                    UnaryOperator::Void | UnaryOperator::Delete => FateKind::Escapes,
                    _ => FateKind::Converted,
                },
                lists,
            ),
            AstKind::BinaryExpression(binary) => walk.end(
                match binary.operator {
                    BinaryOperator::In
                    | BinaryOperator::Instanceof
                    | BinaryOperator::Equality
                    | BinaryOperator::Inequality
                    | BinaryOperator::StrictEquality
                    | BinaryOperator::StrictInequality => FateKind::Tested,
                    _ => FateKind::Converted,
                },
                lists,
            ),
            AstKind::TemplateLiteral(_) => walk.end(FateKind::Converted, lists),
            // It is extended; what makes objects of the heirs is looked for there.
            AstKind::Class(_) => {}
            _ => walk.end(FateKind::Escapes, lists),
        }
    }

    /// Whether what a promise settles with goes to a function that is not the
    /// script's own.
    fn is_handed_on(&self, then: &'a CallExpression<'a>) -> bool {
        let Some(callback) = syntax::argument(then, 0) else {
            return false;
        };
        let symbol = syntax::bare(callback)
            .get_identifier_reference()
            .and_then(|identifier| syntax::symbol_of(identifier, self.scoping));
        let is_own = symbol.is_some_and(|symbol| {
            syntax::function_of_symbol(symbol, self.nodes, self.scoping).is_some()
        });
        syntax::function(callback).is_none() && !is_own
    }

    /// Whether a value is that of the expression around it.
    fn is_value_of(&self, around: NodeId, node: NodeId) -> bool {
        match self.nodes.kind(around) {
            AstKind::SequenceExpression(sequence) => {
                sequence
                    .expressions
                    .last()
                    .map(oxc::ast::ast::Expression::node_id)
                    == Some(node)
            }
            _ => true,
        }
    }

    pub(super) fn method_of(&self, call: NodeId) -> Option<&'a str> {
        let call = self.nodes.kind(call).as_call_expression()?;
        syntax::method(call).map(|(name, _)| name)
    }
}
