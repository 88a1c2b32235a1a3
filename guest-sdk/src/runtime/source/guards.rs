//! Guards that name what was null or undefined.
//!
//! The engine's errors name nothing, and for a method call on nothing not even
//! a place. So where that can happen the code gets a second operand that is
//! evaluated only then: `rows.map(f)` becomes `(rows ?? $nullish(17, 21, "map",
//! rows)).map(f)`, where 17 and 21 find the expression in the source again. For a
//! property, what it was read from and its key come last. A pattern inside another
//! gets the same call as its default. What a script returns or passes on, read
//! from something, is only noted: `return a.b ?? $absent(7, 10, a.b, a, "b")`.

mod kinds;

use oxc::allocator::{Allocator, ArenaVec, TakeIn};
use oxc::ast::ast::{
    Argument, ArrayExpressionElement, ArrayPattern, ArrowFunctionExpression, BindingPattern,
    BindingProperty, CallExpression, CatchClause, ChainExpression, Expression, ForOfStatement,
    FormalParameters, Function, MemberExpression, NumberBase, ObjectPropertyKind, Program,
    ReturnStatement, Statement, ThrowStatement, VariableDeclarationKind, VariableDeclarator,
};
use oxc::ast::builder::AstBuilder;
use oxc::ast_visit::VisitMut;
use oxc::ast_visit::walk_mut;
use oxc::semantic::{Scoping, SymbolId};
use oxc::span::{GetSpan, SPAN, Span};
use oxc::syntax::operator::LogicalOperator;
use oxc::syntax::scope::ScopeFlags;

use self::kinds::{FRUITFUL, MAX_CHAIN, again, is_literal, parts, spine_calls};
use super::form::ENTRY_NAMES;

/// The global that throws for a value that is null or undefined.
pub(crate) const NULLISH: &str = "$nullish";
/// The global that throws for a value that cannot be looped over.
pub(crate) const ITERABLE: &str = "$iterable";
/// The global that `import(…)` calls instead of loading a module.
pub(crate) const IMPORT: &str = "$import";
/// The global that notes a property that is absent.
pub(crate) const ABSENT: &str = "$absent";
/// The global that remembers what a property is read from: what it was given last.
pub(crate) const FROM: &str = "$from";
/// The global that notes where something is thrown that is no error.
pub(crate) const THROWN: &str = "$thrown";
/// The global that improves the message of a caught error.
pub(crate) const CAUGHT: &str = "$caught";

/// Inserts the guards into a program without types.
pub(super) fn insert<'a>(program: &mut Program<'a>, scoping: &Scoping, allocator: &'a Allocator) {
    let ast = AstBuilder::new(allocator);
    let mut guards = Guards {
        ast,
        scoping,
        solid: Vec::new(),
        in_chain: false,
        depth: 0,
    };
    guards.visit_program(program);
}

/// What is about to happen to a guarded value. In the generated call it is the
/// name that is read, `true` for iterating and `false` for destructuring.
enum Use {
    Read(String),
    Iterate,
    Destructure,
}

struct Guards<'a, 's> {
    ast: AstBuilder<'a>,
    scoping: &'s Scoping,
    /// Constants bound to a literal: never null or undefined.
    solid: Vec<SymbolId>,
    /// Whether the expression is part of an optional chain, which a guard
    /// would cut short.
    in_chain: bool,
    /// How many functions are around it.
    depth: u32,
}

impl<'a> VisitMut<'a> for Guards<'a, '_> {
    fn visit_chain_expression(&mut self, chain: &mut ChainExpression<'a>) {
        let outer = std::mem::replace(&mut self.in_chain, true);
        walk_mut::walk_chain_expression(self, chain);
        self.in_chain = outer;
    }

    fn visit_expression(&mut self, expression: &mut Expression<'a>) {
        walk_mut::walk_expression(self, expression);
        if let Expression::ImportExpression(import) = expression {
            let start = self.number(import.span.start);
            let source = import.source.take_in(&self.ast);
            *expression = self.call(IMPORT, [source, start].map(Argument::from));
        }
        if !self.in_chain
            && let Some(member) = expression.as_member_expression_mut()
            && !member.optional()
            && parts(member.object(), &self.ast).is_some()
        {
            self.guard_object(member);
        }
    }

