//! Whether a place is reached, with nothing there to cope with a failure.

use std::collections::BTreeMap;

use oxc::ast::AstKind;
use oxc::ast::ast::{
    BindingPattern, CallExpression, Expression, MethodDefinitionKind, PropertyKey, Statement,
};
use oxc::semantic::NodeId;
use oxc::span::{GetSpan, Span};
use oxc::syntax::operator::LogicalOperator;

use super::callers::{Caller, Role};
use super::index::is_coping;
use super::{Entry, Inspector, syntax};
use crate::contract::Exposure;

/// Functions that call each other which are followed.
const MAX_DEPTH: usize = 24;
/// Callers of a function that are looked at.
const MAX_CALLERS: usize = 64;

/// How a failure comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Failure {
    /// It is thrown at once.
    Thrown,
    /// It is in a promise.
    Rejected,
    /// It does not fail at all.
    None,
}

/// What is known of the program's control flow.
#[derive(Default)]
pub(super) struct Reach {
    functions: BTreeMap<(NodeId, Failure), Exposure>,
    /// Where lists of statements are left for sure.
    left_at: BTreeMap<NodeId, u32>,
}

impl<'a> Inspector<'a, '_> {
    /// What comes of a failure at a node.
    pub(super) fn exposure(&mut self, node: NodeId, failure: Failure) -> Exposure {
        self.climb(node, failure, 0)
    }

    /// Whether a node is reached with nothing to cope with a failure there, as far as
    /// can be told.
    pub(super) fn is_exposed(&mut self, node: NodeId, failure: Failure) -> bool {
        self.exposure(node, failure) > Exposure::Guarded
    }

    fn climb(&mut self, start: NodeId, failure: Failure, depth: usize) -> Exposure {
        let nodes = self.nodes;
        let mut node = start;
        loop {
            let parent = nodes.parent_id(node);
            if parent == node {
                return Exposure::Sure;
            }
            if !self.work.spend(1) {
                return Exposure::Guarded;
            }
            let span = nodes.kind(node).span();
            let may_go_on = match nodes.kind(parent) {
                AstKind::Program(program) => {
                    let is_left = self.is_left_before(parent, &program.body, span);
                    return if is_left {
                        Exposure::Guarded
                    } else {
                        Exposure::Sure
                    };
                }
                AstKind::BlockStatement(block) => !self.is_left_before(parent, &block.body, span),
                AstKind::FunctionBody(body) => !self.is_left_before(parent, &body.statements, span),
                AstKind::SwitchCase(case) => !self.is_left_before(parent, &case.consequent, span),
                AstKind::TryStatement(attempt) => {
                    let finalizer = attempt.finalizer.as_ref();
                    let is_overridden = finalizer.is_some_and(|last| {
                        last.span != span && last.body.iter().any(|one| self.always_leaves(one))
                    });
                    let is_safe =
                        failure == Failure::None || (attempt.handler.is_none() && !is_overridden);
                    is_safe || attempt.block.span != span
                }
                AstKind::IfStatement(branch) => {
                    let decided = syntax::decided(&branch.test, nodes, self.scoping);
                    let wanted = branch.consequent.span() == span;
                    branch.test.span() == span || decided.is_none_or(|value| value == wanted)
                }
                AstKind::ConditionalExpression(branch) => {
                    let decided = syntax::decided(&branch.test, nodes, self.scoping);
                    let wanted = branch.consequent.span() == span;
                    branch.test.span() == span || decided.is_none_or(|value| value == wanted)
                }
                AstKind::WhileStatement(each) => {
                    syntax::decided(&each.test, nodes, self.scoping) != Some(false)
                }
                AstKind::LogicalExpression(logical) if logical.right.span() == span => {
                    let decided = syntax::decided(&logical.left, nodes, self.scoping);
                    match logical.operator {
                        LogicalOperator::And => decided != Some(false),
                        LogicalOperator::Or => decided != Some(true),
                        LogicalOperator::Coalesce => true,
                    }
                }
                AstKind::CallExpression(call) => {
                    failure != Failure::Rejected || !call_copes(call, span, self.scoping)
                }
                AstKind::PropertyDefinition(field) => {
                    return if field.r#static {
                        Exposure::Guarded
                    } else {
                        self.member_made(parent, failure, depth)
                    };
                }
                AstKind::WithStatement(_)
                | AstKind::TSEnumDeclaration(_)
                | AstKind::TSNamespaceDeclaration(_) => false,
                AstKind::Function(_) | AstKind::ArrowFunctionExpression(_) => {
                    return self.called(parent, failure, depth);
                }
                _ => true,
            };
            if !may_go_on {
                return Exposure::Guarded;
            }
            node = parent;
        }
    }

    /// Whether a list of statements is left before the one with a span.
    fn is_left_before(
        &mut self,
        list: NodeId,
        statements: &'a [Statement<'a>],
        span: Span,
    ) -> bool {
        let known = self.reach.left_at.get(&list).copied();
        let left_at = known.unwrap_or_else(|| {
            let mut statements = statements.iter();
            let leaving = statements.find(|statement| self.always_leaves(statement));
            leaving.map_or(u32::MAX, |statement| statement.span().start)
        });
        self.reach.left_at.insert(list, left_at);
        left_at < span.start
    }

    /// What comes of a failure in a function that is passed on to its callers.
    fn called(&mut self, function: NodeId, failure: Failure, depth: usize) -> Exposure {
        if self.is_entry(function) {
            return Exposure::Sure;
        }
        if let Some(known) = self.reach.functions.get(&(function, failure)) {
            return *known;
        }
        if depth > MAX_DEPTH {
            return Exposure::Guarded;
        }
        // A function that only calls itself is never reached.
        let never = Exposure::Guarded;
        self.reach.functions.insert((function, failure), never);
        let exposure = self.called_somewhere(function, failure, depth + 1);
        self.reach.functions.insert((function, failure), exposure);
        exposure
    }

    fn called_somewhere(&mut self, function: NodeId, failure: Failure, depth: usize) -> Exposure {
        let (is_async, is_generator) = syntax::kind_of_function(self.nodes.kind(function));
        // The failure of an async function is in the promise it returns.
        let failure = match failure {
            Failure::Thrown if is_async => Failure::Rejected,
            failure => failure,
        };
        let holder = self.nodes.parent_id(function);
        if is_implied(self.nodes.kind(holder)) {
            return self.member_made(holder, failure, depth);
        }
        let callers = self.callers(function);
        let sites = callers.sites.iter().take(MAX_CALLERS).filter(|caller| {
            let is_promised = is_async || self.is_promised(**caller);
            !is_promised || failure == Failure::None || self.is_seen(caller.call)
        });
        let calls: Vec<Caller> = sites.copied().collect();
        let by_others = if callers.escapes {
            self.climb(function, failure, depth).min(Exposure::Likely)
        } else {
            Exposure::Guarded
        };
        self.most(by_others, calls, |inspector, caller| {
            let failure = match failure {
                Failure::Thrown if inspector.is_promised(caller) => Failure::Rejected,
                failure => failure,
            };
            let exposure = inspector.climb(caller.call, failure, depth);
            // It runs where it is gone through, and as far as that goes.
            if is_generator && !inspector.is_gone_through(caller.call) {
                return exposure.min(Exposure::Likely);
            }
            exposure
        })
    }

    /// Whether what a function throws becomes the failure of a promise where it is
    /// called.
    fn is_promised(&self, caller: Caller) -> bool {
        let is_executor = matches!(self.nodes.kind(caller.call), AstKind::NewExpression(_));
        matches!(caller.role, Role::Then(_)) || (is_executor && caller.role == Role::Plain)
    }

    /// Whether what a generator yields is gone through where it is called.
    fn is_gone_through(&self, call: NodeId) -> bool {
        let nodes = self.nodes;
        let outer = syntax::wrapped(nodes, call);
        match nodes.parent_kind(outer) {
            AstKind::ForOfStatement(_) | AstKind::SpreadElement(_) => true,
            AstKind::YieldExpression(yielded) => yielded.delegate,
            AstKind::VariableDeclarator(declarator) => {
                matches!(declarator.id, BindingPattern::ArrayPattern(_))
            }
            AstKind::CallExpression(call) => {
                let global = syntax::global_function(call, self.scoping);
                matches!(
                    global,
                    Some(("Array", "from" | "fromAsync") | ("Promise", _))
                )
            }
            AstKind::NewExpression(new) => matches!(
                syntax::global_named(&new.callee, self.scoping),
                Some("Set" | "Map")
            ),
            _ => false,
        }
    }

    /// The most of what comes of a failure at several places.
    fn most<T>(
        &mut self,
        least: Exposure,
        places: impl IntoIterator<Item = T>,
        mut exposure: impl FnMut(&mut Self, T) -> Exposure,
    ) -> Exposure {
        let mut most = least;
        for place in places {
            if most == Exposure::Sure || !self.work.spend(1) {
                break;
            }
            most = most.max(exposure(self, place));
        }
        most
    }

    /// Whether the failure of a call is not lost in a promise that something
    /// else copes with later.
    fn is_seen(&self, call: NodeId) -> bool {
        if !self.index.copes {
            return true;
        }
        let nodes = self.nodes;
        let mut node = call;
        loop {
            let parent = nodes.parent_id(node);
            match nodes.kind(parent) {
                AstKind::AwaitExpression(_)
                | AstKind::ReturnStatement(_)
                | AstKind::ExpressionStatement(_)
                | AstKind::ForOfStatement(_)
                | AstKind::ArrowFunctionExpression(_) => return true,
                AstKind::ArrayExpression(_) | AstKind::SpreadElement(_) => node = parent,
                AstKind::CallExpression(outer)
                    if syntax::global_function(outer, self.scoping) == Some(("Promise", "all")) =>
                {
                    node = parent;
                }
                kind if syntax::is_wrapper(&kind) => node = parent,
                _ => return false,
            }
        }
    }

    /// What comes of a failure where an object of the class around a member is made,
    /// or where the object around it is.
    fn member_made(&mut self, member: NodeId, failure: Failure, depth: usize) -> Exposure {
        let nodes = self.nodes;
        let mut around = nodes.ancestor_ids(member);
        let holder = around.find(|ancestor| {
            matches!(
                nodes.kind(*ancestor),
                AstKind::Class(_) | AstKind::ObjectExpression(_)
            )
        });
        match holder.map(|holder| (holder, nodes.kind(holder))) {
            Some((class, AstKind::Class(_))) => self.made(class, failure, depth),
            Some((object, _)) => self.climb(object, failure, depth),
            None => Exposure::Guarded,
        }
    }

    /// The same where an object of a class, or of one that extends it, is made.
    fn made(&mut self, class: NodeId, failure: Failure, depth: usize) -> Exposure {
        if depth > MAX_DEPTH {
            return Exposure::Guarded;
        }
        let index = self.index;
        let heirs = index.subclasses.get(&class).into_iter().flatten().copied();
        let by_heirs = self.most(Exposure::Guarded, heirs, |inspector, heir| {
            inspector.made(heir, failure, depth + 1)
        });
        let (nodes, scoping) = (self.nodes, self.scoping);
        let named = nodes.kind(class).as_class();
        let named = named.and_then(|class| class.id.as_ref());
        let variable = match nodes.parent_kind(class) {
            AstKind::VariableDeclarator(declarator) => declarator.id.get_binding_identifier(),
            _ => None,
        };
        let symbols = [named, variable].into_iter().flatten();
        let symbols: Vec<_> = symbols.filter_map(|id| id.symbol_id.get()).collect();
        let references = symbols.iter();
        let references = references.map(|symbol| scoping.get_resolved_reference_ids(*symbol).len());
        if !self.work.spend(references.sum()) {
            return Exposure::Guarded;
        }
        let symbols = symbols.into_iter();
        let references = symbols.flat_map(|symbol| scoping.get_resolved_references(symbol));
        let places = references
            .map(|reference| nodes.parent_id(reference.node_id()))
            .filter(|parent| matches!(nodes.kind(*parent), AstKind::NewExpression(_)));
        self.most(by_heirs, places, |inspector, place| {
            inspector.climb(place, failure, depth + 1)
        })
    }

    /// The function of the program that the runtime calls.
    pub(super) fn find_entry(&self, entry: Entry<'_>) -> Option<NodeId> {
        let program = self.nodes.program();
        match entry {
            Entry::None => None,
            Entry::Named(name) => {
                let symbol = self
                    .scoping
                    .find_binding(self.scoping.root_scope_id(), name.into())?;
                let declared = self.scoping.symbol_declaration(symbol);
                match self.nodes.kind(declared) {
                    AstKind::VariableDeclarator(declarator) => {
                        function_node(declarator.init.as_ref()?)
                    }
                    _ => Some(declared),
                }
            }
            Entry::Value => match program.body.last()? {
                Statement::ReturnStatement(statement) => {
                    function_node(statement.argument.as_ref()?)
                }
                _ => None,
            },
        }
    }

    /// Whether what follows a statement is never reached.
    fn always_leaves(&self, statement: &'a Statement<'a>) -> bool {
        let leave = |body: &'a [Statement<'a>]| body.iter().any(|one| self.always_leaves(one));
        match statement {
            Statement::ReturnStatement(_)
            | Statement::ThrowStatement(_)
            | Statement::BreakStatement(_)
            | Statement::ContinueStatement(_) => true,
            Statement::BlockStatement(block) => leave(&block.body),
            Statement::IfStatement(branch) => {
                let consequent = self.always_leaves(&branch.consequent);
                let alternate = branch.alternate.as_ref();
                let alternate = alternate.is_some_and(|other| self.always_leaves(other));
                match syntax::decided(&branch.test, self.nodes, self.scoping) {
                    Some(true) => consequent,
                    Some(false) => alternate,
                    None => consequent && alternate,
                }
            }
            Statement::TryStatement(attempt) => {
                let handler = attempt.handler.as_ref();
                let last = attempt.finalizer.as_ref();
                last.is_some_and(|last| leave(&last.body))
                    || (leave(&attempt.block.body)
                        && handler.is_none_or(|handler| leave(&handler.body.body)))
            }
            _ => false,
        }
    }

    pub(super) fn is_entry(&self, function: NodeId) -> bool {
        self.entry == Some(function)
    }
}

