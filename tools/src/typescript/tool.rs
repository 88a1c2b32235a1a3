//! One tool as TypeScript: its schemas are read once, and the declaration is printed
//! from them within a length.

use std::fmt::Write as _;

use serde_json::Value;

use super::coverage::{Coverage, coverage, place};
use super::lower::{is_property_map, lower};
use super::print::{Notes, Printer, Style, measure};
use super::shape::{Shape, Type};
use super::shared::{NamedType, Shared};
use super::{Detail, comment};
use crate::definition::ToolDefinition;
use crate::observed::Observation;
use crate::prose;

/// Longest first sentence printed, in characters.
const SENTENCE_CHARS: usize = 140;

/// What the types of one tool may take in a file, in full.
const FILE_BYTES: usize = 24_000;

/// How a declaration reads.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Form<'f> {
    /// `path(…): …`, as it is called.
    Call(&'f str),
    /// `function name(…): …;`, as a declaration file has it.
    Function(&'f str),
}

/// The types of one tool.
#[derive(Debug)]
pub(crate) struct ToolTypes<'a> {
    definition: &'a ToolDefinition,
    arguments: Shape<'a>,
    output: Option<Shape<'a>>,
    /// In how many calls the output was seen, where it is not promised.
    calls: Option<u64>,
}

/// A declaration.
#[derive(Debug)]
pub(crate) struct Written {
    /// The function, without the types that it names.
    function: String,
    pub(super) types: Vec<NamedType>,
    /// Places of schemas that were left out, of the arguments and of the output.
    cuts: [Vec<usize>; 2],
}

impl<'a> ToolTypes<'a> {
    /// What the server promises.
    pub(crate) fn of(definition: &'a ToolDefinition) -> Self {
        Self::with(definition, None)
    }

    /// The same, and for a tool that promises no type the one that was seen.
    pub(crate) fn with(definition: &'a ToolDefinition, seen: Option<&'a Observation>) -> Self {
        let promised = definition.output_schema.as_ref();
        let seen = seen.filter(|_| promised.is_none());
        let output = promised.or(seen.map(|seen| &seen.schema));
        Self {
            definition,
            arguments: measured(lower(&definition.input_schema, "Args")),
            output: output.map(result),
            calls: seen.map(|seen| seen.calls),
        }
    }

