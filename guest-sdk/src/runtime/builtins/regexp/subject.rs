//! Subjects in the form that the matcher reads, converted once for a loop of
//! matches over the same string.

use std::{cell::RefCell, rc::Rc};

use boa_engine::{Context, JsString, string::JsStrVariant};

/// Units below which looking a subject up costs more than converting it.
const SMALL: usize = 64;

/// How many subjects are remembered.
const REMEMBERED: usize = 4;

/// A string to be matched against.
#[derive(Clone)]
pub(super) struct Subject {
    pub(super) text: JsString,
    form: Form,
}

#[derive(Clone)]
enum Form {
    /// Checked once: the check reads all of it.
    Ascii(Rc<str>),
    /// Latin-1 beyond ASCII, widened.
    Wide(Rc<[u16]>),
    Utf16,
}

/// A subject as the matcher takes it.
pub(super) enum Units<'a> {
    Ascii(&'a str),
    Utf16(&'a [u16]),
}

impl Subject {
    fn new(text: &JsString) -> Self {
        let form = match text.variant() {
            JsStrVariant::Latin1(units) => match std::str::from_utf8(units) {
                Ok(ascii) if ascii.is_ascii() => Form::Ascii(ascii.into()),
                _ => Form::Wide(units.iter().map(|&unit| u16::from(unit)).collect()),
            },
            JsStrVariant::Utf16(_) => Form::Utf16,
        };
        Self {
            text: text.clone(),
            form,
        }
    }

    pub(super) fn units(&self) -> Units<'_> {
        match (&self.form, self.text.variant()) {
            (Form::Ascii(text), _) => Units::Ascii(text),
            (Form::Wide(units), _) => Units::Utf16(units),
            (Form::Utf16, JsStrVariant::Utf16(units)) => Units::Utf16(units),
            (Form::Utf16, JsStrVariant::Latin1(_)) => Units::Utf16(&[]),
        }
    }
}

/// The last few long subjects.
#[derive(Default)]
pub(in super::super) struct Subjects {
    recent: RefCell<Vec<Subject>>,
}

impl Subjects {
    /// The subject that `text` is.
    pub(super) fn of(text: &JsString, context: &Context) -> Subject {
        let subjects = match context.get_data::<Rc<Self>>() {
            Some(subjects) if text.len() >= SMALL => subjects,
            _ => return Subject::new(text),
        };
        let mut recent = subjects.recent.borrow_mut();
        let found = recent
            .iter()
            .position(|subject| same_units(&subject.text, text));
        if let Some(at) = found {
            recent[..=at].rotate_right(1);
        } else {
            recent.truncate(REMEMBERED - 1);
            recent.insert(0, Subject::new(text));
        }
        recent[0].clone()
    }

    /// Lets go of all remembered subjects.
    pub(in super::super) fn clear(&self) {
        self.recent.borrow_mut().clear();
    }
}

/// Whether two strings are the very same characters in memory. Strings do not
/// change, and a remembered one keeps its memory from being used again.
fn same_units(one: &JsString, other: &JsString) -> bool {
    match (one.variant(), other.variant()) {
        (JsStrVariant::Latin1(one), JsStrVariant::Latin1(other)) => std::ptr::eq(one, other),
        (JsStrVariant::Utf16(one), JsStrVariant::Utf16(other)) => std::ptr::eq(one, other),
        _ => false,
    }
}
