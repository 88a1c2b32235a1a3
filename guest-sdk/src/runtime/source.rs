//! From the source as the agent wrote it to a script the engine runs.
//!
//! Owns fences, forms, TypeScript and the way back from the engine's positions
//! to the agent's. Knows nothing of the realm. Start at [`prepare`].

pub(crate) mod fence;
mod form;
pub(crate) mod guards;
mod leaving;
mod loops;
mod nesting;
mod parameters;
pub(crate) mod positions;
mod rest;
mod safepoints;
mod unsupported;
mod using;

use std::path::{Path, PathBuf};

use oxc::allocator::Allocator;
use oxc::ast::ast::Program;
use oxc::codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc::diagnostics::OxcDiagnostic;
use oxc::parser::{ParseOptions, Parser, ParserReturn};
use oxc::semantic::{Semantic, SemanticBuilder};
use oxc::span::SourceType;
use oxc::transformer::Transformer;

pub(super) use self::form::may_be_globals;
use self::positions::{PositionMap, Token};
use super::inspection::{self, Entry, Names};
use crate::contract::{ErrorKind, GuestLimits, Inspection, Position, ScriptError};

/// What the engine's positions name the script.
pub(crate) const SCRIPT_NAME: &str = "script";

/// A source made ready to run.
pub(crate) struct Prepared {
    /// The code the engine runs, and the way back to the source.
    pub(crate) positions: PositionMap,
    /// Whether the script ends with a `return`: a function it returns is then
    /// its value and not its body.
    pub(crate) returns: bool,
    /// Whether a function that is the script's value gets the globals.
    pub(crate) takes_globals: bool,
}

/// Turns a source into code the engine runs, an expression that evaluates to
/// the promise of the script's value, together with the way back and with what
/// can be told of the source as it is.
///
/// # Errors
/// A [`ScriptError`] of kind `Syntax`, `SourceSize` or `Nesting`.
pub(crate) fn prepare(
    source: &str,
    limits: &GuestLimits,
    names: Names<'_>,
) -> Result<(Prepared, Inspection), Box<ScriptError>> {
    if source.len() > limits.source_bytes as usize {
        return Err(Box::new(ScriptError {
            kind: ErrorKind::SourceSize,
            name: String::new(),
            message: format!(
                "the source has {} bytes; {} are allowed",
                source.len(),
                limits.source_bytes
            ),
            position: None,
            source_line: None,
            hint: Some("keep data out of the source: fetch it inside the script".to_owned()),
            call: None,
        }));
    }
    if let Some(excess) = nesting::find_excess(source, limits.nesting) {
        let positions = PositionMap::new(source, 0);
        let (message, hint) = excess.message(limits.nesting);
        let position = positions.of_offset(excess.offset);
        return Err(located(
            ErrorKind::Nesting,
            "",
            message,
            Some(hint.to_owned()),
            position,
            &positions,
        ));
    }
    let allocator = Allocator::default();
    let (mut program, mut positions) = parse_some_reading(&allocator, source)?;
    // It would end up inside the wrapper.
    program.hashbang = None;
    let form = match unsupported::find(&program) {
        Some(problem) => Err(problem),
        None => form::apply(&mut program, &allocator),
    };
    let form = form.map_err(|problem| {
        let position = positions.of_offset(problem.offset);
        located(
            ErrorKind::Syntax,
            "SyntaxError",
            problem.message,
            problem.hint,
            position,
            &positions,
        )
    })?;
    let entry = match &form.entry {
        Some(name) => Entry::Named(name),
        None if form.returns => Entry::None,
        None => Entry::Value,
    };
    let inspect = |semantic: &Semantic<'_>| inspection::inspect(semantic, &positions, entry, names);
    let inspection = lower(&allocator, &mut program, inspect)
        .map_err(|diagnostic| syntax_error(&diagnostic, &positions))?;
    let keeps = using::rewrite(&mut program, &allocator);
    rest::rewrite(&mut program, &allocator);
    leaving::rewrite(&mut program, &allocator);
    safepoints::mark(&mut program, &allocator);
    loops::rewrite(&mut program, &allocator);
    let options = CodegenOptions {
        comments: CommentOptions::disabled(),
        source_map_path: Some(PathBuf::from(SCRIPT_NAME)),
        ..CodegenOptions::default()
    };
    let generated = Codegen::new().with_options(options).build(&program);
    if let Some(map) = &generated.map {
        positions.set_tokens(map.get_tokens().map(|token| Token {
            generated: (token.get_dst_line(), token.get_dst_col()),
            source: (token.get_src_line(), token.get_src_col()),
        }));
    }
    let mut code = String::with_capacity(generated.code.len() + 64);
    code.push_str(positions::WRAPPER);
    code.push_str(&generated.code);
    if let Some(entry) = form.entry {
        code.push_str("\nreturn ");
        code.push_str(&entry);
        code.push_str(if form.takes_globals {
            "(globalThis);"
        } else {
            "();"
        });
    }
    if keeps {
        code.push_str(using::KEEPER);
    }
    code.push_str("\n})()");
    positions.set_code(code);
    let prepared = Prepared {
        positions,
        returns: form.returns,
        takes_globals: form.takes_globals,
    };
    Ok((prepared, inspection))
}