    pub(super) fn shapes(&self) -> impl Iterator<Item = &Shape<'a>> {
        [Some(&self.arguments), self.output.as_ref()]
            .into_iter()
            .flatten()
    }

    /// The declaration at a level of detail, in the largest style that fits.
    pub(crate) fn write(&self, form: Form<'_>, detail: Detail, shared: &Shared) -> Written {
        self.write_within(form, detail, usize::MAX, shared)
            .unwrap_or_else(|smallest| self.bare(form, smallest))
    }

    /// The same where something fits into `max_bytes` as well; the error is what the
    /// smallest style takes, in bytes.
    pub(crate) fn write_within(
        &self,
        form: Form<'_>,
        detail: Detail,
        max_bytes: usize,
        shared: &Shared,
    ) -> Result<Written, usize> {
        let mut smallest = 0;
        for style in &Style::for_detail(detail) {
            let written = self.attempt(form, detail, style, shared);
            smallest = written.bytes();
            if smallest <= form.max_bytes(detail, style).min(max_bytes) {
                return Ok(written);
            }
        }
        Err(smallest)
    }

    /// How much of what the schemas state a declaration shows.
    pub(crate) fn coverage(&self, written: &Written) -> Coverage {
        let [arguments, output] = &written.cuts;
        let definition = self.definition;
        let mut sum = coverage(&definition.input_schema, &self.arguments, arguments);
        if let (Some(schema), Some(shape)) = (&definition.output_schema, &self.output) {
            sum += coverage(schema, shape, output);
        }
        sum
    }

    fn attempt(&self, form: Form<'_>, detail: Detail, style: &Style, shared: &Shared) -> Written {
        let mut types = Vec::new();
        let (arguments, argument_cuts) = print(&self.arguments, style, shared, &mut types);
        let arguments = match &self.arguments.ty {
            Type::Unknown if self.definition.problems.is_empty() => String::new(),
            Type::Unknown => "args?: Record<string, unknown>".to_owned(),
            ty if self.arguments.is_empty_object(ty) => String::new(),
            ty if self.arguments.is_all_optional(ty) => format!("args?: {arguments}"),
            _ => format!("args: {arguments}"),
        };
        let (returns, output_cuts) = match &self.output {
            None => ("unknown".to_owned(), Vec::new()),
            Some(shape) => {
                let style = style.without_notes_unless_full();
                print(shape, &style, shared, &mut types)
            }
        };
        let mark = self.calls.map(seen_in).unwrap_or_default();
        let mut function = form.function(&arguments, &format!("{returns}{mark}"));
        match detail {
            Detail::Signature => {}
            Detail::Brief => {
                let definition = self.definition;
                let about = definition
                    .description
                    .as_ref()
                    .or(definition.title.as_ref());
                let about = about.map_or("", String::as_str);
                let sentence = prose::first_sentence(about, SENTENCE_CHARS);
                function = comment::with_trailing_comment(function, &sentence);
            }
            Detail::Full => {
                let said = self.said(form, style);
                function.insert_str(0, &comment::doc_comment(&said, 0));
            }
        }
        Written {
            function,
            types,
            cuts: [argument_cuts, output_cuts],
        }
    }

    /// What stands for a tool of which nothing fits: it can be called all the same.
    fn bare(&self, form: Form<'_>, bytes: usize) -> Written {
        let arguments = format!("args?: Record<string, unknown> /* too long: {bytes} bytes */");
        let output = self.definition.output_schema.as_ref();
        Written {
            function: form.function(&arguments, "unknown"),
            types: Vec::new(),
            cuts: [
                whole(&self.definition.input_schema),
                output.map(whole).unwrap_or_default(),
            ],
        }
    }

    /// What the server says of the tool, and what is to be known beside it.
    fn said(&self, form: Form<'_>, style: &Style) -> String {
        let definition = self.definition;
        let mut said = String::new();
        if let Some(description) = &definition.description {
            said.push_str(&prose::cut_at_word(
                description.trim(),
                style.description_chars,
            ));
        } else if let Some(title) = &definition.title {
            said.push_str(title);
        }
        let mut facts = Vec::new();
        if !form.shows(&definition.name) {
            let name = prose::one_line(&definition.name, 256);
            facts.push(format!("the server's name for it: {name}"));
        }
        let hints = definition.annotations;
        if hints.read_only == Some(true) {
            facts.push("read-only".to_owned());
        } else {
            facts.extend((hints.destructive == Some(true)).then(|| "destructive".to_owned()));
            facts.extend((hints.idempotent == Some(true)).then(|| "idempotent".to_owned()));
        }
        if !facts.is_empty() {
            if !said.is_empty() {
                said.push('\n');
            }
            let _ = write!(said, "({})", facts.join("; "));
        }
        said
    }
}

/// The type of a result by its schema, on one line.
pub(crate) fn result_type(schema: &Value) -> String {
    let shape = result(schema);
    let shared = Shared::default();
    let mut styles = Style::for_detail(Detail::Signature).into_iter();
    let fitting = styles.find_map(|style| {
        let (text, _) = print(&shape, &style, &shared, &mut Vec::new());
        (text.len() <= style.max_bytes).then_some(text)
    });
    fitting.unwrap_or_else(|| "unknown".to_owned())
}

