//! What a step has to tell the host, collected while the script runs.

use std::cell::{Cell, RefCell};

use crate::contract::{Call, ConsoleLevel, ConsoleLine, GuestLimits, Position, Target};

/// Warnings beyond this number are only counted.
const MAX_WARNINGS: u32 = 50;

/// Everything collected since the last step; bounded by the limits.
#[derive(Default)]
pub(crate) struct Outbox {
    calls: RefCell<Vec<Call>>,
    console: RefCell<Vec<ConsoleLine>>,
    emitted: RefCell<Vec<String>>,
    warnings: RefCell<Vec<String>>,
    console_left: Cell<usize>,
    console_dropped: Cell<u32>,
    emitted_bytes: Cell<usize>,
    emitted_most: Cell<usize>,
    calls_made: Cell<u32>,
    warnings_made: Cell<u32>,
}

/// The contents of an [`Outbox`], taken at the end of a step.
#[derive(Default)]
pub(crate) struct Outgoing {
    pub(crate) calls: Vec<Call>,
    pub(crate) console: Vec<ConsoleLine>,
    pub(crate) console_dropped: u32,
    pub(crate) emitted: Vec<String>,
    pub(crate) warnings: Vec<String>,
}

impl Outbox {
    /// Empties it and sets the limits of the script about to start.
    pub(crate) fn begin(&self, limits: &GuestLimits) {
        self.take();
        self.console_left.set(limits.console_bytes as usize);
        self.emitted_bytes.set(0);
        self.emitted_most.set(limits.emitted_bytes as usize);
        self.calls_made.set(0);
        self.warnings_made.set(0);
    }

    /// Adds a console line, cut or dropped where the limit is reached.
    pub(crate) fn console(&self, level: ConsoleLevel, text: &str) {
        let left = self.console_left.get();
        if left == 0 {
            self.console_dropped
                .set(self.console_dropped.get().saturating_add(1));
            return;
        }
        // A line costs a byte more than its text, so that empty ones end too.
        self.console_left.set(left.saturating_sub(text.len() + 1));
        let kept = text.floor_char_boundary(left);
        let text = if kept == text.len() {
            text.to_owned()
        } else {
            format!("{}… ({} bytes cut)", &text[..kept], text.len() - kept)
        };
        self.console.borrow_mut().push(ConsoleLine { level, text });
    }

    /// Whether console lines are only counted from here on.
    pub(crate) fn console_is_full(&self) -> bool {
        self.console_left.get() == 0
    }

    /// Adds the JSON text of a content block.
    ///
    /// # Errors
    /// How many bytes it would have been together, and how many may be.
    pub(crate) fn emit(&self, block: String) -> Result<(), (usize, usize)> {
        let (bytes, most) = (
            self.emitted_bytes.get() + block.len(),
            self.emitted_most.get(),
        );
        if bytes > most {
            return Err((bytes, most));
        }
        // A block costs a byte more than its text, so that empty ones end too.
        self.emitted_bytes.set(bytes + 1);
        self.emitted.borrow_mut().push(block);
        Ok(())
    }

    /// Adds one sentence about something that went wrong beside the result.
    pub(crate) fn warn(&self, sentence: String) {
        let made = self.warnings_made.get() + 1;
        if made <= MAX_WARNINGS {
            self.warnings_made.set(made);
            self.warnings.borrow_mut().push(sentence);
        } else if made == MAX_WARNINGS + 1 {
            self.warnings_made.set(made);
            self.warnings
                .borrow_mut()
                .push("more warnings were left out".to_owned());
        }
    }

    /// Adds a call and returns its id.
    pub(crate) fn call(
        &self,
        target: Target,
        arguments: String,
        position: Option<Position>,
    ) -> u32 {
        let id = self.calls_made.get() + 1;
        self.calls_made.set(id);
        self.calls.borrow_mut().push(Call {
            id,
            target,
            arguments,
            position,
        });
        id
    }

    /// Calls made over the whole run.
    pub(crate) fn calls_made(&self) -> u32 {
        self.calls_made.get()
    }

    /// Takes what was collected since the last step.
    pub(crate) fn take(&self) -> Outgoing {
        Outgoing {
            calls: self.calls.take(),
            console: self.console.take(),
            console_dropped: self.console_dropped.take(),
            emitted: self.emitted.take(),
            warnings: self.warnings.take(),
        }
    }
}
