//! `for…of` over plain arrays, which the engine runs three times as slowly as
//! the same loop over positions.
//!
//! `for (const x of rows) f(x)` becomes a loop over positions for the case that
//! nothing can tell the two apart, and itself for every other:
//! `{ const of = rows; if (plain(of)) for (let at = 0; at < of.length; at++) {
//! const x = of[at]; f(x) } else for (const x of of) f(x) }`. Only innermost and
//! short loops do, so that no more than twice the code comes of it.

use oxc::allocator::{Allocator, ArenaBox, ArenaVec, CloneIn, GetAllocator, TakeIn};
use oxc::ast::ast::{
    Argument, BindingPattern, Expression, ForOfStatement, ForStatementInit, ForStatementLeft,
    IdentifierName, IdentifierReference, LabeledStatement, NumberBase, Program,
    SimpleAssignmentTarget, Statement, VariableDeclaration, VariableDeclarationKind,
    VariableDeclarator,
};
use oxc::ast::builder::AstBuilder;
use oxc::ast_visit::{Visit, VisitMut, walk, walk_mut};
use oxc::span::{GetSpan, SPAN};
use oxc::syntax::operator::{BinaryOperator, UpdateOperator};

use crate::runtime::builtins::memory::PLAIN;

/// What is looped over, and the position there.
const OF: &str = "__retort_of";
const AT: &str = "__retort_at";
/// Bytes of a body beyond which a loop stays as it is.
const MOST_BYTES: u32 = 1_000;

/// Rewrites the loops of a lowered program.
pub(super) fn rewrite<'a>(program: &mut Program<'a>, allocator: &'a Allocator) {
    let ast = AstBuilder::new(allocator);
    Loops { ast }.visit_program(program);
}

struct Loops<'a> {
    ast: AstBuilder<'a>,
}

impl<'a> VisitMut<'a> for Loops<'a> {
    fn visit_statement(&mut self, statement: &mut Statement<'a>) {
        walk_mut::walk_statement(self, statement);
        if matches!(statement, Statement::ForOfStatement(of) if is_simple(of)) {
            let of = statement.take_in(&self.ast);
            *statement = self.doubled(of);
        }
    }

    fn visit_labeled_statement(&mut self, labeled: &mut LabeledStatement<'a>) {
        // The label has to stay at the loop.
        match &mut labeled.body {
            Statement::ForOfStatement(of) => walk_mut::walk_for_of_statement(self, of),
            body => self.visit_statement(body),
        }
    }
}

