//! Where a script may collect garbage, and how it copies.
//!
//! A collection can only be started by a native, so loops get a safe point in
//! front of them. Object and array literals with spreads become calls of
//! natives, which copy in bulk and are safe points themselves:
//! `{...a, [k]: v}` is `into(copy(a), {[k]: v})`, `[...a, x]` is
//! `extend(list(a), [x])`. The order of evaluation stays as it was.

use oxc::allocator::{Allocator, ArenaVec, TakeIn};
use oxc::ast::ast::{
    Argument, ArrayExpressionElement, Expression, ObjectExpression, ObjectPropertyKind, Program,
    PropertyKey, PropertyKind, Statement,
};
use oxc::ast::builder::AstBuilder;
use oxc::ast_visit::VisitMut;
use oxc::ast_visit::walk_mut::{walk_expression, walk_statements};
use oxc::span::{GetSpan, Span};

use crate::runtime::builtins::memory::{COPY, EXTEND, INTO, LIST, SAFE_POINT};

/// Parts of a literal beyond which it stays as it is: each is a call around the
/// one before, and calls nest on the stack.
const MOST_PARTS: usize = 32;

/// Rewrites loops and literals of a lowered program.
pub(super) fn mark<'a>(program: &mut Program<'a>, allocator: &'a Allocator) {
    let ast = AstBuilder::new(allocator);
    Marker { ast }.visit_program(program);
}

struct Marker<'a> {
    ast: AstBuilder<'a>,
}

impl<'a> VisitMut<'a> for Marker<'a> {
    fn visit_statements(&mut self, statements: &mut ArenaVec<'a, Statement<'a>>) {
        walk_statements(self, statements);
        if !statements.iter().any(is_loop) {
            return;
        }
        let old = statements.take_in(&self.ast);
        for statement in old {
            if is_loop(&statement) {
                let span = Span::empty(statement.span().start);
                let call = self.call(SAFE_POINT, span, []);
                statements.push(Statement::new_expression_statement(span, call, &self.ast));
            }
            statements.push(statement);
        }
    }

    fn visit_expression(&mut self, expression: &mut Expression<'a>) {
        walk_expression(self, expression);
        match expression {
            Expression::ObjectExpression(object) if is_copy(object) => {
                let span = object.span;
                let properties = object.properties.take_in(&self.ast);
                *expression = self.object(span, properties);
            }
            Expression::ArrayExpression(array) if is_spread(&array.elements) => {
                let span = array.span;
                let elements = array.elements.take_in(&self.ast);
                *expression = self.array(span, elements);
            }
            Expression::NewExpression(new) if makes_buffer(&new.callee) => {
                let span = Span::empty(new.span.start);
                let call = self.call(SAFE_POINT, span, []);
                let made = expression.take_in(&self.ast);
                let parts = ArenaVec::from_array_in([call, made], &self.ast);
                *expression = Expression::new_sequence_expression(span, parts, &self.ast);
            }
            _ => {}
        }
    }
}

impl<'a> Marker<'a> {
    fn object(
        &self,
        span: Span,
        properties: ArenaVec<'a, ObjectPropertyKind<'a>>,
    ) -> Expression<'a> {
        let mut made: Option<Expression<'a>> = None;
        let mut plain = ArenaVec::new_in(&self.ast);
        for property in properties {
            match property {
                ObjectPropertyKind::SpreadProperty(spread) => {
                    let target = self.object_so_far(span, made.take(), &mut plain);
                    let source = spread.unbox().argument;
                    made = Some(match target {
                        None => self.call(COPY, span, [source]),
                        Some(target) => self.call(INTO, span, [target, source]),
                    });
                }
                property @ ObjectPropertyKind::ObjectProperty(_) => plain.push(property),
            }
        }
        self.object_so_far(span, made, &mut plain)
            .unwrap_or_else(|| Expression::new_object_expression(span, plain, &self.ast))
    }

    /// What is made so far with the plain properties after it, which are used up.
    fn object_so_far(
        &self,
        span: Span,
        made: Option<Expression<'a>>,
        plain: &mut ArenaVec<'a, ObjectPropertyKind<'a>>,
    ) -> Option<Expression<'a>> {
        if plain.is_empty() {
            return made;
        }
        let plain = plain.take_in(&self.ast);
        let plain = Expression::new_object_expression(span, plain, &self.ast);
        Some(match made {
            None => plain,
            Some(made) => self.call(INTO, span, [made, plain]),
        })
    }

    fn array(
        &self,
        span: Span,
        elements: ArenaVec<'a, ArrayExpressionElement<'a>>,
    ) -> Expression<'a> {
        let mut made: Option<Expression<'a>> = None;
        let mut plain = ArenaVec::new_in(&self.ast);
        for element in elements {
            match element {
                ArrayExpressionElement::SpreadElement(spread) => {
                    let target = self.array_so_far(span, made.take(), &mut plain);
                    let source = spread.unbox().argument;
                    made = Some(match target {
                        None => self.call(LIST, span, [source]),
                        Some(target) => self.call(EXTEND, span, [target, source]),
                    });
                }
                element => plain.push(element),
            }
        }
        self.array_so_far(span, made, &mut plain)
            .unwrap_or_else(|| Expression::new_array_expression(span, plain, &self.ast))
    }

    fn array_so_far(
        &self,
        span: Span,
        made: Option<Expression<'a>>,
        plain: &mut ArenaVec<'a, ArrayExpressionElement<'a>>,
    ) -> Option<Expression<'a>> {
        if plain.is_empty() {
            return made;
        }
        let plain = plain.take_in(&self.ast);
        let plain = Expression::new_array_expression(span, plain, &self.ast);
        Some(match made {
            None => plain,
            Some(made) => self.call(EXTEND, span, [made, plain]),
        })
    }

    fn call<const N: usize>(
        &self,
        name: &'static str,
        span: Span,
        arguments: [Expression<'a>; N],
    ) -> Expression<'a> {
        let callee = Expression::new_identifier(span, name, &self.ast);
        let arguments = ArenaVec::from_array_in(arguments.map(Argument::from), &self.ast);
        Expression::new_call_expression(span, callee, None, arguments, false, &self.ast)
    }
}

