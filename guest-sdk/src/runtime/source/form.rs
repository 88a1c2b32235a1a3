//! The forms a script may come in, reduced to one: statements that `return`.

use oxc::allocator::{Allocator, ArenaVec, GetAllocator, TakeIn};
use oxc::ast::ast::{
    BindingPattern, ExportDefaultDeclarationKind, ExportNamedDeclaration, ExportSpecifier,
    Expression, FormalParameters, FunctionType, ImportDeclarationSpecifier, Program, Statement,
    StringLiteral,
};
use oxc::ast::builder::AstBuilder;
use oxc::ast_visit::Visit;
use oxc::span::{GetSpan, Span};

/// Names of functions that are called where the script does not do so itself.
pub(super) const ENTRY_NAMES: [&str; 2] = ["main", "run"];

/// What remains to be done after the statements.
pub(super) struct Form {
    /// A function of the script to call for its value.
    pub(super) entry: Option<String>,
    /// Whether the script ends with a `return` of its own, so that a function
    /// it returns is its value and not its body.
    pub(super) returns: bool,
    /// Whether the function that is called, be it the entry or the script's
    /// value, gets the globals.
    pub(super) takes_globals: bool,
}

/// A form that cannot run.
pub(super) struct Problem {
    pub(super) offset: u32,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

/// Rewrites the top level so that its value is returned.
pub(super) fn apply<'a>(
    program: &mut Program<'a>,
    allocator: &'a Allocator,
) -> Result<Form, Problem> {
    let ast = AstBuilder::new(allocator);
    let default = unwrap_modules(program, &ast)?;
    let mut named = None;
    match default {
        Some(Exported::Value(expression)) => {
            let takes_globals = takes_globals(&expression, program);
            let span = expression.span();
            let statement = Statement::new_return_statement(span, Some(expression), &ast);
            program.body.push(statement);
            return Ok(Form {
                entry: None,
                returns: false,
                takes_globals,
            });
        }
        Some(Exported::Function(name)) => named = Some(name),
        None => {}
    }
    let returns = matches!(program.body.last(), Some(Statement::ReturnStatement(_)));
    let entry = entry_point(program, named.as_deref());
    let takes_globals = match (&entry, program.body.last()) {
        (Some(name), _) => {
            function_named(name, program).is_none_or(|one| may_be_globals(one.parameters))
        }
        (None, Some(Statement::ExpressionStatement(last))) => {
            takes_globals(&last.expression, program)
        }
        (None, _) => true,
    };
    if entry.is_none() {
        match program.body.last_mut() {
            Some(last) => return_value(last, &ast),
            // A script that is one string parses as a directive.
            None => {
                if let Some(directive) = program.directives.pop() {
                    let value = Expression::StringLiteral(oxc::allocator::ArenaBox::new_in(
                        directive.expression,
                        &ast,
                    ));
                    program.body.push(Statement::new_return_statement(
                        directive.span,
                        Some(value),
                        &ast,
                    ));
                }
            }
        }
    }
    Ok(Form {
        entry,
        returns,
        takes_globals,
    })
}

/// Turns a statement at the end of the script into one that returns its value.
fn return_value<'a>(statement: &mut Statement<'a>, ast: &AstBuilder<'a>) {
    match statement {
        Statement::ExpressionStatement(expression) => {
            let span = expression.span;
            let value = expression.expression.take_in(ast);
            *statement = Statement::new_return_statement(span, Some(value), ast);
        }
        Statement::BlockStatement(block) => {
            if let Some(last) = block.body.last_mut() {
                return_value(last, ast);
            }
        }
        Statement::IfStatement(branch) => {
            return_value(&mut branch.consequent, ast);
            if let Some(alternate) = &mut branch.alternate {
                return_value(alternate, ast);
            }
        }
        Statement::TryStatement(attempt) => {
            if let Some(last) = attempt.block.body.last_mut() {
                return_value(last, ast);
            }
            if let Some(handler) = &mut attempt.handler
                && let Some(last) = handler.body.body.last_mut()
            {
                return_value(last, ast);
            }
        }
        _ => {}
    }
}

