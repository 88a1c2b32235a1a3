//! Substrings that share the characters of the string they are cut from.
//!
//! The engine's slice keeps the string it was cut from, so `s = s.slice(1)` in
//! a loop would build a chain as long as the loop, and dropping it would
//! overflow the stack. Here a slice is always cut from the string that owns the
//! characters, which the last few owners seen make findable.

use std::{cell::RefCell, mem::size_of_val};

use boa_engine::{
    Context, JsString,
    string::{JsStr, JsStrVariant},
};

use super::joined::compact;

/// Up to this many units, a copy is smaller than a slice.
const COPIED: usize = 32;

/// How many owners are remembered.
const OWNERS: usize = 8;

/// The strings that slices were lately cut from, most recent first.
#[derive(Default)]
pub(in super::super) struct Slices {
    owners: RefCell<Vec<JsString>>,
}

impl Slices {
    /// Lets go of all remembered strings.
    pub(in super::super) fn clear(&self) {
        self.owners.borrow_mut().clear();
    }

    /// The units `start..end` of `string`, which must lie within it.
    fn cut(&self, string: &JsString, start: usize, end: usize) -> JsString {
        if start == 0 && end == string.len() {
            return string.clone();
        }
        let Some(part) = string.as_str().get(start..end) else {
            return JsString::default();
        };
        if part.len() <= COPIED {
            return compact(part);
        }
        let mut owners = self.owners.borrow_mut();
        let found = owners
            .iter()
            .position(|owner| offset_in(owner, part).is_some());
        if let Some(at) = found {
            owners[..=at].rotate_right(1);
        } else if owns_its_units(string) {
            owners.truncate(OWNERS - 1);
            owners.insert(0, string.clone());
        } else {
            // A slice of a forgotten owner: a copy starts afresh.
            return JsString::from(part);
        }
        match offset_in(&owners[0], part) {
            Some(offset) => owners[0].slice(offset, offset + part.len()),
            None => JsString::from(part),
        }
    }
}

/// The units `start..end` of `string`, which must lie within it.
pub(in super::super) fn cut(
    string: &JsString,
    start: usize,
    end: usize,
    context: &Context,
) -> JsString {
    match context.get_data::<std::rc::Rc<Slices>>() {
        Some(slices) => slices.cut(string, start, end),
        None => string.slice(start, end),
    }
}

/// Where `part` begins in the memory of `owner`, if it lies there.
fn offset_in(owner: &JsString, part: JsStr<'_>) -> Option<usize> {
    let (unit, owner, part) = match (owner.variant(), part.variant()) {
        (JsStrVariant::Latin1(owner), JsStrVariant::Latin1(part)) => (
            1,
            owner.as_ptr_range_addresses(),
            part.as_ptr_range_addresses(),
        ),
        (JsStrVariant::Utf16(owner), JsStrVariant::Utf16(part)) => (
            2,
            owner.as_ptr_range_addresses(),
            part.as_ptr_range_addresses(),
        ),
        _ => return None,
    };
    let within = owner.0 <= part.0 && part.1 <= owner.1;
    within.then(|| (part.0 - owner.0) / unit)
}

/// The addresses between which a slice lies.
trait Addresses {
    fn as_ptr_range_addresses(&self) -> (usize, usize);
}

impl<T> Addresses for [T] {
    fn as_ptr_range_addresses(&self) -> (usize, usize) {
        let start = self.as_ptr().addr();
        (start, start + size_of_val(self))
    }
}

/// Whether the characters stand right behind the header of `string`, that is,
/// whether it is no slice of another string.
fn owns_its_units(string: &JsString) -> bool {
    let distance = |string: &JsString| {
        let units = match string.variant() {
            JsStrVariant::Latin1(units) => units.as_ptr().addr(),
            JsStrVariant::Utf16(units) => units.as_ptr().addr(),
        };
        let raw = string.clone().into_raw();
        #[expect(
            unsafe_code,
            reason = "the only way to learn where a string's header is"
        )]
        // SAFETY: the pointer comes from `into_raw` just above, and is taken
        // back exactly once.
        drop(unsafe { JsString::from_raw(raw) });
        units.wrapping_sub(raw.as_ptr().addr())
    };
    // A string just made from units owns them; its layout is every owner's.
    let known = match string.variant() {
        JsStrVariant::Latin1(_) => JsString::from(JsStr::latin1(&[0xFE; COPIED])),
        JsStrVariant::Utf16(_) => JsString::from(JsStr::utf16(&[0xFFFE; COPIED])),
    };
    distance(string) == distance(&known)
}
