//! Finding a string in a string, in time linear in both.

use boa_engine::string::{JsStr, JsStrVariant};
use memchr::memmem;

/// The text searched in together with what is searched for.
pub(super) enum Search<'a> {
    /// What is searched for cannot occur, or is empty.
    Never,
    Bytes {
        text: &'a [u8],
        needle: Box<memmem::Finder<'a>>,
    },
    Units {
        text: &'a [u16],
        needle: Units,
    },
}

impl<'a> Search<'a> {
    /// A search for `needle`, which must not be empty.
    pub(super) fn new(text: &'a JsStr<'a>, needle: &'a JsStr<'a>) -> Self {
        match (text.variant(), needle.variant()) {
            (JsStrVariant::Latin1(text), JsStrVariant::Latin1(needle)) => Self::Bytes {
                text,
                needle: Box::new(memmem::Finder::new(needle)),
            },
            (JsStrVariant::Latin1(text), JsStrVariant::Utf16(needle)) => {
                if needle.iter().any(|&unit| unit > 0xFF) {
                    return Self::Never;
                }
                let needle: Vec<u8> = needle.iter().map(|&unit| unit as u8).collect();
                Self::Bytes {
                    text,
                    needle: Box::new(memmem::Finder::new(&needle).into_owned()),
                }
            }
            (JsStrVariant::Utf16(text), _) => Self::Units {
                text,
                needle: Units::new(needle.to_vec()),
            },
        }
    }

    /// The first place at or after `from`.
    pub(super) fn next(&self, from: usize) -> Option<usize> {
        match self {
            Self::Never => None,
            Self::Bytes { text, needle } => Some(from + needle.find(text.get(from..)?)?),
            Self::Units { text, needle } => Some(from + needle.find(text.get(from..)?)?),
        }
    }
}

/// Knuth, Morris and Pratt's search: linear whatever the text.
pub(super) struct Units {
    needle: Vec<u16>,
    /// For each prefix of the needle, the longest shorter prefix it ends in.
    borders: Vec<usize>,
}

impl Units {
    fn new(needle: Vec<u16>) -> Self {
        let mut borders = vec![0; needle.len()];
        let mut length = 0;
        for at in 1..needle.len() {
            while length > 0 && needle[at] != needle[length] {
                length = borders[length - 1];
            }
            if needle[at] == needle[length] {
                length += 1;
            }
            borders[at] = length;
        }
        Self { needle, borders }
    }

    fn find(&self, text: &[u16]) -> Option<usize> {
        let first = *self.needle.first()?;
        let mut length = 0;
        let mut at = 0;
        while at < text.len() {
            if length == 0 {
                // Most of a text is skipped here, without looking at borders.
                at += text[at..].iter().position(|&unit| unit == first)?;
                length = 1;
                at += 1;
            } else {
                while length > 0 && text[at] != self.needle[length] {
                    length = self.borders[length - 1];
                }
                if text[at] == self.needle[length] {
                    length += 1;
                    at += 1;
                }
            }
            if length == self.needle.len() {
                return Some(at - length);
            }
        }
        None
    }
}

/// The last place of `needle` in `text` that begins at or before `from`.
pub(super) fn last(text: JsStr<'_>, needle: JsStr<'_>, from: usize) -> Option<usize> {
    let from = from.min(text.len().checked_sub(needle.len())?);
    let head = text.get(..from + needle.len())?;
    if let (JsStrVariant::Latin1(head), JsStrVariant::Latin1(needle)) =
        (head.variant(), needle.variant())
    {
        return memmem::rfind(head, needle);
    }
    // Backwards is forwards in both, turned round.
    let reversed = |string: JsStr<'_>| -> Vec<u16> {
        let mut units = string.to_vec();
        units.reverse();
        units
    };
    let needle = reversed(needle);
    if needle.is_empty() {
        return Some(from);
    }
    let length = needle.len();
    let at = Units::new(needle).find(&reversed(head))?;
    Some(head.len() - at - length)
}
