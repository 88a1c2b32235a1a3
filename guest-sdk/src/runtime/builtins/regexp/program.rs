//! Compiled expressions, kept for as long as scripts are likely to use them
//! again.

use std::{
    cell::{OnceCell, RefCell},
    collections::HashMap,
    rc::Rc,
};

use boa_engine::{Context, JsObject, JsResult};
use regress::{Flags, Regex};

use super::source;

/// Objects whose program is known without reading their source again.
const RECENT: usize = 16;

/// Programs kept by source and flags.
const KEPT: usize = 128;

/// A compiled expression.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the expression"
)]
pub(super) struct Program {
    regex: Regex,
    /// For sticky expressions, a form that never looks beyond its start.
    anchored: OnceCell<Option<Regex>>,
    source: String,
    flags: String,
    pub(super) global: bool,
    pub(super) sticky: bool,
    pub(super) indices: bool,
    /// Whether characters are code points rather than units.
    pub(super) unicode: bool,
}

impl Program {
    /// `None` where the source is not what the engine would compile here.
    fn new(source: String, flags: String) -> Option<Self> {
        let has = |flag| flags.contains(flag);
        let unicode = has('u') || has('v');
        Some(Self {
            regex: compiled(&source, &flags, unicode)?,
            anchored: OnceCell::new(),
            global: has('g'),
            sticky: has('y'),
            indices: has('d'),
            unicode,
            source,
            flags,
        })
    }

    pub(super) fn regex(&self) -> &Regex {
        &self.regex
    }

    /// The expression, or else any one character in a group of its own at the
    /// end: it matches where it starts or shows by that group that it does not.
    /// A numbered reference could come to mean that group, so such expressions
    /// have no such form.
    pub(super) fn anchored(&self) -> Option<&Regex> {
        let anchored = self.anchored.get_or_init(|| {
            let reference = self
                .source
                .as_bytes()
                .windows(2)
                .any(|pair| pair[0] == b'\\' && pair[1].is_ascii_digit());
            if reference {
                return None;
            }
            let source = format!("(?:{})|([^])", self.source);
            compiled(&source, &self.flags, self.unicode)
        });
        anchored.as_ref()
    }
}

/// Compiles as the engine does: code points in Unicode mode, units otherwise.
fn compiled(source: &str, flags: &str, unicode: bool) -> Option<Regex> {
    let flags = Flags::new(flags.chars().map(u32::from));
    let compiled = if unicode {
        Regex::from_unicode(source.chars().map(u32::from), flags)
    } else {
        Regex::from_unicode(source.encode_utf16().map(u32::from), flags)
    };
    compiled.ok()
}

/// The programs of a realm.
#[derive(Default)]
pub(super) struct Programs {
    recent: RefCell<Vec<(JsObject, Rc<Program>)>>,
    kept: RefCell<HashMap<(String, String), Rc<Program>>>,
}

impl Programs {
    /// The program of a regular expression object.
    pub(super) fn of(
        &self,
        object: &JsObject,
        unicode_sets: &JsObject,
        context: &mut Context,
    ) -> JsResult<Option<Rc<Program>>> {
        if let Some(program) = self.known(object) {
            return Ok(Some(program));
        }
        let Some(key) = source::of(object, unicode_sets, context)? else {
            return Ok(None);
        };
        let mut kept = self.kept.borrow_mut();
        let program = if let Some(program) = kept.get(&key) {
            program.clone()
        } else {
            let Some(program) = Program::new(key.0.clone(), key.1.clone()) else {
                return Ok(None);
            };
            if kept.len() >= KEPT {
                kept.clear();
            }
            let program = Rc::new(program);
            kept.insert(key, program.clone());
            program
        };
        let mut recent = self.recent.borrow_mut();
        recent.truncate(RECENT - 1);
        recent.insert(0, (object.clone(), program.clone()));
        Ok(Some(program))
    }

    fn known(&self, object: &JsObject) -> Option<Rc<Program>> {
        let mut recent = self.recent.borrow_mut();
        let at = recent.iter().position(|(known, _)| known == object)?;
        recent[..=at].rotate_right(1);
        Some(recent[0].1.clone())
    }

    /// Forgets which object has which program.
    pub(super) fn forget(&self) {
        self.recent.borrow_mut().clear();
    }
}
