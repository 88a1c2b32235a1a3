//! What of a script is a promise that nobody awaits, as far as its text says.
//!
//! Knows names without their scopes, so it is only asked about what failed.

use std::collections::HashMap;

use oxc::allocator::Allocator;
use oxc::ast::ast::{
    Argument, CallExpression, Expression, Function, LogicalExpression, MemberExpression, Program,
    VariableDeclarator,
};
use oxc::ast_visit::{Visit, walk};
use oxc::parser::Parser;
use oxc::span::SourceType;
use oxc::syntax::scope::ScopeFlags;

use super::expression::{path, unguarded};
use crate::runtime::source::guards::{ITERABLE, NULLISH};

/// Names and calls that give promises.
pub(super) struct Promises<'p> {
    /// Whether a path of names leads to a call out of the sandbox.
    is_remote: &'p dyn Fn(&[String]) -> bool,
    /// Names of asynchronous functions.
    functions: Vec<String>,
    /// Names that hold a promise or were read from one, and what that promise is.
    bound: Vec<(String, String)>,
}

impl<'p> Promises<'p> {
    /// Reads a program.
    pub(super) fn of(program: &Program<'_>, is_remote: &'p dyn Fn(&[String]) -> bool) -> Self {
        let mut promises = Self {
            is_remote,
            functions: Vec::new(),
            bound: Vec::new(),
        };
        Functions(&mut promises.functions).visit_program(program);
        Bindings(&mut promises).visit_program(program);
        promises
    }

    /// The promise that an expression reads from as if it were its value.
    pub(super) fn behind(&self, expression: &Expression<'_>) -> Option<String> {
        let mut expression = unguarded(expression);
        loop {
            match expression {
                Expression::CallExpression(call) if self.is_made_by(call) => {
                    return Some(format!("{}(…)", path(&call.callee).join(".")));
                }
                Expression::CallExpression(call) => expression = unguarded(&call.callee),
                Expression::Identifier(identifier) => {
                    let bound = self
                        .bound
                        .iter()
                        .find(|(name, _)| *name == *identifier.name);
                    return bound.map(|(_, promise)| promise.clone());
                }
                other => expression = unguarded(other.as_member_expression()?.object()),
            }
        }
    }

    /// Whether a call gives a promise, and has a name.
    fn is_made_by(&self, call: &CallExpression<'_>) -> bool {
        let path = path(&call.callee);
        match path.as_slice() {
            [] => false,
            [name] if self.functions.contains(name) => true,
            [.., method] if ["then", "catch", "finally"].contains(&method.as_str()) => true,
            [class, _] if class == "Promise" => true,
            path => (self.is_remote)(path),
        }
    }

    /// Whether an expression is a promise itself.
    fn is_promise(&self, expression: &Expression<'_>) -> bool {
        match unguarded(expression) {
            Expression::CallExpression(call) => {
                let settles = call.callee.as_member_expression();
                let settles = settles.and_then(MemberExpression::static_property_name);
                self.is_made_by(call) || settles == Some("then")
            }
            _ => false,
        }
    }
}

/// The promises that guarded expressions read from, by where those stand in the
/// script.
pub(super) fn guarded(
    code: &str,
    is_remote: &dyn Fn(&[String]) -> bool,
) -> HashMap<(u32, u32), String> {
    let allocator = Allocator::default();
    let program = Parser::new(&allocator, code, SourceType::cjs())
        .parse()
        .program;
    let mut guarded = Guarded {
        promises: Promises::of(&program, is_remote),
        found: HashMap::new(),
    };
    guarded.visit_program(&program);
    guarded.found
}

/// Finds asynchronous functions that have a name.
struct Functions<'f>(&'f mut Vec<String>);