/// Parses the first reading of the source that is a script; where none is, the
/// error is that of the first.
fn parse_some_reading<'a>(
    allocator: &'a Allocator,
    source: &'a str,
) -> Result<(Program<'a>, PositionMap), Box<ScriptError>> {
    let mut first_error = None;
    for reading in readings(source).into_iter().flatten() {
        let text = if reading.is_object {
            allocator.alloc_str(&format!("({}\n)", reading.text))
        } else {
            reading.text
        };
        let parsed = parse(allocator, text);
        let mut positions = PositionMap::new(source, reading.start);
        positions.set_text(text, u32::from(reading.is_object));
        match parsed.diagnostics.errors().next() {
            None => return Ok((parsed.program, positions)),
            Some(diagnostic) if first_error.is_none() => {
                first_error = Some(syntax_error(diagnostic, &positions));
            }
            Some(_) => {}
        }
    }
    Err(first_error.expect("there is always a first reading"))
}

/// One way to read a source.
struct Reading<'a> {
    start: usize,
    text: &'a str,
    /// Whether the text is an object literal, which needs parentheses.
    is_object: bool,
}

/// The ways to read a source, likeliest first.
fn readings(source: &str) -> [Option<Reading<'_>>; 3] {
    let outer = fence::strip(source);
    let object = outer.text.trim_start().starts_with('{').then_some(Reading {
        start: outer.start,
        text: outer.text,
        is_object: true,
    });
    let inner = fence::find(source).map(|fenced| Reading {
        start: fenced.start,
        text: fenced.text,
        is_object: false,
    });
    [
        Some(Reading {
            start: outer.start,
            text: outer.text,
            is_object: false,
        }),
        object,
        inner,
    ]
}

/// Parses as TypeScript, with `return` and `await` at the top level.
pub(crate) fn parse<'a>(allocator: &'a Allocator, text: &'a str) -> ParserReturn<'a> {
    let options = ParseOptions {
        allow_return_outside_function: true,
        preserve_parens: false,
        ..ParseOptions::default()
    };
    Parser::new(allocator, text, SourceType::ts().with_module(true))
        .with_options(options)
        .parse()
}

/// Strips types and lowers what the engine lacks, after `look` has seen the
/// program with its types.
fn lower<'a, T>(
    allocator: &'a Allocator,
    program: &mut Program<'a>,
    look: impl FnOnce(&Semantic<'_>) -> T,
) -> Result<T, OxcDiagnostic> {
    let semantic = SemanticBuilder::new()
        .with_build_nodes(true)
        .with_enum_eval(true)
        .with_check_syntax_error(true)
        .build(program);
    if let Some(diagnostic) = semantic
        .diagnostics
        .errors()
        .find(|diagnostic| !is_strictness(diagnostic))
    {
        return Err(diagnostic.clone());
    }
    let seen = look(&semantic.semantic);
    let scoping = semantic.semantic.into_scoping();
    let options = using::options();
    let transformed = Transformer::new(allocator, Path::new(SCRIPT_NAME), &options)
        .build_with_scoping(scoping, program);
    if let Some(diagnostic) = transformed.diagnostics.errors().next() {
        return Err(diagnostic.clone());
    }
    parameters::rewrite(program, &transformed.scoping, allocator);
    guards::insert(program, &transformed.scoping, allocator);
    Ok(seen)
}

/// Whether something is wrong in strict mode only, in which scripts do not run:
/// they are parsed as modules for `await` at the top level, and run sloppy.
fn is_strictness(diagnostic: &OxcDiagnostic) -> bool {
    let texts = [
        Some(&diagnostic.message),
        diagnostic.note.as_ref(),
        diagnostic.help.as_ref(),
    ];
    texts.into_iter().flatten().any(|text| {
        text.contains("strict mode")
            || text.contains("is reserved")
            || text.contains("'with' statements")
    })
}

fn syntax_error(diagnostic: &OxcDiagnostic, positions: &PositionMap) -> Box<ScriptError> {
    let mut labels = diagnostic.labels.iter();
    // Of two declarations of a name the second is the mistake.
    let label = if diagnostic.message.contains("already been declared") {
        labels.next_back()
    } else {
        labels.next()
    };
    let offset = label.map_or(0, oxc::diagnostics::LabeledSpan::offset);
    let position = positions.of_offset(offset);
    let hint = diagnostic.help.as_ref().map(ToString::to_string);
    located(
        ErrorKind::Syntax,
        "SyntaxError",
        diagnostic.message.to_string(),
        hint,
        position,
        positions,
    )
}

/// An error at a known place of the source.
pub(crate) fn located(
    kind: ErrorKind,
    name: &str,
    message: String,
    hint: Option<String>,
    position: Position,
    positions: &PositionMap,
) -> Box<ScriptError> {
    Box::new(ScriptError {
        kind,
        name: name.to_owned(),
        message,
        position: Some(position),
        source_line: positions.line_text(position),
        hint,
        call: None,
    })
}

/// The code that a source becomes, or what is wrong with it.
#[cfg(test)]
fn generated(source: &str) -> String {
    let names = Names {
        servers: &[],
        is_global: &|_| true,
    };
    match prepare(source, &GuestLimits::default(), names) {
        Ok((prepared, _)) => prepared.positions.code().to_owned(),
        Err(error) => error.message,
    }
}
