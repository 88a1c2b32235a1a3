//! Properties without a value that the script returned or passed on, and values
//! that it threw, kept until it shows whether that was a mistake.

use std::cell::RefCell;
use std::collections::VecDeque;

use boa_engine::JsValue;

use crate::runtime::errors::Absence;

/// Of those passed on, how many are kept.
const KEPT: usize = 16;

/// The latest absences.
#[derive(Default)]
pub(crate) struct Absences {
    passed: RefCell<VecDeque<Absence>>,
    returned: RefCell<Option<Absence>>,
    thrown: RefCell<Option<(JsValue, u32)>>,
    /// What a property is being read from.
    from: RefCell<JsValue>,
}

impl Absences {
    /// Adds one.
    pub(crate) fn add(&self, absence: Absence) {
        if absence.name.is_none() {
            self.returned.replace(Some(absence));
            return;
        }
        let mut passed = self.passed.borrow_mut();
        if passed.len() == KEPT {
            passed.pop_front();
        }
        passed.push_back(absence);
    }

    /// Notes that a value that is no error was thrown at an offset of the script.
    pub(crate) fn set_thrown(&self, value: JsValue, offset: u32) {
        self.thrown.replace(Some((value, offset)));
    }

    /// Where a value was thrown, if it was the last.
    pub(crate) fn thrown_at(&self, value: &JsValue) -> Option<u32> {
        let thrown = self.thrown.borrow();
        let (last, offset) = thrown.as_ref()?;
        JsValue::same_value(last, value).then_some(*offset)
    }

    /// Remembers what a property is about to be read from.
    pub(crate) fn set_from(&self, value: JsValue) {
        self.from.replace(value);
    }

    /// What a property was read from last.
    pub(crate) fn from(&self) -> JsValue {
        self.from.borrow().clone()
    }

    /// Forgets what properties were read from, so that it can be collected.
    pub(crate) fn forget(&self) {
        self.from.replace(JsValue::undefined());
    }

    /// Takes those that were passed on.
    pub(crate) fn take_passed(&self) -> VecDeque<Absence> {
        self.passed.take()
    }

    /// Takes the last that was returned.
    pub(crate) fn take_returned(&self) -> Option<Absence> {
        self.returned.take()
    }
}
