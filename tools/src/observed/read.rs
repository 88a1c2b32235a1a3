//! The shape of one value, from its JSON text and without building it.
//!
//! Of a large value a sample is read: no more places than [`READ`], and for each list
//! or large map a share of what is left. The text may come from anybody.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::shape::{DEPTH, FIELDS, Field, Kind, Object, Shape};
use crate::data_like::is_data_like;

/// Most places of one value that are looked at.
const READ: usize = 2_000;
/// One list may have this part of the places that are left.
const SHARE: usize = 4;
/// Properties whose values are all alike, from which their names are keys of a map.
const ALIKE: usize = 6;

impl Shape {
    /// The shape of a JSON text. `None` where it holds what only a more careful reader
    /// takes, as half an emoji or `1e400`.
    pub fn of_json(json: &str) -> Option<Self> {
        let mut shape = Self::default();
        let mut left = READ;
        let place = Place {
            shape: &mut shape,
            left: &mut left,
            depth: 0,
        };
        let mut reader = serde_json::Deserializer::from_str(json);
        place.deserialize(&mut reader).ok()?;
        reader.end().ok()?;
        shape.fit();
        Some(shape)
    }
}

/// Where what is read is added.
struct Place<'s> {
    shape: &'s mut Shape,
    /// Places that may still be looked at.
    left: &'s mut usize,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.shape.is_anything() {
            return deserializer.deserialize_ignored_any(IgnoredAny).map(drop);
        }
        if *self.left == 0 {
            *self.shape = Shape::anything();
            return deserializer.deserialize_ignored_any(IgnoredAny).map(drop);
        }
        *self.left -= 1;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.is(Kind::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.is(Kind::Boolean)
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        self.is(Kind::Integer)
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.is(Kind::Integer)
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.is(Kind::Number)
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        self.is(Kind::String)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        if self.depth == DEPTH {
            *self.shape = Shape::anything();
            return skip_items(&mut list);
        }
        let items = self.shape.items.get_or_insert_default();
        let keep = kept_from_one(*self.left);
        while *self.left > keep {
            let place = Place {
                shape: &mut *items,
                left: &mut *self.left,
                depth: self.depth + 1,
            };
            if list.next_element_seed(place)?.is_none() {
                return Ok(());
            }
        }
        skip_items(&mut list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if self.depth == DEPTH {
            *self.shape = Shape::anything();
            return skip_members(&mut map);
        }
        let mut members = Members::default();
        let keep = kept_from_one(*self.left);
        while *self.left > 0 && (!members.are_many() || *self.left > keep) {
            let Some(key) = map.next_key::<String>()? else {
                self.add(members.object());
                return Ok(());
            };
            let known = self.shape.object.as_ref();
            let is_name = known.is_some_and(|known| known.fields.contains_key(&key));
            let place = Place {
                shape: members.place(key, is_name),
                left: &mut *self.left,
                depth: self.depth + 1,
            };
            map.next_value_seed(place)?;
        }
        // What is not looked at may be named and be anything.
        if map.next_key::<IgnoredAny>()?.is_some() {
            map.next_value::<IgnoredAny>()?;
            skip_members(&mut map)?;
            members.others = Some(Shape::anything());
        }
        self.add(members.object());
        Ok(())
    }
}

impl Place<'_> {
    fn is<E>(self, kind: Kind) -> Result<(), E> {
        self.shape.kinds.insert(kind);
        Ok(())
    }

    fn add(self, object: Object) {
        self.shape.absorb(&Shape {
            object: Some(Box::new(object)),
            ..Shape::default()
        });
    }
}

/// The properties of one object.
#[derive(Default)]
struct Members {
    named: BTreeMap<String, Shape>,
    /// Under names that look like data, and how many these are.
    others: Option<Shape>,
    unnamed: usize,
}

impl Members {
    fn are_many(&self) -> bool {
        self.named.len() + self.unnamed > FIELDS
    }

    /// Where the value of `key` is added; `is_name` where that is known of it.
    fn place(&mut self, key: String, is_name: bool) -> &mut Shape {
        let is_full = self.named.len() > FIELDS;
        if is_full || (!is_name && is_data_like(&key)) {
            self.unnamed += 1;
            return self.others.get_or_insert_default();
        }
        match self.named.entry(key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(Shape::default()),
        }
    }

    fn object(self) -> Object {
        let is_map = self.unnamed > self.named.len()
            || self.named.len() > FIELDS
            || (self.named.len() >= ALIKE && are_alike(self.named.values()));
        let empty = self.named.is_empty() && self.others.is_none();
        let fields = self.named.into_iter().map(|(name, shape)| {
            let optional = false;
            (name, Field { optional, shape })
        });
        let mut object = Object {
            seen: 1,
            empty,
            fields: fields.collect(),
            rest: self.others,
            map: false,
        };
        if is_map {
            object.become_map();
        }
        object
    }
}

/// What one list leaves for the others.
fn kept_from_one(left: usize) -> usize {
    left - left.div_ceil(SHARE)
}

/// Whether all are objects with the same names in them.
fn are_alike<'a>(mut shapes: impl Iterator<Item = &'a Shape>) -> bool {
    let names = |shape: &'a Shape| {
        let object = shape.object.as_ref()?;
        let is_only = shape.kinds.is_empty() && shape.items.is_none() && object.has_some();
        is_only.then(|| object.fields.keys())
    };
    let Some(first) = shapes.next().and_then(names) else {
        return false;
    };
    shapes.all(|shape| names(shape).is_some_and(|names| names.eq(first.clone())))
}

fn skip_items<'de, A: SeqAccess<'de>>(list: &mut A) -> Result<(), A::Error> {
    while list.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

fn skip_members<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}
