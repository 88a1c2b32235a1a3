//! Properties without a value that the script returned or passed on, kept until
//! it shows whether that was a mistake.

use std::cell::RefCell;
use std::collections::VecDeque;

use crate::runtime::errors::Absence;

/// Of those passed on, how many are kept.
const KEPT: usize = 16;

/// The latest absences.
#[derive(Default)]
pub(crate) struct Absences {
    passed: RefCell<VecDeque<Absence>>,
    returned: RefCell<Option<Absence>>,
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

    /// Takes those that were passed on.
    pub(crate) fn take_passed(&self) -> VecDeque<Absence> {
        self.passed.take()
    }

    /// Takes the last that was returned.
    pub(crate) fn take_returned(&self) -> Option<Absence> {
        self.returned.take()
    }
}