/// What a script exports as default.
enum Exported<'a> {
    /// An expression, or a function without a name.
    Value(Expression<'a>),
    /// A function of the script, by its name.
    Function(String),
}

/// Replaces exports by what they declare and refuses imports of values.
/// Returns what is exported as default.
fn unwrap_modules<'a>(
    program: &mut Program<'a>,
    ast: &AstBuilder<'a>,
) -> Result<Option<Exported<'a>>, Problem> {
    if !program.body.iter().any(Statement::is_module_declaration) {
        return Ok(None);
    }
    let mut default = None;
    let mut named = None;
    let mut body = ArenaVec::with_capacity_in(program.body.len(), ast);
    for statement in program.body.take_in(ast) {
        match statement {
            Statement::ImportDeclaration(import) => {
                let names_values = import.specifiers.as_ref().is_none_or(|specifiers| {
                    specifiers.is_empty()
                        || specifiers.iter().any(|specifier| !is_type_only(specifier))
                });
                if names_values && !import.import_kind.is_type() {
                    return Err(Problem {
                        offset: import.span.start,
                        message: format!(
                            "`{}` cannot be imported: a script loads no modules",
                            import.source.value
                        ),
                        hint: Some(IMPORT_HINT.to_owned()),
                    });
                }
            }
            Statement::ExportDeclaration(export) => {
                body.push(Statement::from(export.unbox().declaration));
            }
            Statement::ExportDefaultDeclaration(export) => match export.unbox().declaration {
                ExportDefaultDeclarationKind::FunctionDeclaration(mut function) => {
                    if let Some(id) = &function.id {
                        default = Some(Exported::Function(id.name.to_string()));
                        body.push(Statement::FunctionDeclaration(function));
                    } else {
                        function.r#type = FunctionType::FunctionExpression;
                        let function = Expression::FunctionExpression(function);
                        default = Some(Exported::Value(function));
                    }
                }
                ExportDefaultDeclarationKind::ClassDeclaration(class) => {
                    body.push(Statement::ClassDeclaration(class));
                }
                ExportDefaultDeclarationKind::TSInterfaceDeclaration(_) => {}
                kind => default = Some(Exported::Value(kind.into_expression())),
            },
            Statement::ExportNamedDeclaration(export) => {
                named = named.or_else(|| local_default(&export));
            }
            Statement::TSNamespaceExportDeclaration(_) => {}
            Statement::TSExportAssignment(export) => {
                default = Some(Exported::Value(export.unbox().expression));
            }
            Statement::ExportAllDeclaration(export) => {
                return Err(exported_from(export.span.start, &export.source));
            }
            Statement::ExportFromDeclaration(export) => {
                return Err(exported_from(export.span.start, &export.source));
            }
            other => body.push(other),
        }
    }
    program.body = body;
    if let Some((span, name)) = named {
        default = Some(if function_named(&name, program).is_some() {
            Exported::Function(name)
        } else {
            let name: &str = GetAllocator::allocator(ast).alloc_str(&name);
            Exported::Value(Expression::new_identifier(span, name, ast))
        });
    }
    Ok(default)
}

/// What `export { name as default }` names.
fn local_default(export: &ExportNamedDeclaration<'_>) -> Option<(Span, String)> {
    let is_default = |one: &&ExportSpecifier<'_>| {
        one.exported.name() == "default"
            && !one.export_kind.is_type()
            && !export.export_kind.is_type()
    };
    let specifier = export.specifiers.iter().find(is_default)?;
    Some((specifier.span, specifier.local.name().to_string()))
}

fn exported_from(offset: u32, module: &StringLiteral<'_>) -> Problem {
    Problem {
        offset,
        message: format!(
            "`{}` cannot be exported from: a script loads no modules",
            module.value
        ),
        hint: Some(IMPORT_HINT.to_owned()),
    }
}

