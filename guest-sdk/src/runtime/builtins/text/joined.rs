//! Strings put together from pieces, in Latin-1 as long as that is enough.

use boa_engine::{
    JsNativeError, JsResult, JsString,
    string::{JsStr, JsStrVariant},
};

/// Units in the longest string, as in V8 (2^29 - 24).
pub(in super::super) const MAX_LENGTH: usize = 536_870_888;

/// A string under construction.
pub(in super::super) enum Joined {
    Latin1(Vec<u8>),
    Utf16(Vec<u16>),
}

impl Joined {
    /// An empty string with room for `units`.
    pub(in super::super) fn with_capacity(units: usize) -> Self {
        Self::Latin1(Vec::with_capacity(units))
    }

    fn len(&self) -> usize {
        match self {
            Self::Latin1(units) => units.len(),
            Self::Utf16(units) => units.len(),
        }
    }

    /// Appends a piece.
    ///
    /// # Errors
    /// A `RangeError` where the string would become too long.
    pub(in super::super) fn push(&mut self, piece: JsStr<'_>) -> JsResult<()> {
        if self.len() + piece.len() > MAX_LENGTH {
            return Err(too_long());
        }
        match (&mut *self, piece.variant()) {
            (Self::Latin1(to), JsStrVariant::Latin1(from)) => to.extend_from_slice(from),
            (Self::Latin1(to), JsStrVariant::Utf16(from)) if fits_latin1(from) => {
                to.extend(from.iter().map(|&unit| unit as u8));
            }
            (Self::Latin1(to), JsStrVariant::Utf16(from)) => {
                let mut wide = Vec::with_capacity(to.capacity().max(to.len() + from.len()));
                wide.extend(to.iter().map(|&unit| u16::from(unit)));
                wide.extend_from_slice(from);
                *self = Self::Utf16(wide);
            }
            (Self::Utf16(to), JsStrVariant::Latin1(from)) => {
                to.extend(from.iter().map(|&unit| u16::from(unit)));
            }
            (Self::Utf16(to), JsStrVariant::Utf16(from)) => to.extend_from_slice(from),
        }
        Ok(())
    }

    /// The finished string.
    pub(in super::super) fn finish(self) -> JsString {
        match self {
            Self::Latin1(units) => JsString::from(JsStr::latin1(&units)),
            Self::Utf16(units) => JsString::from(JsStr::utf16(&units)),
        }
    }
}

/// The error of V8 for a string beyond [`MAX_LENGTH`].
pub(in super::super) fn too_long() -> boa_engine::JsError {
    JsNativeError::range()
        .with_message("Invalid string length")
        .into()
}

/// A copy in the smallest form.
pub(in super::super) fn compact(string: JsStr<'_>) -> JsString {
    match string.variant() {
        JsStrVariant::Utf16(units) if fits_latin1(units) => {
            let bytes: Vec<u8> = units.iter().map(|&unit| unit as u8).collect();
            JsString::from(JsStr::latin1(&bytes))
        }
        _ => JsString::from(string),
    }
}

fn fits_latin1(units: &[u16]) -> bool {
    units.iter().all(|&unit| unit <= 0xFF)
}