impl Form<'_> {
    fn function(self, arguments: &str, returns: &str) -> String {
        match self {
            Self::Call(path) => format!("{path}({arguments}): Promise<{returns}>"),
            Self::Function(name) => format!("function {name}({arguments}): Promise<{returns}>;"),
        }
    }

    /// What a declaration may take. A file is read by programs, so that types, if
    /// not words, have more room in it than in an answer to a model.
    fn max_bytes(self, detail: Detail, style: &Style) -> usize {
        match self {
            Self::Function(_) if detail == Detail::Full && style.notes == Notes::None => FILE_BYTES,
            _ => style.max_bytes,
        }
    }

    /// Whether a reader sees that this is the tool's name.
    fn shows(self, name: &str) -> bool {
        match self {
            Self::Call(path) => path
                .strip_suffix(name)
                .is_some_and(|rest| rest.ends_with('.')),
            Self::Function(ident) => ident == name,
        }
    }
}

impl Written {
    /// With all types that it names: a text that stands alone.
    pub(crate) fn alone(&self) -> String {
        self.lines(|_| true)
    }

    /// With the types that the answer does not have yet.
    pub(crate) fn beside(&self) -> String {
        self.lines(|one| one.is_new)
    }

    fn lines(&self, wanted: impl Fn(&NamedType) -> bool) -> String {
        let mut text = self.function.clone();
        for one in self.types.iter().filter(|one| wanted(one)) {
            text.push('\n');
            text.push_str(&one.line);
        }
        text
    }

    fn bytes(&self) -> usize {
        let types = self.types.iter().map(|one| one.line.len() + 1);
        self.function.len() + types.sum::<usize>()
    }
}

/// The text of a shape and the places of what was left out; the types that it names
/// are added to `types`.
fn print(
    shape: &Shape<'_>,
    style: &Style,
    shared: &Shared,
    types: &mut Vec<NamedType>,
) -> (String, Vec<usize>) {
    let mut naming = shared.naming(shape);
    let mut printer = Printer::new(shape, style, &naming);
    let text = printer.top(&shape.ty);
    let aliases = printer.aliases();
    let cuts = printer.cuts();
    let bytes: usize = aliases.iter().map(|alias| alias.text.len()).sum();
    // What is too long in any case is not compared with the answer.
    if aliases.is_empty() || bytes > FILE_BYTES.max(style.max_bytes) {
        types.extend(aliases.into_iter().map(NamedType::from));
        return (text, cuts);
    }
    let identities = shared.rename(shape, &aliases, types, &mut naming);
    let mut printer = Printer::new(shape, style, &naming);
    let text = printer.top(&shape.ty);
    for (alias, identity) in printer.aliases().into_iter().zip(identities) {
        let name = &naming.names[alias.definition];
        if !types.iter().any(|one| one.name == *name) {
            types.push(NamedType {
                name: name.clone(),
                line: alias.text,
                ..identity
            });
        }
    }
    (text, cuts)
}

/// The places of all that a schema says.
fn whole(schema: &Value) -> Vec<usize> {
    match schema.as_object() {
        Some(map) if is_property_map(map) => {
            let properties = map.values().filter_map(Value::as_object);
            properties.map(place).collect()
        }
        Some(map) => vec![place(map)],
        None => Vec::new(),
    }
}

fn measured(mut shape: Shape<'_>) -> Shape<'_> {
    measure(&mut shape, &Style::wanted(Detail::Signature));
    shape
}

/// The shape of a result by its schema.
fn result(schema: &Value) -> Shape<'_> {
    measured(unwrapped(lower(schema, "Result")))
}

/// That a type was seen, and how often.
fn seen_in(calls: u64) -> String {
    let plural = if calls == 1 { "" } else { "s" };
    format!(" /* observed in {calls} call{plural}, not promised */")
}

/// Takes the lone `result` off that unwrapping takes off the value.
fn unwrapped(mut shape: Shape<'_>) -> Shape<'_> {
    if let Type::Object(object) = &mut shape.ty
        && let [property] = &mut object.properties[..]
        && property.key == "result"
    {
        shape.ty = std::mem::replace(&mut property.ty, Type::Unknown);
    }
    shape
}
