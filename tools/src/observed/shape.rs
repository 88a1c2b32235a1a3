//! What was seen at one place of a value, and how that is joined.
//!
//! Joining only ever widens, and gives the same in any order as long as a shape is
//! within its bounds. Start at [`Shape::absorb`].

use std::collections::BTreeMap;
use std::ops::Not;

use serde::{Deserialize, Serialize};

/// Deepest place of which something is said.
pub(super) const DEPTH: usize = 10;
/// Most properties that an object has by name.
pub(super) const FIELDS: usize = 150;
/// Most places of one tool's shape.
pub(super) const PLACES: usize = 600;
/// Properties that no two objects have in common, from which they are keys of a map.
const STRANGERS: usize = 12;

/// What was seen at one place: nothing yet, or values of these kinds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Shape {
    #[serde(skip_serializing_if = "Kinds::is_empty")]
    pub(super) kinds: Kinds,
    /// Of all items, where there were lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) items: Option<Box<Shape>>,
    /// Where there were objects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) object: Option<Box<Object>>,
}

/// A kind of value without parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// Too deep or too various to be told; nothing else is said beside it.
    Anything,
    Null,
    Boolean,
    Integer,
    Number,
    String,
}

impl Kind {
    const ALL: [Self; 6] = [
        Self::Anything,
        Self::Null,
        Self::Boolean,
        Self::Integer,
        Self::Number,
        Self::String,
    ];
}

/// A set of kinds, without a place of its own on the heap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Kind>", into = "Vec<Kind>")]
pub(super) struct Kinds(u8);

impl Kinds {
    /// Whether it was not in there.
    pub(super) fn insert(&mut self, kind: Kind) -> bool {
        let is_new = !self.contains(kind);
        self.0 |= 1 << kind as u8;
        is_new
    }

    pub(super) fn contains(self, kind: Kind) -> bool {
        self.0 & 1 << kind as u8 != 0
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    pub(super) fn is_empty(&self) -> bool {
        self.0 == 0
    }

    pub(super) fn iter(self) -> impl Iterator<Item = Kind> {
        let all = Kind::ALL.into_iter();
        all.filter(move |kind| self.contains(*kind))
    }
}

impl FromIterator<Kind> for Kinds {
    fn from_iter<I: IntoIterator<Item = Kind>>(kinds: I) -> Self {
        let mut set = Self::default();
        for kind in kinds {
            set.insert(kind);
        }
        set
    }
}

impl From<Vec<Kind>> for Kinds {
    fn from(kinds: Vec<Kind>) -> Self {
        kinds.into_iter().collect()
    }
}

impl From<Kinds> for Vec<Kind> {
    fn from(kinds: Kinds) -> Self {
        kinds.iter().collect()
    }
}

/// What objects at one place had in common.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Object {
    /// How many there were.
    pub(super) seen: u32,
    /// Whether one of them had no properties.
    #[serde(skip_serializing_if = "Not::not")]
    pub(super) empty: bool,
    /// By name; none in a map.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) fields: BTreeMap<String, Field>,
    /// Of what stood under names that are not kept; all there is in a map.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rest: Option<Shape>,
    /// Whether its names are data and none is kept.
    #[serde(skip_serializing_if = "Not::not")]
    pub(super) map: bool,
}

/// A property.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Field {
    /// Whether an object that has properties may lack it.
    #[serde(skip_serializing_if = "Not::not")]
    pub(super) optional: bool,
    pub(super) shape: Shape,
}

impl Shape {
    pub(super) fn anything() -> Self {
        Self::of(Kind::Anything)
    }

    pub(super) fn of(kind: Kind) -> Self {
        Self {
            kinds: Kinds::from_iter([kind]),
            ..Self::default()
        }
    }

    pub(super) fn is_anything(&self) -> bool {
        self.kinds.contains(Kind::Anything)
    }

    /// Whether nothing was seen, as of the items of lists without any.
    pub(super) fn is_nothing(&self) -> bool {
        self.kinds.is_empty() && self.items.is_none() && self.object.is_none()
    }

