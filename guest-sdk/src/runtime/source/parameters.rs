//! Parameters that a `var` of the body declares again, where the parameters are
//! not all plain names: the engine starts such a `var` without a value.
//!
//! The parameter gets another name and the `var` its value:
//! `function f(a, b = 1) { var a = a || b }` becomes
//! `function f(own_a, b = 1) { var a = own_a; var a = a || b }`. That is what the
//! language says it does: two variables, and functions among the parameters see
//! the first.

use oxc::allocator::{Allocator, ArenaVec, GetAllocator};
use oxc::ast::ast::{
    ArrowFunctionBody, ArrowFunctionExpression, BindingIdentifier, BindingPattern, BindingProperty,
    Expression, FormalParameters, Function, FunctionBody, IdentifierReference, ObjectProperty,
    Program, Statement, StaticBlock, VariableDeclaration, VariableDeclarationKind,
    VariableDeclarator,
};
use oxc::ast::builder::AstBuilder;
use oxc::ast_visit::{Visit, VisitMut, walk, walk_mut};
use oxc::semantic::{Scoping, SymbolId};
use oxc::span::SPAN;
use oxc::syntax::scope::ScopeFlags;

/// What the other names begin with.
const OWN: &str = "__retort_own_";

/// Rewrites the functions of a program without types.
pub(super) fn rewrite<'a>(program: &mut Program<'a>, scoping: &Scoping, allocator: &'a Allocator) {
    let ast = AstBuilder::new(allocator);
    Functions { ast, scoping }.visit_program(program);
}

struct Functions<'a, 's> {
    ast: AstBuilder<'a>,
    scoping: &'s Scoping,
}

impl<'a> VisitMut<'a> for Functions<'a, '_> {
    fn visit_function(&mut self, function: &mut Function<'a>, flags: ScopeFlags) {
        walk_mut::walk_function(self, function, flags);
        if let Some(body) = &mut function.body {
            self.separate(&mut function.params, body);
        }
    }

    fn visit_arrow_function_expression(&mut self, arrow: &mut ArrowFunctionExpression<'a>) {
        walk_mut::walk_arrow_function_expression(self, arrow);
        if let ArrowFunctionBody::FunctionBody(body) = &mut arrow.body {
            self.separate(&mut arrow.params, body);
        }
    }
}

impl<'a> Functions<'a, '_> {
    fn separate(&self, parameters: &mut FormalParameters<'a>, body: &mut FunctionBody<'a>) {
        let are_names = parameters.items.iter().all(|one| {
            one.initializer.is_none() && matches!(one.pattern, BindingPattern::BindingIdentifier(_))
        });
        if are_names && parameters.rest.is_none() {
            return;
        }
        let mut variables = Variables { found: Vec::new() };
        variables.visit_function_body(body);
        let mut parameters_names = Names { found: Vec::new() };
        parameters_names.visit_formal_parameters(parameters);
        let mut twice = parameters_names.found;
        twice.retain(|(_, name)| variables.found.contains(name) && *name != "arguments");
        if twice.is_empty() {
            return;
        }
        let allocator = GetAllocator::allocator(&self.ast);
        let twice: Vec<Renamed<'a>> = twice
            .into_iter()
            .map(|(symbol, name)| Renamed {
                symbol,
                name: allocator.alloc_str(&name),
                own: allocator.alloc_str(&format!("{OWN}{name}")),
            })
            .collect();
        let mut renaming = Renaming {
            scoping: self.scoping,
            renamed: &twice,
        };
        renaming.visit_formal_parameters(parameters);
        let declared = twice.iter().map(|one| {
            let name = BindingPattern::new_binding_identifier(SPAN, one.name, &self.ast);
            let own = Expression::new_identifier(SPAN, one.own, &self.ast);
            VariableDeclarator::new(SPAN, name, None, Some(own), false, &self.ast)
        });
        let declared = ArenaVec::from_iter_in(declared, &self.ast);
        let kind = VariableDeclarationKind::Var;
        let declared = Statement::new_variable_declaration(SPAN, kind, declared, false, &self.ast);
        body.statements.insert(0, declared);
    }
}

/// Collects the names that a function declares by `var`.
struct Variables {
    found: Vec<String>,
}

