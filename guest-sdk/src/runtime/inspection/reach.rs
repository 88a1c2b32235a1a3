//! Whether a place is sure to be reached, with nothing there to cope with a
//! failure. Everything doubtful is not.

mod callers;

use std::collections::BTreeMap;

use oxc::ast::AstKind;
use oxc::ast::ast::{CallExpression, Expression, Statement};
use oxc::semantic::{AstNodes, NodeId, Scoping, Semantic};
use oxc::span::{GetSpan, Span};
use oxc::syntax::operator::LogicalOperator;

use super::Entry;
use super::syntax;

/// What is known of the program's control flow.
pub(super) struct Reach<'a, 's> {
    nodes: &'s AstNodes<'a>,
    scoping: &'s Scoping,
    entry: Option<NodeId>,
    /// Calls of methods by name.
    methods: BTreeMap<&'a str, Vec<NodeId>>,
    /// How many `return`s a function has.
    returns: BTreeMap<NodeId, usize>,
    /// Whether failures are coped with anywhere.
    copes: bool,
    functions: BTreeMap<NodeId, bool>,
    /// Where lists of statements are left for sure.
    left_at: BTreeMap<NodeId, u32>,
}

impl<'a, 's> Reach<'a, 's> {
    pub(super) fn new(semantic: &'s Semantic<'a>, entry: Entry<'_>) -> Self {
        let mut reach = Self {
            nodes: semantic.nodes(),
            scoping: semantic.scoping(),
            entry: None,
            methods: BTreeMap::new(),
            returns: BTreeMap::new(),
            copes: false,
            functions: BTreeMap::new(),
            left_at: BTreeMap::new(),
        };
        for node in reach.nodes.iter() {
            match node.kind() {
                AstKind::CallExpression(call) => {
                    if let Some((name, _)) = syntax::method(call) {
                        reach.copes |= is_coping(name, call);
                        reach.methods.entry(name).or_default().push(node.id());
                    }
                }
                AstKind::TryStatement(attempt) => reach.copes |= attempt.handler.is_some(),
                AstKind::ReturnStatement(_) => {
                    if let Some(function) = reach.function_around(node.id()) {
                        *reach.returns.entry(function).or_default() += 1;
                    }
                }
                _ => {}
            }
        }
        reach.entry = reach.find_entry(entry);
        reach
    }

    /// The function that the runtime calls.
    pub(super) fn entry(&self) -> Option<NodeId> {
        self.entry
    }

    /// Whether the script copes with a failure anywhere.
    pub(super) fn copes(&self) -> bool {
        self.copes
    }

    pub(super) fn is_entry(&self, function: NodeId) -> bool {
        self.entry == Some(function)
    }

    pub(super) fn returns_of(&self, function: NodeId) -> usize {
        self.returns.get(&function).copied().unwrap_or(0)
    }

    /// Whether a failure at a node is sure to end the script.
    pub(super) fn is_sure(&mut self, node: NodeId) -> bool {
        self.climb(node, 0)
    }

    fn climb(&mut self, start: NodeId, depth: usize) -> bool {
        let nodes = self.nodes;
        let mut node = start;
        loop {
            let parent = nodes.parent_id(node);
            if parent == node {
                return true;
            }
            let span = nodes.kind(node).span();
            let may_go_on = match nodes.kind(parent) {
                AstKind::Program(program) => {
                    return !self.is_left_before(parent, &program.body, span);
                }
                AstKind::BlockStatement(block) => !self.is_left_before(parent, &block.body, span),
                AstKind::FunctionBody(body) => !self.is_left_before(parent, &body.statements, span),
                AstKind::SwitchCase(case) => !self.is_left_before(parent, &case.consequent, span),
                AstKind::TryStatement(attempt) => {
                    attempt.handler.is_none() || attempt.block.span != span
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
                AstKind::CallExpression(call) => !self.call_copes(call, span),
                AstKind::WithStatement(_)
                | AstKind::PropertyDefinition(_)
                | AstKind::TSEnumDeclaration(_)
                | AstKind::TSNamespaceDeclaration(_) => false,
                AstKind::Function(_) | AstKind::ArrowFunctionExpression(_) => {
                    return self.function(parent, depth);
                }
                _ => true,
            };
            if !may_go_on {
                return false;
            }
            node = parent;
        }
    }

    /// Whether a list of statements is left before the one with a span.
    fn is_left_before(&mut self, list: NodeId, statements: &[Statement<'_>], span: Span) -> bool {
        let left_at = self.left_at.entry(list).or_insert_with(|| {
            let leaving = statements.iter().find(|statement| always_leaves(statement));
            leaving.map_or(u32::MAX, |statement| statement.span().start)
        });
        *left_at < span.start
    }

    /// Whether a call of which a node is a part copes with the failure of it.
    fn call_copes(&self, call: &'a CallExpression<'a>, part: Span) -> bool {
        if call.callee.span() == part {
            return syntax::method(call).is_some_and(|(name, _)| is_coping(name, call));
        }
        matches!(
            syntax::global_function(call, self.scoping),
            Some(("Promise", "allSettled" | "any" | "race"))
        )
    }

    pub(super) fn function_around(&self, node: NodeId) -> Option<NodeId> {
        self.nodes
            .ancestor_ids(node)
            .find(|ancestor| self.nodes.kind(*ancestor).is_function_like())
    }

    fn find_entry(&self, entry: Entry<'_>) -> Option<NodeId> {
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
}

fn function_node(expression: &Expression<'_>) -> Option<NodeId> {
    match syntax::bare(expression) {
        Expression::ArrowFunctionExpression(arrow) => Some(arrow.node_id.get()),
        Expression::FunctionExpression(function) => Some(function.node_id.get()),
        _ => None,
    }
}

/// Whether a method takes failures.
fn is_coping(name: &str, call: &CallExpression<'_>) -> bool {
    match name {
        "catch" | "allSettled" => true,
        "then" => call.arguments.len() > 1,
        _ => false,
    }
}

fn always_leaves(statement: &Statement<'_>) -> bool {
    match statement {
        Statement::ReturnStatement(_)
        | Statement::ThrowStatement(_)
        | Statement::BreakStatement(_)
        | Statement::ContinueStatement(_) => true,
        Statement::BlockStatement(block) => block.body.iter().any(always_leaves),
        Statement::IfStatement(branch) => {
            always_leaves(&branch.consequent)
                && branch.alternate.as_ref().is_some_and(always_leaves)
        }
        _ => false,
    }
}