fn is_loop(statement: &Statement<'_>) -> bool {
    match statement {
        Statement::LabeledStatement(labeled) => is_loop(&labeled.body),
        Statement::ForStatement(_)
        | Statement::ForInStatement(_)
        | Statement::ForOfStatement(_)
        | Statement::WhileStatement(_)
        | Statement::DoWhileStatement(_) => true,
        _ => false,
    }
}

/// Whether an object literal has spreads, and otherwise only properties that
/// mean the same in a literal of their own. Methods may say `super`, accessors
/// would be read, and a plain `__proto__` is no property.
fn is_copy(object: &ObjectExpression<'_>) -> bool {
    let spreads = object.properties.iter().any(ObjectPropertyKind::is_spread);
    spreads
        && object.properties.len() <= MOST_PARTS
        && object.properties.iter().all(|property| match property {
            ObjectPropertyKind::SpreadProperty(_) => true,
            ObjectPropertyKind::ObjectProperty(property) => {
                let name = match &property.key {
                    PropertyKey::StaticIdentifier(name) => name.name.as_str(),
                    PropertyKey::StringLiteral(name) if !property.computed => name.value.as_str(),
                    _ => "",
                };
                property.kind == PropertyKind::Init && !property.method && name != "__proto__"
            }
        })
}

/// Whether an array literal has spreads, and no holes.
fn is_spread(elements: &[ArrayExpressionElement<'_>]) -> bool {
    let spreads = elements.iter().any(ArrayExpressionElement::is_spread);
    let holes = elements.iter().any(ArrayExpressionElement::is_elision);
    spreads && !holes && elements.len() <= MOST_PARTS
}

/// Whether `new` of this makes an object whose memory the engine does not see.
fn makes_buffer(callee: &Expression<'_>) -> bool {
    let Expression::Identifier(name) = callee else {
        return false;
    };
    let name = name.name.as_str();
    name == "ArrayBuffer"
        || name.strip_suffix("Array").is_some_and(|kind| {
            kind.starts_with("Uint")
                || kind.starts_with("Int")
                || kind.starts_with("Float")
                || kind.starts_with("Big")
        })
}

#[cfg(test)]
mod tests {
    use crate::contract::{State, Value};
    use crate::runtime::source::generated;
    use crate::runtime::tests::Driver;

    fn check(source: &str, expected: &str) {
        let code = generated(source);
        let code = code.replace("__retort_", "").replace(['\n', '\t'], " ");
        assert!(code.contains(expected), "{source}: {code}");
    }

    fn returns(source: &str, expected: &str) {
        let (_, step) = Driver::start(source);
        match step.state {
            State::Returned(Value::Json(json)) => assert_eq!(json, expected, "{source}"),
            state => panic!("{source}: {state:?}"),
        }
    }

    #[test]
    fn literals_with_spreads_become_calls() {
        check("return { ...a, x: 1 }", "into(copy(a), { x: 1 })");
        check(
            "return { x: 1, ...a, ...b, y }",
            "into(into(into({ x: 1 }, a), b), { y })",
        );
        check(
            "return [...[a], 1, ...[b]]",
            "extend(extend(list([a]), [1]), [b])",
        );
        check(
            "return { ...{ ...a }, b: [...[c]] }",
            "into(copy(copy(a)), { b: list([c]) })",
        );
    }

    #[test]
    fn literals_that_would_mean_something_else_stay() {
        check("return { ...a, get x() { return 1 } }", "{  ...a,");
        check("return { ...a, x() { return super.x } }", "{  ...a,");
        check("return { ...a, __proto__: b }", "{  ...a,");
        check("return { ...a, ['__proto__']: b }", "into(copy(a)");
        check("return [...[a], , 1]", "[  ...[a],");
        check("return f(...[a])", "f(...[a])");
    }

    #[test]
    fn loops_and_buffers_have_safe_points() {
        check("while (x) y()", "safe_point(); while");
        check(
            "outer: for (;;) { for (const a in b) c }",
            "safe_point(); outer: for (;;) {  safe_point();  for",
        );
        check(
            "return new Uint8Array(5)",
            "safe_point(), new Uint8Array(5)",
        );
    }

    #[test]
    fn rewritten_scripts_give_what_they_gave() {
        returns(
            "let n = 0; const next = () => ++n;
             return { a: next(), ...{ b: next(), a: next() }, ...null, c: [next(), ...new Set([next(), 7]), ...'hi'] }",
            r#"{"a":3,"b":2,"c":[4,5,7,"h","i"]}"#,
        );
        returns(
            "const list = [1, 2]; const add = () => { list.push(3); return list.length; };
             return [...list, add(), ...list]",
            "[1,2,3,1,2,3]",
        );
        returns(
            "const o = { get a() { return 1 } }; const c = { ...o, f: () => 1 };
             return [Object.getOwnPropertyDescriptor(c, 'a').value, c.f.name]",
            r#"[1,"f"]"#,
        );
        returns(
            "try { return [...5] } catch (e) { return e.constructor === TypeError }",
            "true",
        );
        returns(
            "let n = 0; outer: for (let i = 0; i < 3; i++) { for (;;) { if (i === 1) continue outer; n += i; break; } } return n",
            "2",
        );
    }
}
