//! `break` to a label outside of a `for…of` or `for…in`.
//!
//! The engine leaves such a loop without taking its iterator off the stack, so
//! that a loop around it goes on with the wrong one. So a loop is left by a
//! `break` of its own, and what is further out after it: `o: while (a) for (b of
//! c) break o` becomes `o: while (a) { let left = 0; loop: for (b of c) { left =
//! 1; break loop } if (left === 1) break o }`.

use oxc::allocator::{Allocator, ArenaVec, GetAllocator, TakeIn};
use oxc::ast::ast::{
    AssignmentTarget, BindingPattern, Class, Expression, Function, LabelIdentifier,
    LabeledStatement, NumberBase, Program, Statement, VariableDeclarationKind, VariableDeclarator,
};
use oxc::ast::builder::AstBuilder;
use oxc::ast_visit::{VisitMut, walk_mut};
use oxc::span::SPAN;
use oxc::syntax::operator::{AssignmentOperator, BinaryOperator};
use oxc::syntax::scope::ScopeFlags;

/// What the names of loops and of how they were left begin with.
const LOOP: &str = "__retort_loop";
const LEFT: &str = "__retort_left";

/// Rewrites the loops of a lowered program.
pub(super) fn rewrite<'a>(program: &mut Program<'a>, allocator: &'a Allocator) {
    let ast = AstBuilder::new(allocator);
    Loops { ast, count: 0 }.visit_program(program);
}

struct Loops<'a> {
    ast: AstBuilder<'a>,
    count: u32,
}

impl<'a> VisitMut<'a> for Loops<'a> {
    fn visit_statement(&mut self, statement: &mut Statement<'a>) {
        walk_mut::walk_statement(self, statement);
        if let Some(own) = labels_of_loop(statement) {
            self.leave(statement, own);
        }
    }

    fn visit_labeled_statement(&mut self, labeled: &mut LabeledStatement<'a>) {
        // The loop is looked at with all of its labels.
        match &mut labeled.body {
            Statement::LabeledStatement(inner) => self.visit_labeled_statement(inner),
            Statement::ForOfStatement(of) => walk_mut::walk_for_of_statement(self, of),
            Statement::ForInStatement(r#in) => walk_mut::walk_for_in_statement(self, r#in),
            body => self.visit_statement(body),
        }
    }
}

impl<'a> Loops<'a> {
    /// Leaves a loop by its own label, the first of `own`, wherever one further
    /// out is meant.
    fn leave(&mut self, statement: &mut Statement<'a>, own: Vec<&'a str>) {
        let allocator = GetAllocator::allocator(&self.ast);
        let left: &str = allocator.alloc_str(&format!("{LEFT}{}", self.count));
        let fresh: &str = allocator.alloc_str(&format!("{LOOP}{}", self.count));
        let mut breaks = Breaks {
            ast: AstBuilder::new(allocator),
            target: own.first().copied().unwrap_or(fresh),
            inside: own,
            left,
            outside: Vec::new(),
        };
        let has_label = !breaks.inside.is_empty();
        breaks.visit_statement(statement);
        if breaks.outside.is_empty() {
            return;
        }
        self.count += 1;
        let ast = &self.ast;
        let mut looped = statement.take_in(ast);
        if !has_label {
            let label = LabelIdentifier::new(SPAN, fresh, ast);
            looped = Statement::new_labeled_statement(SPAN, label, looped, ast);
        }
        let name = BindingPattern::new_binding_identifier(SPAN, left, ast);
        let none = number(0, ast);
        let declared = VariableDeclarator::new(SPAN, name, None, Some(none), false, ast);
        let kind = VariableDeclarationKind::Let;
        let declared = ArenaVec::from_array_in([declared], ast);
        let declared = Statement::new_variable_declaration(SPAN, kind, declared, false, ast);
        let mut body = ArenaVec::from_array_in([declared, looped], ast);
        for (place, label) in breaks.outside.iter().enumerate() {
            let is_left = Expression::new_binary_expression(
                SPAN,
                Expression::new_identifier(SPAN, left, ast),
                BinaryOperator::StrictEquality,
                number(place + 1, ast),
                ast,
            );
            let label = LabelIdentifier::new(SPAN, *label, ast);
            let leaves = Statement::new_break_statement(SPAN, Some(label), ast);
            body.push(Statement::new_if_statement(
                SPAN, is_left, leaves, None, ast,
            ));
        }
        *statement = Statement::new_block_statement(SPAN, body, ast);
    }
}

/// Replaces the `break`s to labels outside of a loop.
struct Breaks<'a> {
    ast: AstBuilder<'a>,
    /// The label of the loop.
    target: &'a str,
    /// The labels in sight that are not outside.
    inside: Vec<&'a str>,
    /// The variable that says which label was meant.
    left: &'a str,
    outside: Vec<&'a str>,
}

