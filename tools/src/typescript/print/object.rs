//! Objects and records.

use std::fmt::Write as _;

use serde_json::Value;

use super::super::comment::{doc_comment, first_note, full_note, with_trailing_comment};
use super::super::coverage::place;
use super::super::shape::{Object, Property, Type, literal};
use super::{Notes, Place, Printer};

/// Longest key printed, in bytes.
const KEY_BYTES: usize = 200;
/// Most members of a union that an index signature repeats.
const REPEATED: usize = 8;

impl<'s, 'a> Printer<'s, 'a> {
    pub(super) fn object(&mut self, object: &'s Object<'a>, level: usize, notes: Notes) -> String {
        let undeclared = undeclared(object);
        if object.properties.is_empty() && undeclared.is_empty() {
            return self.record(object, level, notes);
        }
        let total = object.properties.len() + undeclared.len();
        if level >= self.style.depth {
            self.shortened += 1;
            self.cut_object(object);
            return collapsed(object, total);
        }
        let notes = if notes != Notes::None && self.has_notes(object) {
            notes
        } else {
            Notes::None
        };
        let mut lines = self.properties(object, &undeclared, level, notes);
        let left_out = total - lines.len();
        if left_out > 0 {
            self.shortened += 1;
            self.cut_rest(object);
            lines.push(format!("[key: string]: unknown; /* {left_out} more */"));
        } else {
            lines.extend(self.index_signature(object, &undeclared, level));
        }
        if notes == Notes::None {
            let mut text = lines.join(" ");
            if let Some(last) = text.rfind(';') {
                text.remove(last);
            }
            return format!("{{ {text} }}");
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

    /// An object without keys of its own.
    fn record(&mut self, object: &'s Object<'a>, level: usize, notes: Notes) -> String {
        match &object.rest {
            None if object.closed => "Record<string, never>".to_owned(),
            None => "Record<string, unknown>".to_owned(),
            Some(rest) => {
                let named = self.touched.len();
                let rest = self.write(rest, Place::Top, level + 1, notes);
                // An alias may not go through `Record` to itself.
                if self.touched.len() > named {
                    format!("{{ [key: string]: {rest} }}")
                } else {
                    format!("Record<string, {rest}>")
                }
            }
        }
    }

    fn properties(
        &mut self,
        object: &'s Object<'a>,
        undeclared: &[&str],
        level: usize,
        notes: Notes,
    ) -> Vec<String> {
        let mut lines = Vec::new();
        for property in &object.properties {
            if lines.len() == self.style.properties || property.key.len() > KEY_BYTES {
                self.cuts.extend(property.note.schema.map(place));
            } else {
                lines.push(self.property(property, object, level, notes));
            }
        }
        let room = self.style.properties - lines.len();
        let undeclared = undeclared.iter().filter(|key| key.len() <= KEY_BYTES);
        lines.extend(
            undeclared
                .take(room)
                .map(|key| format!("{}: unknown;", printed_key(key))),
        );
        lines
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

    /// The type of further keys. TypeScript wants it to allow what the keys beside
    /// it allow; where that cannot be said shortly, any further value is allowed.
    fn index_signature(
        &mut self,
        object: &'s Object<'a>,
        undeclared: &[&str],
        level: usize,
    ) -> Option<String> {
        let rest = object
            .rest
            .as_deref()
            .filter(|rest| **rest != Type::Unknown)?;
        let beside = types_beside(object, rest);
        let Some(beside) = beside.filter(|_| undeclared.is_empty()) else {
            self.cut_rest(object);
            return None;
        };
        let mut parts = vec![self.write(rest, Place::Top, level + 1, Notes::None)];
        for ty in beside {
            let text = self.write(ty, Place::Top, level + 1, Notes::None);
            if !parts.contains(&text) {
                parts.push(text);
            }
        }
        let has_optional = object
            .properties
            .iter()
            .any(|property| !object.required.contains(property.key));
        parts.extend(has_optional.then(|| "undefined".to_owned()));
        Some(format!("[key: string]: {};", parts.join(" | ")))
    }

    fn cut_rest(&mut self, object: &Object<'a>) {
        let keywords = ["additionalProperties", "patternProperties"];
        for map in &object.sources.0 {
            let schemas = keywords.iter().filter_map(|key| map.get(*key)?.as_object());
            self.cuts.extend(schemas.map(place));
        }
    }

    fn cut_object(&mut self, object: &Object<'a>) {
        if object.sources.0.is_empty() {
            let schemas = object.properties.iter().filter_map(|one| one.note.schema);
            self.cuts.extend(schemas.map(place));
        } else {
            self.cuts
                .extend(object.sources.0.iter().map(|map| place(map)));
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

/// The types of the properties as far as they differ from `rest`; `None` where they
/// are too many or too long to be repeated.
fn types_beside<'s, 'a>(object: &'s Object<'a>, rest: &Type<'a>) -> Option<Vec<&'s Type<'a>>> {
    let mut beside: Vec<&Type<'a>> = Vec::new();
    for property in &object.properties {
        if property.ty == *rest || beside.contains(&&property.ty) {
            continue;
        }
        if beside.len() == REPEATED || !is_plain(&property.ty) {
            return None;
        }
        beside.push(&property.ty);
    }
    Some(beside)
}

/// Whether a type is short enough to be said twice, and allows something less than
/// everything.
fn is_plain(ty: &Type<'_>) -> bool {
    match ty {
        Type::Never | Type::Word(_) | Type::Literal(_) | Type::Named(_) => true,
        Type::Array(item) => matches!(**item, Type::Word(_) | Type::Named(_)),
        Type::Union(members) => members.len() <= REPEATED && members.iter().all(is_plain),
        _ => false,
    }
}

/// Required keys that are no properties, in a fixed order.
fn undeclared<'a>(object: &Object<'a>) -> Vec<&'a str> {
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

fn printed_key(key: &str) -> String {
    if is_identifier(key) {
        key.to_owned()
    } else {
        literal(&Value::from(key))
    }
}

fn is_identifier(key: &str) -> bool {
    key.len() <= 100
        && key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '$')
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
}
