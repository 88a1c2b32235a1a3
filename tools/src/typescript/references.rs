//! Where the references of one document lead, each looked up once.

use std::collections::HashMap;

use serde_json::Value;

use super::pointer;

/// Most distinct references followed that are no JSON pointers: each is a search.
const ANCHORS: usize = 64;

/// The references of a document, as far as they were followed.
#[derive(Debug)]
pub(super) struct References<'a> {
    root: &'a Value,
    by_text: HashMap<&'a str, Target<'a>>,
    /// Those inside a schema with an `$id`, where `#` means that schema, by the place of
    /// their text.
    inside: HashMap<usize, Target<'a>>,
    anchors: usize,
}

/// Where a reference leads; `None` if it dangles.
#[derive(Debug, Clone, Copy)]
struct Target<'a>(Option<&'a Value>);

impl<'a> References<'a> {
    pub(super) fn of(root: &'a Value) -> Self {
        Self {
            root,
            by_text: HashMap::new(),
            inside: HashMap::new(),
            anchors: 0,
        }
    }

    /// Where a reference leads; `None` if it dangles.
    pub(super) fn resolve(&mut self, reference: &'a str) -> Option<&'a Value> {
        if let Some(known) = self.known(reference) {
            return known.0;
        }
        let target = self.find(self.root, reference);
        self.by_text.insert(reference, Target(target));
        target
    }

    /// As [`Self::resolve`], for a reference that stands inside `schema`, which has an
    /// `$id`.
    pub(super) fn resolve_inside(
        &mut self,
        schema: &'a Value,
        reference: &'a str,
    ) -> Option<&'a Value> {
        if !reference.starts_with('#') {
            return self.resolve(reference);
        }
        let target = self.find(schema, reference);
        self.inside.insert(place(reference), Target(target));
        target
    }

    /// Where a reference leads that was followed before.
    pub(super) fn followed(&self, reference: &'a str) -> Option<&'a Value> {
        self.known(reference)?.0
    }

    fn known(&self, reference: &str) -> Option<Target<'a>> {
        let inside = self.inside.get(&place(reference));
        inside.or_else(|| self.by_text.get(reference)).copied()
    }

    fn find(&mut self, document: &'a Value, reference: &str) -> Option<&'a Value> {
        let is_pointer = reference == "#" || reference.starts_with("#/");
        self.anchors += usize::from(!is_pointer);
        if !is_pointer && self.anchors > ANCHORS {
            return None;
        }
        pointer::resolve(document, reference)
    }
}

/// Tells texts apart that are equal.
fn place(text: &str) -> usize {
    text.as_ptr() as usize
}
