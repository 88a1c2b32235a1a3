//! Expressions that behave as specified because no script has touched them.

use std::rc::Rc;

use boa_engine::{
    Context, JsObject, JsResult, JsValue, js_string,
    object::builtins::JsRegExp,
    object::shape::Shape,
    property::{PropertyDescriptor, PropertyKey},
};

use super::{
    State,
    matches::Match,
    program::Program,
    subject::{Subject, Units},
};

/// What untouched expressions look like.
pub(super) struct Pristine {
    /// Of an expression with nothing but its `lastIndex`, in its first state.
    shape: Shape,
    prototype: JsObject,
    exec: JsValue,
}

impl Pristine {
    pub(super) fn new(prototype: &JsObject, context: &mut Context) -> JsResult<Self> {
        let sample = JsRegExp::new(js_string!(""), js_string!(""), context)?;
        let shape = sample.borrow().shape().clone();
        Ok(Self {
            shape,
            prototype: prototype.clone(),
            exec: prototype.get(js_string!("exec"), context)?,
        })
    }

    fn has_first_shape(&self, object: &JsObject) -> bool {
        object.borrow().shape().to_addr_usize() == self.shape.to_addr_usize()
    }

    fn has_own_exec(&self) -> bool {
        let key = PropertyKey::from(js_string!("exec"));
        let exec = self.prototype.borrow().properties().get(&key);
        exec.is_some_and(|exec| exec.value() == Some(&self.exec))
    }
}

/// An untouched expression and where its next match may begin.
pub(super) struct Expression {
    object: JsObject,
    pub(super) program: Rc<Program>,
    last_index: u64,
}

impl Expression {
    /// The expression that `this` is, if it and its `lastIndex` are as usual.
    pub(super) fn of(this: &JsValue, context: &mut Context) -> JsResult<Option<Self>> {
        let Some(object) = this.as_object() else {
            return Ok(None);
        };
        let state = State::of(context);
        if !this.is_regexp() || !state.pristine.has_first_shape(&object) {
            return Ok(None);
        }
        let last_index = object.borrow().properties().get(&last_index_key());
        let last_index = last_index.as_ref().and_then(PropertyDescriptor::value);
        let Some(last_index) = last_index.and_then(JsValue::as_number) else {
            return Ok(None);
        };
        let program = state
            .programs
            .of(&object, &state.originals.unicode_sets, context)?;
        Ok(program.map(|program| Self {
            object,
            program,
            // As `ToLength`: `as` takes NaN and negative numbers for zero.
            last_index: last_index as u64,
        }))
    }

    /// The same, for methods that would call `exec`: that must be ours too.
    pub(super) fn untouched(this: &JsValue, context: &mut Context) -> JsResult<Option<Self>> {
        if !State::of(context).pristine.has_own_exec() {
            return Ok(None);
        }
        Self::of(this, context)
    }

    /// `RegExpBuiltinExec`: the next match, with `lastIndex` moved on.
    pub(super) fn exec(&self, subject: &Subject) -> JsResult<Option<Match>> {
        let moves = self.program.global || self.program.sticky;
        let start = if moves { self.last_index } else { 0 };
        let found = if start > subject.text.len() as u64 {
            None
        } else {
            self.find(subject, start as usize)
        };
        if moves {
            let next = found.as_ref().map_or(0, |found| found.range().end);
            self.set_last_index(next);
        }
        Ok(found)
    }

    /// All matches of a global expression, which leave `lastIndex` at zero.
    pub(super) fn all(&self, subject: &Subject) -> JsResult<Vec<Match>> {
        self.set_last_index(0);
        if !self.program.sticky {
            return Ok(self.every(subject));
        }
        let mut matches: Vec<Match> = Vec::new();
        let mut start = 0;
        while start <= subject.text.len()
            && let Some(found) = self.find(subject, start)
        {
            start = found.range().end;
            if found.range().is_empty() {
                start += self.width_at(subject, start);
            }
            matches.push(found);
        }
        Ok(matches)
    }

    /// All matches from the start on, whatever the flags say.
    pub(super) fn every(&self, subject: &Subject) -> Vec<Match> {
        let regex = self.program.regex();
        match subject.units() {
            Units::Ascii(text) => regex.find_from_ascii(text, 0).map(Match::from).collect(),
            Units::Utf16(text) if self.program.unicode => {
                regex.find_from_utf16(text, 0).map(Match::from).collect()
            }
            Units::Utf16(text) => regex.find_from_ucs2(text, 0).map(Match::from).collect(),
        }
    }

    /// The match at (if sticky) or after `start`.
    fn find(&self, subject: &Subject, start: usize) -> Option<Match> {
        let program = &self.program;
        let anchored = if program.sticky {
            program.anchored()
        } else {
            None
        };
        let regex = anchored.unwrap_or_else(|| program.regex());
        let found = match subject.units() {
            Units::Ascii(text) => regex.find_from_ascii(text, start).next(),
            Units::Utf16(text) if program.unicode => regex.find_from_utf16(text, start).next(),
            Units::Utf16(text) => regex.find_from_ucs2(text, start).next(),
        };
        let mut found = found?;
        if anchored.is_some() && found.captures.pop()?.is_some() {
            return None;
        }
        (!program.sticky || found.start() == start).then(|| Match::from(found))
    }

    /// Units of the character at `start`, as the expression counts characters.
    fn width_at(&self, subject: &Subject, start: usize) -> usize {
        if !self.program.unicode || start >= subject.text.len() {
            return 1;
        }
        subject.text.code_point_at(start).code_unit_count()
    }

    fn set_last_index(&self, index: usize) {
        let property = PropertyDescriptor::builder()
            .value(index)
            .writable(true)
            .enumerable(false)
            .configurable(false);
        self.object.insert_property(last_index_key(), property);
    }
}

fn last_index_key() -> PropertyKey {
    js_string!("lastIndex").into()
}
