//! A [`Shape`] as TypeScript text.

use std::fmt::Write as _;

use serde_json::Value;

use super::Detail;
use super::comment::{doc_comment, first_note, full_note, with_trailing_comment};
use super::shape::{Object, Property, Shape, Type};
use crate::prose;

/// A definition used more than once gets a name when it is longer than this.
const INLINE_BYTES: usize = 40;
/// Most named types printed with one tool.
const ALIASES: usize = 40;

/// What is said about each property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notes {
    None,
    First,
    All,
}

/// How much is printed.
#[derive(Debug, Clone)]
pub(super) struct Style {
    pub(super) notes: Notes,
    /// Members of a union of literals.
    pub(super) members: usize,
    /// Properties of one object.
    pub(super) properties: usize,
    /// Objects within objects.
    pub(super) depth: usize,
    /// Longest of what is said about a property, in characters.
    pub(super) note_chars: usize,
    /// What a whole declaration may take.
    pub(super) max_bytes: usize,
}

impl Style {
    /// Styles to try, from the one wanted to the smallest.
    pub(super) fn for_detail(detail: Detail) -> Vec<Self> {
        let wanted = match detail {
            Detail::Signature => Self {
                notes: Notes::None,
                members: 12,
                properties: 60,
                depth: 5,
                note_chars: 0,
                max_bytes: 1_600,
            },
            Detail::Brief => Self {
                notes: Notes::First,
                members: 20,
                properties: 80,
                depth: 6,
                note_chars: 100,
                max_bytes: 4_000,
            },
            Detail::Full => Self {
                notes: Notes::All,
                members: 60,
                properties: 200,
                depth: 16,
                note_chars: 2_000,
                max_bytes: 9_000,
            },
        };
        let smaller = |depth, note_chars| Self {
            depth,
            members: wanted.members.min(10),
            note_chars: wanted.note_chars.min(note_chars),
            ..wanted.clone()
        };
        let first = if wanted.notes == Notes::None {
            Notes::None
        } else {
            Notes::First
        };
        vec![
            wanted.clone(),
            smaller(3, 300),
            smaller(2, 120),
            Self {
                notes: first,
                ..smaller(1, 60)
            },
            Self {
                notes: Notes::None,
                ..smaller(1, 0)
            },
            Self {
                notes: Notes::None,
                properties: 24,
                members: 4,
                ..smaller(1, 0)
            },
        ]
    }

    /// For what is returned: its fields are described in full only.
    pub(super) fn without_notes_unless_full(&self) -> Self {
        let notes = if self.notes == Notes::All {
            Notes::All
        } else {
            Notes::None
        };
        Self {
            notes,
            ..self.clone()
        }
    }
}

/// Where a type stands, which decides about parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Top,
    /// A part of an intersection, or before `[]`.
    Tight,
}

/// Prints the types of one shape.
pub(super) struct Printer<'s, 'a> {
    shape: &'s Shape<'a>,
    style: &'s Style,
    /// On one line and in place, by definition; `None` until asked for.
    compact: Vec<Option<String>>,
    /// Definitions named so far, in order.
    named: Vec<usize>,
}

impl<'s, 'a> Printer<'s, 'a> {
    pub(super) fn new(shape: &'s Shape<'a>, style: &'s Style) -> Self {
        Self {
            shape,
            style,
            compact: vec![None; shape.definitions.len()],
            named: Vec::new(),
        }
    }

    /// The whole type of an argument or a result.
    pub(super) fn top(&mut self, ty: &'s Type<'a>) -> String {
        self.write(ty, Place::Top, 0, self.style.notes)
    }

    /// The named types that were printed so far, and those they name.
    pub(super) fn aliases(&mut self) -> Vec<String> {
        let shape = self.shape;
        let mut lines = Vec::new();
        let mut next = 0;
        while next < self.named.len() && next < ALIASES {
            let definition = &shape.definitions[self.named[next]];
            let body = self.write(&definition.ty, Place::Top, 0, self.style.notes);
            let mut line = format!("type {} = {body}", definition.name);
            if self.style.notes != Notes::None
                && let Some(description) = definition.description
            {
                line = with_trailing_comment(line, &prose::first_sentence(description, 100));
            }
            lines.push(line);
            next += 1;
        }
        if self.named.len() > next {
            lines.push(format!("// {} more types", self.named.len() - next));
        }
        lines
    }