impl<'a> Loops<'a> {
    fn doubled(&self, mut statement: Statement<'a>) -> Statement<'a> {
        let ast = &self.ast;
        let Statement::ForOfStatement(of) = &mut statement else {
            return statement;
        };
        let span = of.right.span();
        let right = std::mem::replace(&mut of.right, self.name(OF));
        let of_name = BindingPattern::new_binding_identifier(SPAN, OF, ast);
        let listed = self.variable(VariableDeclarationKind::Const, of_name, right);
        let arguments = ArenaVec::from_array_in([Argument::from(self.name(OF))], ast);
        let plain = self.name(PLAIN);
        let is_plain = Expression::new_call_expression(span, plain, None, arguments, false, ast);
        let Some(counted) = self.counted(of) else {
            return statement;
        };
        let choice = Statement::new_if_statement(SPAN, is_plain, counted, Some(statement), ast);
        let listed = Statement::VariableDeclaration(listed);
        let body = ArenaVec::from_array_in([listed, choice], ast);
        Statement::new_block_statement(SPAN, body, ast)
    }

    /// The loop over positions that does what a loop over an array does.
    fn counted(&self, of: &ForOfStatement<'a>) -> Option<Statement<'a>> {
        let ast = &self.ast;
        let ForStatementLeft::VariableDeclaration(head) = &of.left else {
            return None;
        };
        let allocator = GetAllocator::allocator(ast);
        let element = Expression::new_computed_member_expression(
            of.right.span(),
            self.name(OF),
            self.name(AT),
            false,
            ast,
        );
        let pattern = head.declarations.first()?.id.clone_in(allocator);
        let element = self.variable(head.kind, pattern, element);
        let body = [
            Statement::VariableDeclaration(element),
            of.body.clone_in(allocator),
        ];
        let body = ArenaVec::from_array_in(body, ast);
        let body = Statement::new_block_statement(SPAN, body, ast);

        let decimal = NumberBase::Decimal;
        let zero = Expression::new_numeric_literal(SPAN, 0.0, None, decimal, ast);
        let at = BindingPattern::new_binding_identifier(SPAN, AT, ast);
        let start = self.variable(VariableDeclarationKind::Let, at, zero);
        let length = IdentifierName::new(SPAN, "length", ast);
        let length =
            Expression::new_static_member_expression(SPAN, self.name(OF), length, false, ast);
        let is_within = Expression::new_binary_expression(
            SPAN,
            self.name(AT),
            BinaryOperator::LessThan,
            length,
            ast,
        );
        let at = SimpleAssignmentTarget::new_assignment_target_identifier(SPAN, AT, ast);
        let next =
            Expression::new_update_expression(SPAN, UpdateOperator::Increment, false, at, ast);
        let start = ForStatementInit::VariableDeclaration(start);
        Some(Statement::new_for_statement(
            SPAN,
            Some(start),
            Some(is_within),
            Some(next),
            body,
            ast,
        ))
    }

    fn variable(
        &self,
        kind: VariableDeclarationKind,
        pattern: BindingPattern<'a>,
        value: Expression<'a>,
    ) -> ArenaBox<'a, VariableDeclaration<'a>> {
        let ast = &self.ast;
        let declarator =
            VariableDeclarator::new(pattern.span(), pattern, None, Some(value), false, ast);
        let declarators = ArenaVec::from_array_in([declarator], ast);
        VariableDeclaration::boxed(SPAN, kind, declarators, false, ast)
    }

    fn name(&self, name: &'static str) -> Expression<'a> {
        Expression::new_identifier(SPAN, name, &self.ast)
    }
}

/// Whether a loop is short, has no other inside, and declares nothing that
/// twice the code would declare twice.
fn is_simple(of: &ForOfStatement<'_>) -> bool {
    let ForStatementLeft::VariableDeclaration(head) = &of.left else {
        return false;
    };
    let scoped = [VariableDeclarationKind::Const, VariableDeclarationKind::Let];
    if of.r#await || !scoped.contains(&head.kind) || of.body.span().size() > MOST_BYTES {
        return false;
    }
    let names = head.declarations.iter();
    let names = names.flat_map(|one| one.id.get_binding_identifiers());
    let mut content = Content {
        names: names.map(|id| id.name.as_str()).collect(),
        is_simple: true,
    };
    content.visit_expression(&of.right);
    content.names.clear();
    content.visit_statement(&of.body);
    content.is_simple
}

struct Content<'n> {
    /// The loop's own names, which what it goes over may not use.
    names: Vec<&'n str>,
    is_simple: bool,
}

impl<'a> Visit<'a> for Content<'_> {
    fn visit_statement(&mut self, statement: &Statement<'a>) {
        self.is_simple &= !matches!(
            statement,
            Statement::ForStatement(_)
                | Statement::ForInStatement(_)
                | Statement::ForOfStatement(_)
                | Statement::WhileStatement(_)
                | Statement::DoWhileStatement(_)
                | Statement::LabeledStatement(_)
                | Statement::FunctionDeclaration(_)
                | Statement::ClassDeclaration(_)
        );
        walk::walk_statement(self, statement);
    }

    fn visit_variable_declaration(&mut self, declaration: &VariableDeclaration<'a>) {
        self.is_simple &= declaration.kind != VariableDeclarationKind::Var;
        walk::walk_variable_declaration(self, declaration);
    }

