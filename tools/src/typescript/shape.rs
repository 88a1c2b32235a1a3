//! Types between JSON Schema and text: what a schema says, reduced to what
//! TypeScript can express, with the rules for joining and meeting.

use std::collections::HashSet;

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
    /// Items, and the type of those that follow.
    Tuple(Vec<Type<'a>>, Option<Box<Type<'a>>>),
    Object(Object<'a>),
    Union(Vec<Type<'a>>),
    Intersection(Vec<Type<'a>>),
    /// An entry of [`Shape::definitions`].
    Named(usize),
}

/// An object type; a record where there are no properties.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Object<'a> {
    pub(super) properties: Vec<Property<'a>>,
    /// Keys that must be there, whether or not they are among the properties.
    pub(super) required: HashSet<&'a str>,
    /// The type of further keys; `None` where nothing is said about them.
    pub(super) rest: Option<Box<Type<'a>>>,
    /// `additionalProperties: false`.
    pub(super) closed: bool,
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
    pub(super) schema: Option<&'a serde_json::Map<String, serde_json::Value>>,
}

/// A schema reduced: its type, and the types that it names.
#[derive(Debug)]
pub(super) struct Shape<'a> {
    pub(super) ty: Type<'a>,
    pub(super) definitions: Vec<Definition<'a>>,
}

/// A type reached through `$ref`.
#[derive(Debug)]
pub(super) struct Definition<'a> {
    /// Unique within the declaration.
    pub(super) name: String,
    pub(super) ty: Type<'a>,
    pub(super) uses: usize,
    /// Whether it is reached from itself, so that it needs its name.
    pub(super) recursive: bool,
    pub(super) description: Option<&'a str>,
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

    /// What both allow, as far as it can be said: objects are merged, names kept
    /// side by side, and of two plain types that exclude each other the first
    /// stands, since such a schema means something else than nothing.
    pub(super) fn intersect(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, other) | (other, Self::Unknown) => other,
            (a, b) if a == b => a,
            (a, b) if a.is_bare_record() && b.is_objectlike() => b,
            (a, b) if b.is_bare_record() && a.is_objectlike() => a,
            (Self::Object(a), Self::Object(b)) => Self::Object(a.merge(b)),
            (Self::Intersection(mut parts), other) => {
                match (parts.last_mut(), other) {
                    (Some(Self::Object(last)), Self::Object(more)) => {
                        *last = std::mem::take(last).merge(more);
                    }
                    (_, Self::Intersection(more)) => parts.extend(more),
                    (_, other) => parts.push(other),
                }
                Self::Intersection(parts)
            }
            (a, b) if a.is_objectlike() && b.is_objectlike() => Self::Intersection(vec![a, b]),
            (Self::Word(_), b @ (Self::Literal(_) | Self::Union(_))) => b,
            (_, named @ Self::Named(_)) => named,
            (first, _) => first,
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

    fn merge(mut self, other: Self) -> Self {
        for property in other.properties {
            match self.properties.iter_mut().find(|p| p.key == property.key) {
                None => self.properties.push(property),
                Some(known) => {
                    known.ty =
                        std::mem::replace(&mut known.ty, Type::Unknown).intersect(property.ty);
                    known.note.description = known.note.description.or(property.note.description);
                }
            }
        }
        self.required.extend(other.required);
        self.rest = self.rest.or(other.rest);
        self.closed |= other.closed;
        self
    }
}