    fn visit_function(&mut self, function: &mut Function<'a>, flags: ScopeFlags) {
        let is_entry = function
            .id
            .as_ref()
            .is_none_or(|id| ENTRY_NAMES.contains(&id.name.as_str()));
        // Only what may be the script's value is of interest.
        let inside = if is_entry { 1 } else { 2 };
        self.depth += inside;
        walk_mut::walk_function(self, function, flags);
        self.depth -= inside;
    }

    fn visit_arrow_function_expression(&mut self, arrow: &mut ArrowFunctionExpression<'a>) {
        self.depth += 1;
        walk_mut::walk_arrow_function_expression(self, arrow);
        self.depth -= 1;
    }

    fn visit_return_statement(&mut self, statement: &mut ReturnStatement<'a>) {
        walk_mut::walk_return_statement(self, statement);
        if let Some(argument) = &mut statement.argument
            && self.depth <= 1
        {
            self.note_absence(argument, None);
        }
    }

    fn visit_arguments(&mut self, arguments: &mut ArenaVec<'a, Argument<'a>>) {
        let outer = std::mem::replace(&mut self.in_chain, false);
        walk_mut::walk_arguments(self, arguments);
        self.in_chain = outer;
        for argument in arguments {
            match argument {
                Argument::SpreadElement(spread) => self.guard_iteration(&mut spread.argument),
                Argument::ObjectExpression(object) => {
                    for property in &mut object.properties {
                        if let ObjectPropertyKind::ObjectProperty(property) = property
                            && let Some(name) = property.key.static_name()
                        {
                            self.note_absence(&mut property.value, Some(&name));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn visit_formal_parameters(&mut self, parameters: &mut FormalParameters<'a>) {
        let outer = std::mem::replace(&mut self.in_chain, false);
        walk_mut::walk_formal_parameters(self, parameters);
        self.in_chain = outer;
    }

    fn visit_statements(&mut self, statements: &mut ArenaVec<'a, Statement<'a>>) {
        let outer = std::mem::replace(&mut self.in_chain, false);
        walk_mut::walk_statements(self, statements);
        self.in_chain = outer;
    }

    fn visit_call_expression(&mut self, call: &mut CallExpression<'a>) {
        walk_mut::walk_call_expression(self, call);
        if self.in_chain || call.optional {
            return;
        }
        if let Some(member) = call.callee.as_member_expression_mut()
            && !member.optional()
            && spine_calls(member.object()) <= MAX_CHAIN
        {
            self.guard_object(member);
        }
    }

    fn visit_for_of_statement(&mut self, statement: &mut ForOfStatement<'a>) {
        walk_mut::walk_for_of_statement(self, statement);
        if statement.r#await {
            self.guard(&mut statement.right, &Use::Iterate);
        } else {
            self.guard_iteration(&mut statement.right);
        }
    }

    fn visit_array_expression_element(&mut self, element: &mut ArrayExpressionElement<'a>) {
        walk_mut::walk_array_expression_element(self, element);
        if let ArrayExpressionElement::SpreadElement(spread) = element {
            self.guard_iteration(&mut spread.argument);
        }
    }

    fn visit_variable_declarator(&mut self, declarator: &mut VariableDeclarator<'a>) {
        walk_mut::walk_variable_declarator(self, declarator);
        let Some(init) = &mut declarator.init else {
            return;
        };
        match &declarator.id {
            BindingPattern::ObjectPattern(_) => self.guard(init, &Use::Destructure),
            BindingPattern::ArrayPattern(_) => self.guard_iteration(init),
            _ => {}
        }
    }

    fn visit_variable_declaration(
        &mut self,
        declaration: &mut oxc::ast::ast::VariableDeclaration<'a>,
    ) {
        if declaration.kind == VariableDeclarationKind::Const {
            for declarator in &declaration.declarations {
                if let (Some(id), Some(init)) =
                    (declarator.id.get_binding_identifier(), &declarator.init)
                    && is_literal(init)
                    && let Some(symbol) = id.symbol_id.get()
                {
                    self.solid.push(symbol);
                }
            }
        }
        walk_mut::walk_variable_declaration(self, declaration);
    }

    fn visit_binding_property(&mut self, property: &mut BindingProperty<'a>) {
        walk_mut::walk_binding_property(self, property);
        let key = property.key.span();
        self.guard_pattern(&mut property.value, key);
    }

    fn visit_array_pattern(&mut self, array: &mut ArrayPattern<'a>) {
        walk_mut::walk_array_pattern(self, array);
        for element in array.elements.iter_mut().flatten() {
            let span = element.span();
            self.guard_pattern(element, span);
        }
    }

    fn visit_throw_statement(&mut self, statement: &mut ThrowStatement<'a>) {
        walk_mut::walk_throw_statement(self, statement);
        let argument = &statement.argument;
        if !matches!(argument, Expression::NewExpression(_)) {
            let start = self.number(statement.span.start);
            let value = statement.argument.take_in(&self.ast);
            statement.argument = self.call(THROWN, [value, start].map(Argument::from));
        }
    }

    fn visit_catch_clause(&mut self, clause: &mut CatchClause<'a>) {
        walk_mut::walk_catch_clause(self, clause);
        let Some(name) = clause
            .param
            .as_ref()
            .and_then(|param| param.pattern.get_identifier_name())
        else {
            return;
        };
        let error = Expression::new_identifier(SPAN, name, &self.ast);
        let call = self.call(CAUGHT, [Argument::from(error)]);
        let statement = Statement::new_expression_statement(SPAN, call, &self.ast);
        clause.body.body.insert(0, statement);
    }
}

impl<'a> Guards<'a, '_> {
    /// Guards what a property is read from.
    fn guard_object(&self, member: &mut MemberExpression<'a>) {
        let name = member
            .static_property_name()
            .map_or_else(String::new, String::from);
        self.guard(member.object_mut(), &Use::Read(name));
    }

    /// Has a property noted that is null or undefined, and the name it is passed on as.
    fn note_absence(&self, expression: &mut Expression<'a>, name: Option<&str>) {
        let Some(read) = self.read_of(expression) else {
            return;
        };
        let span = expression.span();
        let [start, end] = [span.start, span.end].map(|offset| self.number(offset));
        let [value, receiver, key] = read;
        let arguments = [start, end, value, receiver, key].map(Argument::from);
        let mut arguments = ArenaVec::from_array_in(arguments, &self.ast);
        if let Some(name) = name {
            arguments.push(Argument::from(self.text(name)));
        }
        let call = self.call(ABSENT, arguments);
        self.add_second(expression, call);
    }

    /// The value of a property again, what it was read from, and its key. What is
    /// awaited cannot be evaluated again: it is remembered.
    fn read_of(&self, expression: &mut Expression<'a>) -> Option<[Expression<'a>; 3]> {
        if let Some((receiver, key)) = parts(expression, &self.ast) {
            return Some([again(expression, &self.ast)?, receiver, key]);
        }
        let member = expression.as_member_expression_mut()?;
        if !matches!(member.object(), Expression::AwaitExpression(_)) || member.optional() {
            return None;
        }
        let name = member.static_property_name()?.to_owned();
        let awaited = member.object_mut();
        let inner = awaited.take_in(&self.ast);
        *awaited = self.call(FROM, [Argument::from(inner)]);
        let from = || self.call(FROM, ArenaVec::new_in(&self.ast));
        let key = self.text(&name);
        let value = Expression::new_computed_member_expression(
            SPAN,
            from(),
            self.text(&name),
            false,
            &self.ast,
        );
        Some([value, from(), key])
    }

    /// Gives an expression a second operand for when it has no value.
    fn add_second(&self, expression: &mut Expression<'a>, second: Expression<'a>) {
        let span = expression.span();
        let first = expression.take_in(&self.ast);
        let operator = LogicalOperator::Coalesce;
        *expression = Expression::new_logical_expression(span, first, operator, second, &self.ast);
    }

    fn text(&self, text: &str) -> Expression<'a> {
        let text = oxc::str::Str::from_str_in(text, &self.ast);
        Expression::new_string_literal(SPAN, text, None, &self.ast)
    }

    /// Gives an expression a second operand for when it is null or undefined.
    fn guard(&self, expression: &mut Expression<'a>, use_: &Use) {
        if !self.may_be_nullish(expression) {
            return;
        }
        let span = expression.span();
        let [offset, end] = [span.start, span.end].map(|offset| self.number(offset));
        let use_ = match use_ {
            Use::Read(name) => self.text(name),
            Use::Iterate => Expression::new_boolean_literal(SPAN, true, &self.ast),
            Use::Destructure => Expression::new_boolean_literal(SPAN, false, &self.ast),
        };
        let arguments = [
            Argument::from(offset),
            Argument::from(end),
            Argument::from(use_),
        ];
        let mut arguments = ArenaVec::from_array_in(arguments, &self.ast);
        self.add_path(expression, &mut arguments);
        let call = self.call(NULLISH, arguments);
        self.add_second(expression, call);
    }

    /// The value again, with what it was read from and its key.
    fn add_path(
        &self,
        expression: &mut Expression<'a>,
        arguments: &mut ArenaVec<'a, Argument<'a>>,
    ) {
        if let Some(read) = self.read_of(expression) {
            arguments.extend(read.map(Argument::from));
        } else if let Some(value) = again(expression, &self.ast) {
            arguments.push(Argument::from(value));
        }
    }

    /// Gives a pattern inside another a default that throws. `named` is where the
    /// source names what the pattern takes apart.
    fn guard_pattern(&self, pattern: &mut BindingPattern<'a>, named: Span) {
        let iterates = match pattern {
            BindingPattern::ObjectPattern(_) => false,
            BindingPattern::ArrayPattern(_) => true,
            _ => return,
        };
        let [start, end] = [named.start, named.end].map(|offset| self.number(offset));
        let use_ = Expression::new_boolean_literal(SPAN, iterates, &self.ast);
        let undefined = Expression::new_void_0(SPAN, &self.ast);
        let arguments = [start, end, use_, undefined].map(Argument::from);
        let throws = self.call(NULLISH, arguments);
        let inner = pattern.take_in(&self.ast);
        let span = inner.span();
        *pattern = BindingPattern::new_assignment_pattern(span, inner, throws, &self.ast);
    }

    /// Passes a value through a check that it can be looped over.
    fn guard_iteration(&self, expression: &mut Expression<'a>) {
        if !self.may_not_iterate(expression) {
            return;
        }
        let span = expression.span();
        let read = self.read_of(expression);
        let value = expression.take_in(&self.ast);
        let [start, end] = [span.start, span.end].map(|offset| self.number(offset));
        let arguments = [value, start, end].map(Argument::from);
        let mut arguments = ArenaVec::from_array_in(arguments, &self.ast);
        if let Some([_, receiver, key]) = read {
            arguments.extend([receiver, key].map(Argument::from));
        }
        *expression = self.call(ITERABLE, arguments);
    }

    fn call(
        &self,
        name: &'static str,
        arguments: impl oxc::allocator::IntoIn<'a, ArenaVec<'a, Argument<'a>>>,
    ) -> Expression<'a> {
        let callee = Expression::new_identifier(SPAN, name, &self.ast);
        Expression::new_call_expression(SPAN, callee, None, arguments, false, &self.ast)
    }

    fn number(&self, value: u32) -> Expression<'a> {
        let base = NumberBase::Decimal;
        Expression::new_numeric_literal(SPAN, f64::from(value), None, base, &self.ast)
    }

    /// Whether a loop over an expression may fail; not over a literal or the
    /// result of a method that gives an array or an iterator.
    fn may_not_iterate(&self, expression: &Expression<'a>) -> bool {
        self.may_be_nullish(expression)
            || matches!(
                expression,
                Expression::Identifier(_) | Expression::ObjectExpression(_)
            )
    }

    fn may_be_nullish(&self, expression: &Expression<'a>) -> bool {
        match expression {
            Expression::Identifier(identifier) => {
                let symbol = identifier
                    .reference_id
                    .get()
                    .and_then(|reference| self.scoping.get_reference(reference).symbol_id());
                // Globals are defined or throw a `ReferenceError` that has a name.
                symbol.is_some_and(|symbol| !self.solid.contains(&symbol))
            }
            Expression::CallExpression(call) => {
                let name = call
                    .callee
                    .as_member_expression()
                    .and_then(MemberExpression::static_property_name);
                !name.is_some_and(|name| FRUITFUL.contains(&name))
            }
            Expression::AwaitExpression(_)
            | Expression::StaticMemberExpression(_)
            | Expression::ComputedMemberExpression(_)
            | Expression::PrivateFieldExpression(_)
            | Expression::ConditionalExpression(_)
            | Expression::ChainExpression(_) => true,
            _ => false,
        }
    }
}
