//! The three forms in which JSON text arrives, behind one trait: UTF-8 from
//! the host, and the Latin-1 or UTF-16 inside a JavaScript string.
//!
//! Knows nothing of JSON's grammar; [`super::read`] does.

use std::ops::Range;

use boa_engine::{JsString, string::JsStr};

/// JSON text as units, of which every ASCII character is exactly one.
pub(super) trait Text {
    /// A byte or a UTF-16 code unit.
    type Unit: Copy + Eq + Into<u16>;

    fn units(&self) -> &[Self::Unit];

    /// The JavaScript string of a range that begins and ends at a character.
    fn string(&self, range: Range<usize>) -> JsString;

    /// Appends a range as UTF-16 to `out`.
    fn append(&self, range: Range<usize>, out: &mut Vec<u16>);
}

/// Text from the host.
pub(super) struct Utf8<'a>(pub(super) &'a str);

/// A JavaScript string that has no character above U+00FF.
pub(super) struct Latin1<'a>(pub(super) &'a [u8]);

/// Any other JavaScript string, lone surrogates and all.
pub(super) struct Utf16<'a>(pub(super) &'a [u16]);

impl Text for Utf8<'_> {
    type Unit = u8;

    fn units(&self) -> &[u8] {
        self.0.as_bytes()
    }

    fn string(&self, range: Range<usize>) -> JsString {
        JsString::from(&self.0[range])
    }

    fn append(&self, range: Range<usize>, out: &mut Vec<u16>) {
        out.extend(self.0[range].encode_utf16());
    }
}

impl Text for Latin1<'_> {
    type Unit = u8;

    fn units(&self) -> &[u8] {
        self.0
    }

    fn string(&self, range: Range<usize>) -> JsString {
        JsString::from(JsStr::latin1(&self.0[range]))
    }

    fn append(&self, range: Range<usize>, out: &mut Vec<u16>) {
        out.extend(self.0[range].iter().map(|&unit| u16::from(unit)));
    }
}

impl Text for Utf16<'_> {
    type Unit = u16;

    fn units(&self) -> &[u16] {
        self.0
    }

    fn string(&self, range: Range<usize>) -> JsString {
        string_of_units(&self.0[range])
    }

    fn append(&self, range: Range<usize>, out: &mut Vec<u16>) {
        out.extend_from_slice(&self.0[range]);
    }
}

/// A JavaScript string of UTF-16 units, stored as Latin-1 where that is enough.
pub(super) fn string_of_units(units: &[u16]) -> JsString {
    if units.iter().all(|&unit| unit <= 0xFF) {
        let bytes: Vec<u8> = units.iter().map(|&unit| unit as u8).collect();
        JsString::from(JsStr::latin1(&bytes))
    } else {
        JsString::from(units)
    }
}
