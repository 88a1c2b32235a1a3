//! `using`, as a declaration and as a name.
//!
//! The engine has no such declarations. The transformer makes `try` statements
//! of them, which need a function that keeps what is to be disposed of. The
//! engine's parser takes `using` for a keyword wherever it stands, so where it
//! is a name it becomes another.

use oxc::allocator::Allocator;
use oxc::ast::ast::{
    AssignmentTarget, AssignmentTargetMaybeDefault, AssignmentTargetProperty, BindingIdentifier,
    BindingProperty, CallExpression, Expression, IdentifierReference, ObjectProperty, Program,
    PropertyKey,
};
use oxc::ast::builder::AstBuilder;
use oxc::ast_visit::{Visit, VisitMut, walk_mut};
use oxc::span::SPAN;
use oxc::transformer::{
    ES2026Options, EnvOptions, HelperLoaderMode, HelperLoaderOptions, TransformOptions,
};

/// The name that the engine's parser refuses, and what stands in for it.
const USING: &str = "using";
const RENAMED: &str = "__retort_using";
/// The function that keeps what is to be disposed of.
const KEPT: &str = "__retort_kept";

/// That function, for scripts that need it: `u` and `a` keep what `using` and
/// `await using` declare, `d` disposes of it, last first, and throws `e` or what
/// went wrong on the way.
pub(super) const KEEPER: &str = r#"
function __retort_kept() {
  const kept = [], nothing = {};
  const keep = (waits, value) => {
    if (value === null || value === undefined) {
      if (waits) kept.push({ waits });
      return value;
    }
    if (Object(value) !== value) {
      throw new TypeError("`using` declares objects, null and undefined only");
    }
    const later = waits ? value[Symbol.asyncDispose] : undefined;
    const dispose = later ?? value[Symbol.dispose];
    if (typeof dispose !== "function") {
      throw new TypeError("what `using` declares needs a method `[Symbol.dispose]`");
    }
    kept.push({ value, dispose, waits, isLater: later !== undefined && later !== null });
    return value;
  };
  return {
    e: nothing,
    u: (value) => keep(false, value),
    a: (value) => keep(true, value),
    d() {
      let { e: error } = this;
      const fail = (reason) => {
        if (error === nothing) {
          error = reason;
          return;
        }
        const both = new Error("an error was suppressed while disposing");
        error = Object.assign(both, { name: "SuppressedError", error: reason, suppressed: error });
      };
      const release = () => {
        while (kept.length > 0) {
          const one = kept.pop();
          try {
            const done = one.dispose === undefined ? undefined : one.dispose.call(one.value);
            if (one.waits) {
              return Promise.resolve(one.isLater ? done : undefined).then(release, (reason) => {
                fail(reason);
                return release();
              });
            }
          } catch (reason) {
            fail(reason);
          }
        }
        if (error !== nothing) throw error;
      };
      return release();
    },
  };
}"#;

/// What the transformer is to lower besides types.
pub(super) fn options() -> TransformOptions {
    TransformOptions {
        env: EnvOptions {
            es2026: ES2026Options {
                explicit_resource_management: true,
            },
            ..EnvOptions::default()
        },
        helper_loader: HelperLoaderOptions {
            mode: HelperLoaderMode::External,
            ..HelperLoaderOptions::default()
        },
        ..TransformOptions::default()
    }
}

/// Rewrites a lowered program. Returns whether it needs [`KEEPER`].
pub(super) fn rewrite<'a>(program: &mut Program<'a>, allocator: &'a Allocator) -> bool {
    let mut names = Names { found: false };
    names.visit_program(program);
    let mut rewriter = Rewriter {
        ast: AstBuilder::new(allocator),
        renames: names.found,
        keeps: false,
    };
    rewriter.visit_program(program);
    rewriter.keeps
}

/// Looks for a declaration of the name.
struct Names {
    found: bool,
}

impl<'a> Visit<'a> for Names {
    fn visit_binding_identifier(&mut self, id: &BindingIdentifier<'a>) {
        self.found |= id.name == USING;
    }
}

struct Rewriter<'a> {
    ast: AstBuilder<'a>,
    renames: bool,
    keeps: bool,
}