impl<'a> VisitMut<'a> for Breaks<'a> {
    fn visit_statement(&mut self, statement: &mut Statement<'a>) {
        let Statement::BreakStatement(leaves) = statement else {
            return walk_mut::walk_statement(self, statement);
        };
        let Some(label) = leaves.label.as_ref().map(|label| label.name.as_str()) else {
            return;
        };
        if self.inside.contains(&label) {
            return;
        }
        let known = self.outside.iter().position(|one| *one == label);
        let place = known.unwrap_or_else(|| {
            self.outside.push(label);
            self.outside.len() - 1
        });
        let (ast, span) = (&self.ast, leaves.span);
        let target = AssignmentTarget::new_assignment_target_identifier(SPAN, self.left, ast);
        let meant = Expression::new_assignment_expression(
            SPAN,
            AssignmentOperator::Assign,
            target,
            number(place + 1, ast),
            ast,
        );
        let meant = Statement::new_expression_statement(SPAN, meant, ast);
        let label = LabelIdentifier::new(SPAN, self.target, ast);
        let leaves = Statement::new_break_statement(span, Some(label), ast);
        let body = ArenaVec::from_array_in([meant, leaves], ast);
        *statement = Statement::new_block_statement(SPAN, body, ast);
    }

    fn visit_labeled_statement(&mut self, labeled: &mut LabeledStatement<'a>) {
        self.inside.push(labeled.label.name.as_str());
        walk_mut::walk_labeled_statement(self, labeled);
        self.inside.pop();
    }

    fn visit_function(&mut self, _: &mut Function<'a>, _: ScopeFlags) {}

    fn visit_class(&mut self, _: &mut Class<'a>) {}

    fn visit_expression(&mut self, _: &mut Expression<'a>) {}
}

/// The labels of a statement that is a loop with an iterator.
fn labels_of_loop<'a>(statement: &Statement<'a>) -> Option<Vec<&'a str>> {
    let mut labels = Vec::new();
    let mut statement = statement;
    loop {
        match statement {
            Statement::LabeledStatement(labeled) => {
                labels.push(labeled.label.name.as_str());
                statement = &labeled.body;
            }
            Statement::ForOfStatement(_) | Statement::ForInStatement(_) => return Some(labels),
            _ => return None,
        }
    }
}

fn number<'a>(value: usize, ast: &AstBuilder<'a>) -> Expression<'a> {
    Expression::new_numeric_literal(SPAN, value as f64, None, NumberBase::Decimal, ast)
}

#[cfg(test)]
mod tests {
    use crate::runtime::tests::value;

    #[track_caller]
    fn check(script: &str, expected: &str) {
        assert_eq!(value(script), expected, "{script}");
    }

    #[test]
    fn loops_around_go_on_after_a_break_to_a_label() {
        for list in [
            "[1, 2]",
            "new Set([1, 2])",
            "Object.keys([0, 1]).map(k => +k + 1)",
        ] {
            check(
                &format!(
                    "const s = []; for (const z of ['a', 'b']) {{ o: for (const x of {list}) {{ for (const y of {list}) {{ s.push(z + x + y); if (y === x) break o }} }} }} return s.join()"
                ),
                "a11,b11",
            );
            check(
                &format!(
                    "const s = []; for (const z of ['a', 'b']) {{ o: {{ p: while (true) {{ for (const x of {list}) {{ if (z === 'b') break o; s.push(z + x); if (x > 1) break p }} }} s.push('p') }} s.push('o') }} return s.join()"
                ),
                "a1,a2,p,o,o",
            );
        }
        check(
            "const s = []; for (const z in { a: 1, b: 2 }) { o: for (const x in { c: 1, d: 2 }) { for (const y in { e: 1 }) { s.push(z + x + y); break o } } } return s.join()",
            "ace,bce",
        );
        check(
            "const s = []; for (const z of ['a', 'b']) { o: for (const x of [1, 2]) for (const y of [1, 2]) switch (y) { case 1: continue o; default: break o } s.push(z) } return s.join()",
            "a,b",
        );
    }

    #[test]
    fn iterators_that_are_left_are_closed() {
        let g =
            "const log = []; function* g(n) { try { yield 1; yield 2 } finally { log.push(n) } }";
        check(
            &format!(
                "{g} o: for (const x of g('a')) for (const y of g('b')) try {{ for (const z of g('c')) break o }} finally {{ log.push('f') }} return log.join()"
            ),
            "c,f,b,a",
        );
        check(
            &format!(
                "{g} o: {{ for (const x of g('a')) break o; log.push('no') }} return log.join()"
            ),
            "a",
        );
    }
}