fn is_type_only(specifier: &ImportDeclarationSpecifier<'_>) -> bool {
    matches!(specifier, ImportDeclarationSpecifier::ImportSpecifier(one) if one.import_kind.is_type())
}

/// What to use instead of modules.
pub(super) const IMPORT_HINT: &str = "the servers are globals (`Object.keys(tools)` lists them), and so are \
`callTool`, `searchTools`, `describeTools` and the standard ones (`URL`, `crypto`, `structuredClone`, …)";

/// The function to call for the script's value: the one exported as default, one
/// named `main` or `run`, or the only statement, unless the script refers to it
/// itself.
fn entry_point(program: &Program<'_>, default: Option<&str>) -> Option<String> {
    let last = |is_entry: &dyn Fn(&str) -> bool| {
        let functions = program.body.iter().rev().filter_map(declared_function);
        let entry = functions.into_iter().find(|one| is_entry(one.name))?;
        let mut references = References {
            name: entry.name,
            outside: entry.span,
            found: false,
        };
        references.visit_program(program);
        (!references.found).then(|| entry.name.to_owned())
    };
    last(&|name| default == Some(name))
        .or_else(|| last(&|name| ENTRY_NAMES.contains(&name) || program.body.len() == 1))
}

/// A function that the top level declares.
struct Declared<'p, 'a> {
    name: &'p str,
    parameters: &'p FormalParameters<'a>,
    span: Span,
}

fn declared_function<'p, 'a>(statement: &'p Statement<'a>) -> Option<Declared<'p, 'a>> {
    match statement {
        Statement::FunctionDeclaration(function) if !function.generator => Some(Declared {
            name: function.id.as_ref()?.name.as_str(),
            parameters: &function.params,
            span: function.span,
        }),
        Statement::VariableDeclaration(declaration) => {
            let [declarator] = declaration.declarations.as_slice() else {
                return None;
            };
            let BindingPattern::BindingIdentifier(id) = &declarator.id else {
                return None;
            };
            Some(Declared {
                name: id.name.as_str(),
                parameters: parameters(declarator.init.as_ref()?)?,
                span: declaration.span,
            })
        }
        _ => None,
    }
}

fn function_named<'p, 'a>(name: &str, program: &'p Program<'a>) -> Option<Declared<'p, 'a>> {
    let mut functions = program.body.iter().rev().filter_map(declared_function);
    functions.find(|one| one.name == name)
}

/// The parameters of a function expression.
fn parameters<'p, 'a>(expression: &'p Expression<'a>) -> Option<&'p FormalParameters<'a>> {
    match expression {
        Expression::FunctionExpression(function) => Some(&function.params),
        Expression::ArrowFunctionExpression(arrow) => Some(&arrow.params),
        _ => None,
    }
}

/// Whether the globals go to a script's value, should it be a function.
fn takes_globals(value: &Expression<'_>, program: &Program<'_>) -> bool {
    let value = value.get_inner_expression();
    let parameters = match value {
        Expression::Identifier(name) => {
            function_named(&name.name, program).map(|one| one.parameters)
        }
        value => parameters(value),
    };
    parameters.is_none_or(may_be_globals)
}

/// Whether the first parameter may be meant for the globals: a plain name, or a
/// pattern that takes some out of them. One with a default of its own is not.
pub(crate) fn may_be_globals(parameters: &FormalParameters<'_>) -> bool {
    match parameters.items.first() {
        Some(first) => match first.pattern {
            BindingPattern::ObjectPattern(_) => true,
            BindingPattern::BindingIdentifier(_) => first.initializer.is_none(),
            _ => false,
        },
        None => parameters.rest.is_none(),
    }
}

/// Looks for a reference to a name outside of a span.
struct References<'n> {
    name: &'n str,
    outside: Span,
    found: bool,
}

impl<'a> Visit<'a> for References<'_> {
    fn visit_identifier_reference(&mut self, identifier: &oxc::ast::ast::IdentifierReference<'a>) {
        if identifier.name == self.name && !self.outside.contains_inclusive(identifier.span) {
            self.found = true;
        }
    }
}
