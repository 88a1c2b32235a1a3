//! Patterns with a rest and a pattern inside, of which the engine puts into the
//! rest what the inner pattern took.
//!
//! It leaves out of a rest only what goes to a name. So what an inner pattern
//! takes gets a name first, and the inner pattern takes it from there:
//! `{ a: { b } = c, ...d }` becomes `{ a: part = c, [absent]: { b } = part, ...d }`,
//! where `absent` is a key that no object has. Nothing changes in the order of
//! evaluation.

use oxc::allocator::{Allocator, ArenaVec, GetAllocator, TakeIn};
use oxc::ast::ast::{
    AssignmentTarget, AssignmentTargetMaybeDefault, AssignmentTargetProperty, BindingPattern,
    BindingProperty, Expression, ObjectAssignmentTarget, ObjectPattern, Program, PropertyKey,
    Statement, VariableDeclarationKind, VariableDeclarator,
};
use oxc::ast::builder::AstBuilder;
use oxc::ast_visit::{VisitMut, walk_mut};
use oxc::span::{GetSpan, SPAN};

use crate::runtime::builtins::memory::ABSENT;

/// What the names of taken values begin with.
const PART: &str = "__retort_part";

/// Rewrites the patterns of a lowered program.
pub(super) fn rewrite<'a>(program: &mut Program<'a>, allocator: &'a Allocator) {
    let ast = AstBuilder::new(allocator);
    let mut rests = Rests {
        ast,
        names: 0,
        undeclared: Vec::new(),
    };
    rests.visit_program(program);
    rests.declare(program);
}

struct Rests<'a> {
    ast: AstBuilder<'a>,
    /// How many names there are.
    names: u32,
    /// Those of assignments, which no pattern declares.
    undeclared: Vec<&'a str>,
}

impl<'a> VisitMut<'a> for Rests<'a> {
    fn visit_object_pattern(&mut self, pattern: &mut ObjectPattern<'a>) {
        walk_mut::walk_object_pattern(self, pattern);
        let has_inner = pattern.properties.iter().any(|one| is_inner(&one.value));
        if pattern.rest.is_none() || !has_inner {
            return;
        }
        for mut property in pattern.properties.take_in(&self.ast) {
            if !is_inner(&property.value) {
                pattern.properties.push(property);
                continue;
            }
            let (inner, default) = match property.value.take_in(&self.ast) {
                BindingPattern::AssignmentPattern(inner) => {
                    let inner = inner.unbox();
                    (inner.left, Some(inner.right))
                }
                inner => (inner, None),
            };
            let name = self.next_name();
            let span = inner.span();
            let part = BindingPattern::new_binding_identifier(span, name, &self.ast);
            property.value = match default {
                None => part,
                Some(default) => {
                    BindingPattern::new_assignment_pattern(span, part, default, &self.ast)
                }
            };
            pattern.properties.push(property);
            let part = Expression::new_identifier(span, name, &self.ast);
            let inner = BindingPattern::new_assignment_pattern(span, inner, part, &self.ast);
            let absent = self.absent();
            let property = BindingProperty::new(span, absent, inner, false, true, &self.ast);
            pattern.properties.push(property);
        }
    }

    fn visit_object_assignment_target(&mut self, target: &mut ObjectAssignmentTarget<'a>) {
        walk_mut::walk_object_assignment_target(self, target);
        let has_inner = target.properties.iter().any(is_inner_target);
        if target.rest.is_none() || !has_inner {
            return;
        }
        for property in target.properties.take_in(&self.ast) {
            let mut property = match property {
                AssignmentTargetProperty::AssignmentTargetPropertyProperty(inner)
                    if is_pattern(&inner.binding) =>
                {
                    inner.unbox()
                }
                other => {
                    target.properties.push(other);
                    continue;
                }
            };
            let name = self.next_name();
            self.undeclared.push(name);
            let span = property.binding.span();
            let part = AssignmentTarget::new_assignment_target_identifier(span, name, &self.ast);
            let (inner, part) = match property.binding {
                AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(inner) => {
                    let inner = inner.unbox();
                    let part = AssignmentTargetMaybeDefault::new_assignment_target_with_default(
                        span, part, inner.init, &self.ast,
                    );
                    (inner.binding, part)
                }
                inner => (
                    inner.into_assignment_target(),
                    AssignmentTargetMaybeDefault::from(part),
                ),
            };
            property.binding = part;
            let taken = AssignmentTargetProperty::new_assignment_target_property_property(
                span,
                property.name,
                property.binding,
                property.computed,
                &self.ast,
            );
            target.properties.push(taken);
            let part = Expression::new_identifier(span, name, &self.ast);
            let inner = AssignmentTargetMaybeDefault::new_assignment_target_with_default(
                span, inner, part, &self.ast,
            );
            let absent = self.absent();
            let property = AssignmentTargetProperty::new_assignment_target_property_property(
                span, absent, inner, true, &self.ast,
            );
            target.properties.push(property);
        }
    }
}