    /// Adds what was seen there besides; whether that does not fit what was known.
    pub(super) fn absorb(&mut self, other: &Self) -> bool {
        if self.is_nothing() {
            *self = other.clone();
            return false;
        }
        if self.is_anything() {
            return false;
        }
        if other.is_anything() {
            *self = Self::anything();
            return true;
        }
        let mut widened = false;
        for kind in other.kinds.iter() {
            widened |= self.kinds.insert(kind);
        }
        if let Some(others) = &other.items {
            if let Some(items) = &mut self.items {
                widened |= items.absorb(others);
            } else {
                self.items = Some(others.clone());
                widened = true;
            }
        }
        if let Some(others) = &other.object {
            if let Some(object) = &mut self.object {
                widened |= object.absorb(others);
            } else {
                self.object = Some(others.clone());
                widened = true;
            }
        }
        widened
    }

    /// Says less of what lies deep until the whole is within bounds; gives how many
    /// places are left.
    pub(super) fn fit(&mut self) -> usize {
        let mut places = self.places();
        for depth in (1..DEPTH).rev() {
            if places <= PLACES {
                break;
            }
            self.cut(depth);
            places = self.places();
        }
        places
    }

    fn places(&self) -> usize {
        let items = self.items.as_ref().map_or(0, |items| items.places());
        let object = self.object.as_ref().map_or(0, |object| {
            let rest = object.rest.as_ref().map_or(0, Self::places);
            let fields = object.fields.values().map(|field| field.shape.places());
            rest + fields.sum::<usize>()
        });
        1 + items + object
    }

    /// Nothing more is said of what lies deeper than this.
    pub(super) fn cut(&mut self, depth: usize) {
        if depth == 0 && (self.items.is_some() || self.object.is_some()) {
            *self = Self::anything();
            return;
        }
        if let Some(items) = &mut self.items {
            items.cut(depth - 1);
        }
        if let Some(object) = &mut self.object {
            let fields = object.fields.values_mut().map(|field| &mut field.shape);
            for shape in fields.chain(&mut object.rest) {
                shape.cut(depth - 1);
            }
        }
    }
}

impl Object {
    fn absorb(&mut self, other: &Self) -> bool {
        let mut widened = other.empty && !self.empty;
        self.seen = self.seen.saturating_add(other.seen);
        self.empty |= other.empty;
        if self.map || other.map {
            widened |= !self.map;
            self.become_map();
            widened |= self.absorb_rest(other.rest.as_ref());
            for field in other.fields.values() {
                widened |= self.absorb_rest(Some(&field.shape));
            }
            return widened;
        }
        let both = self.has_some() && other.has_some();
        widened |= self.absorb_rest(other.rest.as_ref());
        if both {
            for (name, field) in &mut self.fields {
                if !field.optional && !other.fields.contains_key(name) {
                    field.optional = true;
                    widened = true;
                }
            }
        }
        for (name, field) in &other.fields {
            if let Some(known) = self.fields.get_mut(name) {
                widened |= field.optional && !known.optional;
                known.optional |= field.optional;
                widened |= known.shape.absorb(&field.shape);
            } else {
                let mut field = field.clone();
                field.optional |= both;
                self.fields.insert(name.clone(), field);
                widened = true;
            }
        }
        if self.has_names_of_data() {
            self.become_map();
            widened = true;
        }
        widened
    }

    /// Whether one of the objects had a property.
    pub(super) fn has_some(&self) -> bool {
        !self.fields.is_empty() || self.rest.is_some()
    }

    fn absorb_rest(&mut self, rest: Option<&Shape>) -> bool {
        match (&mut self.rest, rest) {
            (_, None) => false,
            (Some(known), Some(rest)) => known.absorb(rest),
            (known @ None, Some(rest)) => {
                *known = Some(rest.clone());
                true
            }
        }
    }

    /// Too many names, or many of which no two objects had the same: names of people,
    /// packages or files.
    fn has_names_of_data(&self) -> bool {
        self.fields.len() > FIELDS
            || (self.fields.len() >= STRANGERS && self.fields.values().all(|field| field.optional))
    }

    /// Keeps no name.
    pub(super) fn become_map(&mut self) {
        self.map = true;
        for (_, field) in std::mem::take(&mut self.fields) {
            self.absorb_rest(Some(&field.shape));
        }
    }
}