    pub(super) fn is_empty_object(&self, ty: &Type<'_>) -> bool {
        matches!(self.behind(ty), Type::Object(object) if object.is_bare())
    }

    pub(super) fn is_all_optional(&self, ty: &Type<'_>) -> bool {
        match self.behind(ty) {
            Type::Object(object) => object.required.is_empty(),
            Type::Intersection(parts) => parts.iter().all(|part| self.is_all_optional(part)),
            _ => false,
        }
    }

    fn behind<'t>(&'t self, ty: &'t Type<'t>) -> &'t Type<'t>
    where
        'a: 't,
    {
        match ty {
            Type::Named(i) => &self.shape.definitions[*i].ty,
            ty => ty,
        }
    }

    fn write(&mut self, ty: &'s Type<'a>, place: Place, level: usize, notes: Notes) -> String {
        match ty {
            Type::Unknown => "unknown".to_owned(),
            Type::Never => "never".to_owned(),
            Type::Word(word) => (*word).to_owned(),
            Type::Literal(text) => text.clone(),
            Type::Named(i) => self.named(*i, place, level, notes),
            Type::Array(item) => format!("{}[]", self.write(item, Place::Tight, level, notes)),
            Type::Tuple(items, rest) => {
                let shown = items.iter().take(self.style.members);
                let mut parts: Vec<String> = shown
                    .map(|item| self.write(item, Place::Top, level, notes))
                    .collect();
                if items.len() > parts.len() {
                    parts.push(format!(
                        "...unknown[] /* {} more */",
                        items.len() - parts.len()
                    ));
                } else if let Some(rest) = rest {
                    parts.push(format!(
                        "...{}[]",
                        self.write(rest, Place::Tight, level, notes)
                    ));
                }
                format!("[{}]", parts.join(", "))
            }
            Type::Union(members) => {
                let text = self.union(members, level, notes);
                parenthesised(text, place)
            }
            Type::Intersection(parts) => {
                let parts: Vec<String> = parts
                    .iter()
                    .map(|part| self.write(part, Place::Tight, level, notes))
                    .collect();
                parenthesised(parts.join(" & "), place)
            }
            Type::Object(object) => self.object(object, level, notes),
        }
    }

    fn named(&mut self, i: usize, place: Place, level: usize, notes: Notes) -> String {
        let definition = &self.shape.definitions[i];
        if self.is_alias(i) {
            if !self.named.contains(&i) {
                self.named.push(i);
            }
            return definition.name.clone();
        }
        self.write(&definition.ty, place, level, notes)
    }

    fn is_alias(&mut self, i: usize) -> bool {
        let definition = &self.shape.definitions[i];
        if definition.recursive || definition.uses < 2 {
            return definition.recursive;
        }
        if self.compact[i].is_none() {
            // What is printed only to be measured must not count as named.
            let named = self.named.len();
            let text = self.write(&definition.ty, Place::Top, 0, Notes::None);
            self.named.truncate(named);
            self.compact[i] = Some(text);
        }
        self.compact[i]
            .as_ref()
            .is_some_and(|text| text.len() > INLINE_BYTES)
    }

    fn union(&mut self, members: &'s [Type<'a>], level: usize, notes: Notes) -> String {
        let literals = members
            .iter()
            .filter(|m| matches!(m, Type::Literal(_)))
            .count();
        // One left out would cost as much as it saves.
        let shown = if literals > self.style.members + 1 {
            self.style.members
        } else {
            literals
        };
        let mut parts = Vec::new();
        let mut seen = 0;
        for member in members {
            if let Type::Literal(text) = member {
                seen += 1;
                if seen == shown + 1 {
                    let word = if text.starts_with('"') {
                        "string"
                    } else {
                        "number"
                    };
                    parts.push(format!("{word} /* {} more */", literals - shown));
                }
                if seen > shown {
                    continue;
                }
            }
            parts.push(self.write(member, Place::Top, level, notes));
        }
        parts.join(" | ")
    }

    fn object(&mut self, object: &'s Object<'a>, level: usize, notes: Notes) -> String {
        let undeclared = undeclared(object);
        if object.properties.is_empty() && undeclared.is_empty() {
            return match &object.rest {
                _ if object.closed => "{}".to_owned(),
                None => "Record<string, unknown>".to_owned(),
                Some(rest) => format!(
                    "Record<string, {}>",
                    self.write(rest, Place::Top, level + 1, notes)
                ),
            };
        }
        let total = object.properties.len() + undeclared.len();
        if level >= self.style.depth {
            return collapsed(object, total);
        }
        let notes = if notes != Notes::None && self.has_notes(object) {
            notes
        } else {
            Notes::None
        };
        let mut lines: Vec<String> = object
            .properties
            .iter()
            .take(self.style.properties)
            .map(|property| self.property(property, object, level, notes))
            .collect();
        lines.extend(
            undeclared
                .iter()
                .take(self.style.properties - lines.len())
                .map(|key| format!("{}: unknown;", printed_key(key))),
        );
        if total > lines.len() {
            lines.push(format!("/* {} more */", total - lines.len()));
        }
        if let Some(rest) = object
            .rest
            .as_deref()
            .filter(|rest| **rest != Type::Unknown)
        {
            let rest = self.write(rest, Place::Top, level + 1, Notes::None);
            lines.push(format!("[key: string]: {rest};"));
        }
        if notes == Notes::None {
            return format!("{{ {} }}", lines.join(" ").trim_end_matches(';'));
        }
        let indent = "  ".repeat(level + 1);
        let mut text = "{\n".to_owned();
        for line in lines {
            let _ = writeln!(text, "{indent}{line}");
        }
        text.push_str(&indent[2..]);
        text.push('}');
        text
    }

    fn property(
        &mut self,
        property: &'s Property<'a>,
        object: &Object<'a>,
        level: usize,
        notes: Notes,
    ) -> String {
        let optional = if object.required.contains(property.key) {
            ""
        } else {
            "?"
        };
        let ty = self.write(&property.ty, Place::Top, level + 1, notes);
        let line = format!("{}{optional}: {ty};", printed_key(property.key));
        match notes {
            Notes::None => line,
            Notes::First => {
                with_trailing_comment(line, &first_note(&property.note, self.style.note_chars))
            }
            Notes::All => {
                let note = full_note(&property.note, self.style.note_chars);
                let comment = doc_comment(&note, level + 1);
                format!("{}{line}", comment.trim_start())
            }
        }
    }

    /// Whether anything would be said about a property in here.
    fn has_notes(&self, object: &Object<'_>) -> bool {
        object.properties.iter().any(|property| {
            !first_note(&property.note, self.style.note_chars).is_empty()
                || self.type_has_notes(&property.ty)
        })
    }

    fn type_has_notes(&self, ty: &Type<'_>) -> bool {
        match ty {
            Type::Object(object) => self.has_notes(object),
            Type::Array(item) => self.type_has_notes(item),
            Type::Union(members) | Type::Intersection(members) => {
                members.iter().any(|member| self.type_has_notes(member))
            }
            _ => false,
        }
    }
}

