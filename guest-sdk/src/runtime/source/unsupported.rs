//! Names what neither the engine runs nor the transformer lowers.

use oxc::ast::ast::{
    AccessorProperty, Decorator, Expression, Program, TSImportEqualsDeclaration, TSModuleReference,
};
use oxc::ast_visit::{Visit, walk};
use oxc::span::Span;

use super::form::{IMPORT_HINT, Problem};

/// The first thing in a program that cannot run.
pub(super) fn find(program: &Program<'_>) -> Option<Problem> {
    let mut search = Search { found: None };
    search.visit_program(program);
    search.found
}

struct Search {
    found: Option<Problem>,
}

impl Search {
    fn report(&mut self, span: Span, message: &str, hint: &str) {
        self.found.get_or_insert_with(|| Problem {
            offset: span.start,
            message: message.to_owned(),
            hint: Some(hint.to_owned()),
        });
    }
}

impl<'a> Visit<'a> for Search {
    fn visit_decorator(&mut self, decorator: &Decorator<'a>) {
        self.report(
            decorator.span,
            "decorators are not supported",
            "call the function on the class instead",
        );
    }

    fn visit_accessor_property(&mut self, property: &AccessorProperty<'a>) {
        self.report(
            property.span,
            "`accessor` fields are not supported",
            "write a getter and a setter",
        );
    }

    fn visit_ts_import_equals_declaration(&mut self, import: &TSImportEqualsDeclaration<'a>) {
        if matches!(
            import.module_reference,
            TSModuleReference::ExternalModuleReference(_)
        ) && !import.import_kind.is_type()
        {
            self.report(
                import.span,
                "modules cannot be imported: a script loads none",
                IMPORT_HINT,
            );
        }
    }

    fn visit_expression(&mut self, expression: &Expression<'a>) {
        if let Expression::ImportMeta(meta) = expression {
            self.report(
                meta.span,
                "`import.meta` is not supported: a script is no module",
                IMPORT_HINT,
            );
        }
        walk::walk_expression(self, expression);
    }
}