/// Whether a call of which a node is a part copes with the failure of it.
fn call_copes(call: &CallExpression<'_>, part: Span, scoping: &syntax::Scopes<'_>) -> bool {
    if call.callee.span() == part {
        return syntax::method(call).is_some_and(|(name, _)| is_coping(name, call));
    }
    matches!(
        syntax::global_function(call, scoping),
        Some(("Promise", "allSettled" | "any" | "race"))
    )
}

/// Whether the language calls a method without being asked: `toJSON`,
/// `[Symbol.iterator]`.
fn is_implied(holder: AstKind<'_>) -> bool {
    let key = match holder {
        AstKind::MethodDefinition(method) if method.kind == MethodDefinitionKind::Method => {
            &method.key
        }
        AstKind::ObjectProperty(property) => &property.key,
        _ => return false,
    };
    match key {
        PropertyKey::StaticIdentifier(name) => {
            matches!(name.name.as_str(), "toJSON" | "toString" | "valueOf")
        }
        PropertyKey::StaticMemberExpression(member) => matches!(
            syntax::bare(&member.object),
            Expression::Identifier(identifier) if identifier.name == "Symbol"
        ),
        _ => false,
    }
}

fn function_node(expression: &Expression<'_>) -> Option<NodeId> {
    match syntax::bare(expression) {
        Expression::ArrowFunctionExpression(arrow) => Some(arrow.node_id.get()),
        Expression::FunctionExpression(function) => Some(function.node_id.get()),
        _ => None,
    }
}