/// Required keys that are no properties, in a fixed order.
fn undeclared<'a>(object: &Object<'a>) -> Vec<&'a str> {
    if object.required.len() <= object.properties.len()
        && object
            .properties
            .iter()
            .filter(|p| object.required.contains(p.key))
            .count()
            == object.required.len()
    {
        return Vec::new();
    }
    let declared: std::collections::HashSet<&str> =
        object.properties.iter().map(|p| p.key).collect();
    let mut missing: Vec<&str> = object.required.difference(&declared).copied().collect();
    missing.sort_unstable();
    missing
}

/// An object that is not spelt out: its keys where they are few and plain.
fn collapsed(object: &Object<'_>, total: usize) -> String {
    let keys: Vec<&str> = object
        .properties
        .iter()
        .map(|property| property.key)
        .collect();
    if total <= 6 && total == keys.len() && keys.iter().all(|key| is_identifier(key)) {
        format!("{{ /* {} */ }}", keys.join(", "))
    } else {
        format!("{{ /* {total} keys */ }}")
    }
}

fn parenthesised(text: String, place: Place) -> String {
    match place {
        Place::Top => text,
        Place::Tight => format!("({text})"),
    }
}

fn printed_key(key: &str) -> String {
    if is_identifier(key) {
        key.to_owned()
    } else {
        Value::from(prose::cut_at_word(key, 200)).to_string()
    }
}

fn is_identifier(key: &str) -> bool {
    key.len() <= 100
        && key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '$')
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
}
