//! The forms a script may come in, reduced to one: statements that `return`.

use oxc::allocator::{Allocator, ArenaVec, TakeIn};
use oxc::ast::ast::{
    BindingPattern, ExportDefaultDeclarationKind, Expression, FunctionType,
    ImportDeclarationSpecifier, Program, Statement, StringLiteral,
};
use oxc::ast::builder::AstBuilder;
use oxc::ast_visit::Visit;
use oxc::span::GetSpan;

/// Names of functions that are called where the script does not do so itself.
const ENTRY_NAMES: [&str; 2] = ["main", "run"];

/// What remains to be done after the statements.
pub(super) struct Form {
    /// A function of the script to call for its value.
    pub(super) entry: Option<String>,
    /// Whether the script ends with a `return` of its own, so that a function
    /// it returns is its value and not its body.
    pub(super) returns: bool,
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
    if let Some(expression) = default {
        let span = expression.span();
        program.body.push(Statement::new_return_statement(
            span,
            Some(expression),
            &ast,
        ));
        return Ok(Form {
            entry: None,
            returns: false,
        });
    }
    let returns = matches!(program.body.last(), Some(Statement::ReturnStatement(_)));
    let entry = entry_point(program);
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
    Ok(Form { entry, returns })
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

/// Replaces exports by what they declare and refuses imports of values.
/// Returns the expression exported as default.
fn unwrap_modules<'a>(
    program: &mut Program<'a>,
    ast: &AstBuilder<'a>,
) -> Result<Option<Expression<'a>>, Problem> {
    if !program.body.iter().any(Statement::is_module_declaration) {
        return Ok(None);
    }
    let mut default = None;
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
                    if function.id.is_some() {
                        body.push(Statement::FunctionDeclaration(function));
                    } else {
                        function.r#type = FunctionType::FunctionExpression;
                        default = Some(Expression::FunctionExpression(function));
                    }
                }
                ExportDefaultDeclarationKind::ClassDeclaration(class) => {
                    body.push(Statement::ClassDeclaration(class));
                }
                ExportDefaultDeclarationKind::TSInterfaceDeclaration(_) => {}
                kind => default = Some(kind.into_expression()),
            },
            Statement::ExportNamedDeclaration(_) | Statement::TSNamespaceExportDeclaration(_) => {}
            Statement::TSExportAssignment(export) => default = Some(export.unbox().expression),
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
    Ok(default)
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

/// The function to call for the script's value: one named `main` or `run`, or
/// the only statement, unless the script refers to it itself.
fn entry_point(program: &Program<'_>) -> Option<String> {
    let mut found = None;
    for statement in &program.body {
        let (name, span) = match statement {
            Statement::FunctionDeclaration(function) => {
                let Some(id) = function.id.as_ref().filter(|_| !function.generator) else {
                    continue;
                };
                (id.name.as_str(), function.span)
            }
            Statement::VariableDeclaration(declaration) => {
                let [declarator] = declaration.declarations.as_slice() else {
                    continue;
                };
                let (BindingPattern::BindingIdentifier(id), Some(init)) =
                    (&declarator.id, &declarator.init)
                else {
                    continue;
                };
                if !init.is_function() {
                    continue;
                }
                (id.name.as_str(), declaration.span)
            }
            _ => continue,
        };
        if ENTRY_NAMES.contains(&name) || program.body.len() == 1 {
            found = Some((name, span));
        }
    }
    let (name, own) = found?;
    let mut references = References {
        name,
        outside: own,
        found: false,
    };
    references.visit_program(program);
    (!references.found).then(|| name.to_owned())
}

/// Looks for a reference to a name outside of a span.
struct References<'n> {
    name: &'n str,
    outside: oxc::span::Span,
    found: bool,
}

impl<'a> Visit<'a> for References<'_> {
    fn visit_identifier_reference(&mut self, identifier: &oxc::ast::ast::IdentifierReference<'a>) {
        if identifier.name == self.name && !self.outside.contains_inclusive(identifier.span) {
            self.found = true;
        }
    }
}