impl<'a> Rests<'a> {
    fn next_name(&mut self) -> &'a str {
        self.names += 1;
        let name = format!("{PART}{}", self.names);
        GetAllocator::allocator(&self.ast).alloc_str(&name)
    }

    fn absent(&self) -> PropertyKey<'a> {
        PropertyKey::from(Expression::new_identifier(SPAN, ABSENT, &self.ast))
    }

    /// Declares the names of assignments. One of each does: a value is taken
    /// from its name before anything else can run.
    fn declare(&self, program: &mut Program<'a>) {
        if self.undeclared.is_empty() {
            return;
        }
        let kind = VariableDeclarationKind::Var;
        let names = self.undeclared.iter().map(|name| {
            let name = BindingPattern::new_binding_identifier(SPAN, *name, &self.ast);
            VariableDeclarator::new(SPAN, name, None, None, false, &self.ast)
        });
        let names = ArenaVec::from_iter_in(names, &self.ast);
        let declared = Statement::new_variable_declaration(SPAN, kind, names, false, &self.ast);
        program.body.insert(0, declared);
    }
}

/// Whether a property's value is taken apart.
fn is_inner(value: &BindingPattern<'_>) -> bool {
    let target = match value {
        BindingPattern::AssignmentPattern(inner) => &inner.left,
        value => value,
    };
    matches!(
        target,
        BindingPattern::ObjectPattern(_) | BindingPattern::ArrayPattern(_)
    )
}

fn is_inner_target(property: &AssignmentTargetProperty<'_>) -> bool {
    matches!(
        property,
        AssignmentTargetProperty::AssignmentTargetPropertyProperty(inner)
            if is_pattern(&inner.binding)
    )
}

fn is_pattern(target: &AssignmentTargetMaybeDefault<'_>) -> bool {
    match target {
        AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(inner) => matches!(
            inner.binding,
            AssignmentTarget::ObjectAssignmentTarget(_)
                | AssignmentTarget::ArrayAssignmentTarget(_)
        ),
        AssignmentTargetMaybeDefault::ObjectAssignmentTarget(_)
        | AssignmentTargetMaybeDefault::ArrayAssignmentTarget(_) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::runtime::tests::{error, value};

    #[track_caller]
    fn check(script: &str, expected: &str) {
        assert_eq!(value(script), expected, "{script}");
    }

    #[test]
    fn a_rest_lacks_what_an_inner_pattern_took() {
        check(
            "const { b: { c }, ...s } = { b: { c: 1 }, d: 4 }; return [c, s]",
            "=[1,{\"d\":4}]",
        );
        check(
            "const f = ({ a: [x, { y: { z }, ...r }], b, ...s }) => [x, z, r, b, s];
             return f({ a: [1, { y: { z: 2 }, w: 3 }], b: 4, c: 5 })",
            "=[1,2,{\"w\":3},4,{\"c\":5}]",
        );
        check(
            "const k = () => 'b'; let { [k()]: { c } = { c: 7 }, 'e-f': [g] = [8], ...s } = { d: 4 }; return [c, g, s]",
            "=[7,8,{\"d\":4}]",
        );
        check(
            "const seen = []; for (const { a: { b }, ...s } of [{ a: { b: 1 }, c: 2 }, { a: { b: 3 } }]) seen.push(() => [b, s]); return seen.map(f => f())",
            "=[[1,{\"c\":2}],[3,{}]]",
        );
        check(
            "try { throw { a: { b: 1 }, c: 2 } } catch ({ a: { b }, ...s }) { return [b, s] }",
            "=[1,{\"c\":2}]",
        );
    }

    #[test]
    fn so_does_that_of_an_assignment() {
        check(
            "let c, s, o = {}; const v = ({ b: { c }, e: [o.x] = [5], ...s } = { b: { c: 1 }, d: 4 }); return [c, s, o, v.b.c]",
            "=[1,{\"d\":4},{\"x\":5},1]",
        );
        check(
            "let b, s; const seen = []; for ({ a: { b }, ...s } of [{ a: { b: 1 }, c: 2 }]) seen.push(b, s); return seen",
            "=[1,{\"c\":2}]",
        );
        check(
            "const f = async n => { let b, s; ({ a: { b } = await { b: n ? await f(n - 1) : [] }, ...s } = { n }); return [...b, s.n] }; return f(2)",
            "=[0,1,2]",
        );
    }

    #[test]
    fn the_order_of_evaluation_stays() {
        check(
            "const log = []; const o = { get a() { log.push('a'); return undefined }, get b() { log.push('b'); return { x: 1 } }, c: 3 };
             const { a: { y } = (log.push('default'), { get y() { log.push('y'); return 2 } }), b: { x }, ...s } = o; return [log.join(), x, y, s]",
            "=[\"a,default,y,b\",1,2,{\"c\":3}]",
        );
        let missing = error("const o = { d: 4 };\nconst { b: { c }, ...s } = o; return s");
        assert!(missing.message.contains('b'), "{}", missing.message);
        assert_eq!(missing.position.map(|at| at.line), Some(2));
    }
}