    fn visit_identifier_reference(&mut self, identifier: &IdentifierReference<'a>) {
        self.is_simple &= !self.names.contains(&identifier.name.as_str());
    }
}

#[cfg(test)]
mod tests {
    use crate::runtime::source::generated;
    use crate::runtime::tests::value;

    /// Checks what a loop gives over an array, and over an iterator of the same.
    #[track_caller]
    fn check(script: &str, expected: &str) {
        let code = generated(script);
        assert!(code.contains("__retort_plain"), "{code}");
        assert_eq!(value(script), expected, "{script}");
    }

    #[test]
    fn loops_over_arrays_are_as_loops_over_iterators() {
        check(
            "const seen = []; for (const x of [1, 2, 3, 4]) { if (x === 2) continue; if (x === 4) break; seen.push(x) } return seen",
            "=[1,3]",
        );
        check(
            "const a = [1, 2]; for (const x of a) { if (a.length < 5) a.push(x * 2) } return a",
            "=[1,2,2,4,4]",
        );
        check(
            "const a = [1, 2, 3], seen = []; for (let x of a) { a.pop(); seen.push(x++) } return seen",
            "=[1,2]",
        );
        check(
            "const a = [1, 2, 3], seen = []; for (const x of a) { delete a[2]; seen.push(x ?? 'hole') } return seen",
            "=[1,2,\"hole\"]",
        );
        check(
            "const fs = []; for (const [k, { v = 5 }] of [['a', {}], ['b', { v: 1 }]]) fs.push(() => k + v); return fs.map(f => f())",
            "=[\"a5\",\"b1\"]",
        );
        check(
            "const seen = []; for (const x of [1, 2]) { const x = await my_server.list({ a: 1 }); seen.push(x.a) } return seen",
            "=[1,1]",
        );
        check(
            "const f = () => { for (const x of [1, 2]) { if (x > 1) return x } }; return f()",
            "=2",
        );
        check(
            "let n = 0; outer: while (n < 3) { for (const x of [1, 2]) { n += x; continue outer } return 'no' } return n",
            "=3",
        );
    }

    #[test]
    fn loops_over_anything_else_stay() {
        check(
            "const log = []; function* g() { try { yield 1; yield 2 } finally { log.push('end') } }
             for (const x of g()) { log.push(x); break } return log",
            "=[1,\"end\"]",
        );
        check(
            "let s = ''; for (const x of 'a😀') s += x + '|'; for (const [k] of new Map([[1, 2]])) s += k; return s",
            "a|😀|1",
        );
        check(
            "class Twice extends Array { *[Symbol.iterator]() { yield 'own' } } const seen = [];
             for (const x of Twice.from([1])) seen.push(x); return seen",
            "=[\"own\"]",
        );
        check(
            "const seen = []; Array.prototype[Symbol.iterator] = function* () { yield 7 }; for (const x of [1]) seen.push(x); return seen",
            "=[7]",
        );
        check(
            "const seen = []; Object.getPrototypeOf([][Symbol.iterator]()).return = () => { seen.push('closed'); return {} };
             for (const x of [1]) break; return seen",
            "=[\"closed\"]",
        );
    }

    #[test]
    fn loops_that_twice_the_code_would_change_are_left_alone() {
        for script in [
            "const x = [[1]]; for (const x of x) {}",
            "outer: for (const x of [1]) continue outer",
            "outer: { for (const x of [1]) break outer }",
            "for (const x of [1]) { function f() {} }",
            "for (var x of [1]) {}",
            "for await (const x of [1]) {}",
        ] {
            let code = generated(script);
            assert!(code.contains("for "), "{script}: {code}");
            assert!(!code.contains("__retort_plain"), "{code}");
        }
        assert_eq!(
            value(
                "let n = 0; for (const row of [[1, 2], [3]]) for (const x of row) n += x; return n"
            ),
            "=6"
        );
    }
}