impl<'a> Visit<'a> for Variables {
    fn visit_variable_declaration(&mut self, declaration: &VariableDeclaration<'a>) {
        if declaration.kind == VariableDeclarationKind::Var {
            for one in &declaration.declarations {
                let names = one.id.get_binding_identifiers().into_iter();
                self.found.extend(names.map(|id| id.name.to_string()));
            }
        }
        walk::walk_variable_declaration(self, declaration);
    }

    fn visit_function(&mut self, _: &Function<'a>, _: ScopeFlags) {}

    fn visit_arrow_function_expression(&mut self, _: &ArrowFunctionExpression<'a>) {}

    fn visit_static_block(&mut self, _: &StaticBlock<'a>) {}
}

/// Collects the names that parameters declare.
struct Names {
    found: Vec<(SymbolId, String)>,
}

impl<'a> Visit<'a> for Names {
    fn visit_binding_identifier(&mut self, id: &BindingIdentifier<'a>) {
        if let Some(symbol) = id.symbol_id.get() {
            self.found.push((symbol, id.name.to_string()));
        }
    }

    fn visit_expression(&mut self, _: &Expression<'a>) {}
}

struct Renamed<'a> {
    symbol: SymbolId,
    name: &'a str,
    own: &'a str,
}

struct Renaming<'a, 's> {
    scoping: &'s Scoping,
    renamed: &'s [Renamed<'a>],
}

impl<'a> Renaming<'a, '_> {
    fn own(&self, symbol: Option<SymbolId>) -> Option<&'a str> {
        let symbol = symbol?;
        let found = self.renamed.iter().find(|one| one.symbol == symbol);
        found.map(|one| one.own)
    }
}

impl<'a> VisitMut<'a> for Renaming<'a, '_> {
    fn visit_binding_identifier(&mut self, id: &mut BindingIdentifier<'a>) {
        if let Some(own) = self.own(id.symbol_id.get()) {
            id.name = own.into();
        }
    }

    fn visit_identifier_reference(&mut self, identifier: &mut IdentifierReference<'a>) {
        let reference = identifier.reference_id.get();
        let symbol = reference.and_then(|id| self.scoping.get_reference(id).symbol_id());
        if let Some(own) = self.own(symbol) {
            identifier.name = own.into();
        }
    }

    fn visit_binding_property(&mut self, property: &mut BindingProperty<'a>) {
        property.shorthand = false;
        walk_mut::walk_binding_property(self, property);
    }

    fn visit_object_property(&mut self, property: &mut ObjectProperty<'a>) {
        property.shorthand = false;
        walk_mut::walk_object_property(self, property);
    }
}

#[cfg(test)]
mod tests {
    use crate::runtime::tests::value;

    #[track_caller]
    fn check(script: &str, expected: &str) {
        assert_eq!(value(script), expected, "{script}");
    }

    #[test]
    fn a_variable_of_a_parameters_name_starts_with_its_value() {
        check(
            "function f(opts, n = 1) { var opts = opts || {}; return opts } return [f(2), f()]",
            "=[2,{}]",
        );
        check(
            "const f = ({ a, b: { c }, ...r }, n = a) => { var a; if (n) { var c = c + 1, d = 4 } return [a, c, d, n, r] }; return f({ a: 1, b: { c: 2 }, e: 5 })",
            "=[1,3,4,1,{\"e\":5}]",
        );
        check(
            "class A { m(list, n = { list }) { for (var list of list) n.last = list; return n } } return new A().m([1, 2])",
            "={\"list\":[1,2],\"last\":2}",
        );
        check(
            "async function* f(x, ...r) { var { x, r } = { x: x + 1, r: r.length }; yield x; yield r } const seen = []; for await (const x of f(1, 2, 3)) seen.push(x); return seen",
            "=[2,2]",
        );
    }

    #[test]
    fn functions_among_the_parameters_see_the_parameter() {
        check(
            "function f(a, get = () => a, set = x => { a = x }) { var a = 2; set(5); return [a, get()] } return f(1)",
            "=[2,5]",
        );
        check(
            "function f(a, g = function (a, b = 1) { var a = a + b; return a }) { var a; return [a, g(5)] } return f(1)",
            "=[1,6]",
        );
    }
}