impl<'a> Visit<'a> for Functions<'_> {
    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        if function.r#async
            && !function.generator
            && let Some(id) = &function.id
        {
            self.0.push(id.name.to_string());
        }
        walk::walk_function(self, function, flags);
    }

    fn visit_variable_declarator(&mut self, declarator: &VariableDeclarator<'a>) {
        let is_async = match &declarator.init {
            Some(Expression::ArrowFunctionExpression(arrow)) => arrow.r#async,
            Some(Expression::FunctionExpression(function)) => {
                function.r#async && !function.generator
            }
            _ => false,
        };
        if let (true, Some(id)) = (is_async, declarator.id.get_binding_identifier()) {
            self.0.push(id.name.to_string());
        }
        walk::walk_variable_declarator(self, declarator);
    }
}

/// Finds the names that are bound to promises, and to what was read from them.
struct Bindings<'b, 'p>(&'b mut Promises<'p>);

impl<'a> Visit<'a> for Bindings<'_, '_> {
    fn visit_variable_declarator(&mut self, declarator: &VariableDeclarator<'a>) {
        if let Some(init) = &declarator.init {
            let promises = &mut *self.0;
            let is_read = !matches!(unguarded(init), Expression::CallExpression(_))
                || declarator.id.is_destructuring_pattern();
            let behind = promises.behind(init).filter(|_| is_read);
            match declarator.id.get_binding_identifier() {
                Some(id) if promises.is_promise(init) => {
                    promises
                        .bound
                        .push((id.name.to_string(), id.name.to_string()));
                }
                _ => {
                    for id in declarator.id.get_binding_identifiers() {
                        let bound = behind.clone().map(|promise| (id.name.to_string(), promise));
                        promises.bound.extend(bound);
                    }
                }
            }
        }
        walk::walk_variable_declarator(self, declarator);
    }
}

/// Finds the guards around what is read from promises.
struct Guarded<'p> {
    promises: Promises<'p>,
    found: HashMap<(u32, u32), String>,
}

impl Guarded<'_> {
    fn add(&mut self, expression: &Expression<'_>, arguments: &[Argument<'_>]) {
        if let Some(place) = place(arguments)
            && let Some(promise) = self.promises.behind(expression)
        {
            self.found.insert(place, promise);
        }
    }
}

/// Where the arguments of a guard say that it stands.
fn place(arguments: &[Argument<'_>]) -> Option<(u32, u32)> {
    let number = |argument: &Argument<'_>| match argument {
        Argument::NumericLiteral(number) => Some(number.value as u32),
        _ => None,
    };
    let [start, end, ..] = arguments else {
        return None;
    };
    Some((number(start)?, number(end)?))
}

/// Finds the guards inside a pattern.
struct Inside(Vec<(u32, u32)>);

impl<'a> Visit<'a> for Inside {
    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        if call.callee.is_specific_id(NULLISH) {
            self.0.extend(place(&call.arguments));
        }
        walk::walk_call_expression(self, call);
    }
}

impl<'a> Visit<'a> for Guarded<'_> {
    fn visit_variable_declarator(&mut self, declarator: &VariableDeclarator<'a>) {
        if let Some(init) = &declarator.init
            && let Some(promise) = self.promises.behind(init)
        {
            let mut inside = Inside(Vec::new());
            inside.visit_binding_pattern(&declarator.id);
            let places = inside.0.into_iter();
            self.found
                .extend(places.map(|place| (place, promise.clone())));
        }
        walk::walk_variable_declarator(self, declarator);
    }

    fn visit_logical_expression(&mut self, guard: &LogicalExpression<'a>) {
        if let Expression::CallExpression(call) = &guard.right
            && call.callee.is_specific_id(NULLISH)
        {
            self.add(&guard.left, &call.arguments);
        }
        walk::walk_logical_expression(self, guard);
    }

    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        if call.callee.is_specific_id(ITERABLE)
            && let [value, place @ ..] = call.arguments.as_slice()
            && let Some(value) = value.as_expression()
        {
            self.add(value, place);
        }
        walk::walk_call_expression(self, call);
    }
}
