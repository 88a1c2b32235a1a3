//! Types between JSON Schema and text: what a schema says, reduced to what
//! TypeScript can express, with the rules for joining and meeting.

mod meeting;

use std::collections::HashSet;

use serde_json::{Map, Value};

pub(super) use self::meeting::Meeting;
use super::references::References;

/// A type.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Type<'a> {
    Unknown,
    Never,
    /// `string`, `number`, `boolean`, `null`.
    Word(&'static str),
    /// A literal as it is printed.
    Literal(String),
    Array(Box<Type<'a>>),
    Tuple(Tuple<'a>),
    Object(Object<'a>),
    Union(Vec<Type<'a>>),
    Intersection(Vec<Type<'a>>),
    /// An entry of [`Shape::definitions`].
    Named(usize),
}

/// An array whose items differ by position.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tuple<'a> {
    pub(super) items: Vec<Type<'a>>,
    /// How many of them must be there.
    pub(super) required: usize,
    /// The type of those that may follow.
    pub(super) rest: Option<Box<Type<'a>>>,
}

/// An object type; a record where there are no properties.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Object<'a> {
    /// The schemas it was read from.
    pub(super) sources: Sources<'a>,
    pub(super) properties: Vec<Property<'a>>,
    /// Keys that must be there, whether or not they are among the properties.
    pub(super) required: HashSet<&'a str>,
    /// The type of further keys; `None` where nothing is said about them.
    pub(super) rest: Option<Box<Type<'a>>>,
    /// `additionalProperties: false`.
    pub(super) closed: bool,
}

/// Schemas that say the same type; where they stand makes no difference to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Sources<'a>(pub(super) Vec<&'a Map<String, Value>>);

impl PartialEq for Sources<'_> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// One key of an object.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Property<'a> {
    pub(super) key: &'a str,
    pub(super) ty: Type<'a>,
    pub(super) note: Note<'a>,
}

/// What is said about a property beside its type.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Note<'a> {
    pub(super) description: Option<&'a str>,
    /// The schema that holds default and bounds.
    pub(super) schema: Option<&'a Map<String, Value>>,
}

/// A schema reduced: its type, and the types that it names.
#[derive(Debug)]
pub(super) struct Shape<'a> {
    pub(super) ty: Type<'a>,
    pub(super) definitions: Vec<Definition<'a>>,
    /// The definitions in the order in which they were read to their end.
    pub(super) read_in: Vec<usize>,
    pub(super) references: References<'a>,
    /// Places of schemas that are nothing but `unknown`.
    pub(super) lost: HashSet<usize>,
}

/// A type reached through `$ref`.
#[derive(Debug)]
pub(super) struct Definition<'a> {
    /// Unique within the shape.
    pub(super) name: String,
    pub(super) ty: Type<'a>,
    pub(super) schema: &'a Value,
    /// What it says on one line, in place.
    pub(super) compact: String,
    /// All that it says, with other definitions by name.
    pub(super) whole: String,
    /// The definitions that `whole` names.
    pub(super) names: Vec<usize>,
    pub(super) uses: usize,
    /// Whether it is reached from itself, so that it needs its name.
    pub(super) recursive: bool,
    pub(super) description: Option<&'a str>,
}

/// A value without parts as TypeScript writes it, on one line in any editor.
pub(super) fn literal(value: &Value) -> String {
    let text = value.to_string();
    if text.contains(['\u{2028}', '\u{2029}']) {
        text.replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029")
    } else {
        text
    }
}

impl<'a> Shape<'a> {
    /// Whether nothing can be put into it, so that nothing need be given.
    pub(super) fn is_empty_object(&self, ty: &Type<'_>) -> bool {
        matches!(self.behind(ty), Type::Object(object) if object.is_bare())
    }

    pub(super) fn is_all_optional(&self, ty: &Type<'_>) -> bool {
        match self.behind(ty) {
            Type::Object(object) => object.required.is_empty(),
            Type::Intersection(parts) => parts.iter().all(|part| self.is_all_optional(part)),
            Type::Union(members) => members.iter().any(|member| self.is_all_optional(member)),
            _ => false,
        }
    }

    fn behind<'t>(&'t self, ty: &'t Type<'t>) -> &'t Type<'t>
    where
        'a: 't,
    {
        match ty {
            Type::Named(i) => &self.definitions[*i].ty,
            ty => ty,
        }
    }
}

impl Type<'_> {
    pub(super) fn string() -> Self {
        Self::Word("string")
    }

    /// An object about whose keys nothing is known.
    pub(super) fn record() -> Self {
        Self::Object(Object::default())
    }

    fn is_bare_record(&self) -> bool {
        matches!(self, Self::Object(object) if object.is_bare())
    }

    /// The union of `members`: flat, without repetition, `null` last.
    pub(super) fn union(members: Vec<Self>) -> Self {
        let mut flat: Vec<Self> = Vec::new();
        let mut literals = HashSet::new();
        let mut pending: Vec<Self> = members.into_iter().rev().collect();
        while let Some(member) = pending.pop() {
            match member {
                Self::Union(inner) => pending.extend(inner.into_iter().rev()),
                Self::Unknown => return Self::Unknown,
                Self::Never => {}
                Self::Literal(text) => {
                    if literals.insert(text.clone()) {
                        flat.push(Self::Literal(text));
                    }
                }
                other => {
                    if !flat.contains(&other) {
                        flat.push(other);
                    }
                }
            }
        }
        if literals.contains("true") && literals.contains("false") {
            flat.retain(|member| !matches!(member, Self::Literal(text) if text == "true" || text == "false"));
            if !flat.contains(&Self::Word("boolean")) {
                flat.push(Self::Word("boolean"));
            }
        }
        if let Some(at) = flat.iter().position(|member| *member == Self::Word("null")) {
            let null = flat.remove(at);
            flat.push(null);
        }
        match flat.len() {
            0 => Self::Never,
            1 => flat.remove(0),
            _ => Self::Union(flat),
        }
    }

    /// The plain type of a literal.
    pub(super) fn word(&self) -> Option<&'static str> {
        match self {
            Self::Literal(text) => Some(match text.as_bytes().first() {
                Some(b'"') => "string",
                Some(b't' | b'f') => "boolean",
                _ => "number",
            }),
            _ => None,
        }
    }

    fn is_objectlike(&self) -> bool {
        match self {
            Self::Object(_) | Self::Named(_) | Self::Intersection(_) => true,
            Self::Union(members) => members.iter().all(Self::is_objectlike),
            _ => false,
        }
    }
}

impl Object<'_> {
    /// Whether nothing at all is said about its keys.
    pub(super) fn is_bare(&self) -> bool {
        self.properties.is_empty() && self.required.is_empty() && self.rest.is_none()
    }
}