impl<'a> VisitMut<'a> for Rewriter<'a> {
    fn visit_call_expression(&mut self, call: &mut CallExpression<'a>) {
        walk_mut::walk_call_expression(self, call);
        if is_helper(&call.callee) {
            call.callee = Expression::new_identifier(SPAN, KEPT, &self.ast);
            self.keeps = true;
        }
    }

    fn visit_binding_identifier(&mut self, id: &mut BindingIdentifier<'a>) {
        if self.renames && id.name == USING {
            id.name = RENAMED.into();
        }
    }

    fn visit_identifier_reference(&mut self, identifier: &mut IdentifierReference<'a>) {
        if self.renames && identifier.name == USING {
            identifier.name = RENAMED.into();
        }
    }

    fn visit_binding_property(&mut self, property: &mut BindingProperty<'a>) {
        property.shorthand &= !self.renames;
        walk_mut::walk_binding_property(self, property);
    }

    fn visit_object_property(&mut self, property: &mut ObjectProperty<'a>) {
        property.shorthand &= !self.renames;
        walk_mut::walk_object_property(self, property);
    }

    fn visit_assignment_target_property(&mut self, property: &mut AssignmentTargetProperty<'a>) {
        if let AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(short) = property
            && self.renames
            && short.binding.name == USING
        {
            let ast = &self.ast;
            let span = short.span;
            let target = AssignmentTarget::new_assignment_target_identifier(span, RENAMED, ast);
            let target = match short.init.take() {
                None => AssignmentTargetMaybeDefault::from(target),
                Some(default) => AssignmentTargetMaybeDefault::new_assignment_target_with_default(
                    span, target, default, ast,
                ),
            };
            let key = PropertyKey::new_static_identifier(span, USING, ast);
            *property = AssignmentTargetProperty::new_assignment_target_property_property(
                span, key, target, false, ast,
            );
        }
        walk_mut::walk_assignment_target_property(self, property);
    }
}

/// Whether this is the function that the transformer takes to exist.
fn is_helper(callee: &Expression<'_>) -> bool {
    let Expression::StaticMemberExpression(member) = callee else {
        return false;
    };
    let is_library =
        matches!(&member.object, Expression::Identifier(it) if it.name == "babelHelpers");
    is_library && member.property.name == "usingCtx"
}

#[cfg(test)]
mod tests {
    use crate::runtime::tests::{error, value};

    #[track_caller]
    fn check(script: &str, expected: &str) {
        assert_eq!(value(script), expected, "{script}");
    }

    const KEEP: &str =
        "const log = []; const keep = n => ({ n, [Symbol.dispose]() { log.push(n) } });
        const later = n => ({ n, async [Symbol.asyncDispose]() { await null; log.push(n) } });\n";

    #[test]
    fn what_is_declared_is_disposed_of_at_the_end() {
        check("using x = { [Symbol.dispose]() {} }; return 1", "=1");
        check(
            "async function f() { using x = null; return 1 }; return f()",
            "=1",
        );
        for (script, expected) in [
            (
                "function f() { using a = keep(1), b = keep(2); log.push('in'); return a.n + b.n } return [f(), log]",
                "=[3,[\"in\",2,1]]",
            ),
            (
                "{ using a = keep(1); await null; log.push(0) } return log",
                "=[0,1]",
            ),
            (
                "for (using a of [keep(1), keep(2)]) log.push('in' + a.n); return log",
                "=[\"in1\",1,\"in2\",2]",
            ),
            (
                "{ await using a = later(1), b = keep(2), c = null; log.push(0) } return log",
                "=[0,2,1]",
            ),
            (
                "try { using a = keep(1); throw new RangeError('x') } catch (e) { log.push(e.name) } return log",
                "=[1,\"RangeError\"]",
            ),
            (
                "try { using a = { [Symbol.dispose]() { throw 1 } }; throw 2 } catch (e) { return [e.name, e.error, e.suppressed] }",
                "=[\"SuppressedError\",1,2]",
            ),
            (
                "using a = keep(1);\nexport const main = async () => { using b = keep(2); return log.length }",
                "=1",
            ),
        ] {
            check(&format!("{KEEP}{script}"), expected);
        }
    }

    #[test]
    fn errors_have_the_place_where_they_arose() {
        let thrown = error("using x = null;\nconst y = {};\ny.z();\nreturn 1");
        assert_eq!(
            thrown.position.map(|at| at.line),
            Some(3),
            "{}",
            thrown.message
        );
        let thrown = error("const a = 1;\nusing x = { a };\nreturn 1");
        assert_eq!(
            thrown.position.map(|at| at.line),
            Some(2),
            "{}",
            thrown.message
        );
        assert!(
            thrown.message.contains("[Symbol.dispose]"),
            "{}",
            thrown.message
        );
    }

    #[test]
    fn it_is_a_name_as_any_other() {
        check("const using = 3; return using", "=3");
        check(
            "let using = 3; using = 4; return { using }",
            "={\"using\":4}",
        );
        check(
            "const f = ({ using, ...r }) => [using, r]; return f({ using: 1, a: 2 })",
            "=[1,{\"a\":2}]",
        );
        check(
            "let using; ({ using = 5 } = {}); const o = { using() { return using } }; return o.using()",
            "=5",
        );
        check("function using(x) { return x } return using(6)", "=6");
    }
}
