//! What a script said beside its value, within bounds of the host's own: the
//! guest counts too, but it is not trusted to.

use retort_sandbox::contract::ConsoleLine;

use super::RunLimits;
use super::report::Bytes;

/// Warnings kept; more are only counted.
const WARNINGS: usize = 20;
/// Bytes of one warning.
const WARNING_BYTES: usize = 1000;
/// What a line or a block counts beside its text, so that empty ones are bounded too.
const ENTRY_BYTES: usize = 1;
/// The guest cuts the line that fills the console and says so behind the cut.
const CUT_MARK_BYTES: usize = 64;

/// What a script printed and emitted, and what went wrong beside its outcome.
#[derive(Debug, Clone, Default)]
pub struct Transcript {
    /// What it printed.
    pub console: Vec<ConsoleLine>,
    /// Console lines beyond the limit.
    pub console_dropped: u64,
    /// JSON text of the content blocks it emitted.
    pub emitted: Vec<String>,
    /// What went wrong beside the outcome, one sentence each.
    pub warnings: Vec<String>,
    /// Warnings beyond those.
    pub warnings_dropped: u64,
    console_bytes: usize,
    emitted_bytes: usize,
}

impl Transcript {
    pub(super) fn print(&mut self, lines: Vec<ConsoleLine>, dropped: u32, limits: &RunLimits) {
        self.console_dropped += u64::from(dropped);
        for mut line in lines {
            let left = (limits.console_bytes as usize).saturating_sub(self.console_bytes);
            if left == 0 {
                self.console_dropped += 1;
                continue;
            }
            let kept = line.text.floor_char_boundary(left + CUT_MARK_BYTES);
            line.text.truncate(kept);
            self.console_bytes += kept + ENTRY_BYTES;
            self.console.push(line);
        }
    }

    pub(super) fn emit(&mut self, blocks: Vec<String>, limits: &RunLimits) {
        for block in blocks {
            if self.emitted_bytes + block.len() > limits.emitted_bytes as usize {
                let size = Bytes(block.len() as u64);
                let allowed = Bytes(u64::from(limits.emitted_bytes));
                self.warn(format!(
                    "`emit`: a block of {size} was dropped, {allowed} are allowed for a run"
                ));
            } else {
                self.emitted_bytes += block.len() + ENTRY_BYTES;
                self.emitted.push(block);
            }
        }
    }

    pub(super) fn warn(&mut self, mut warning: String) {
        if self.warnings.len() < WARNINGS {
            warning.truncate(warning.floor_char_boundary(WARNING_BYTES));
            self.warnings.push(warning);
        } else {
            self.warnings_dropped += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use retort_sandbox::contract::ConsoleLevel;

    use super::*;

    #[test]
    fn what_is_over_the_bounds_is_counted() {
        let limits = RunLimits {
            console_bytes: 10,
            emitted_bytes: 10,
            ..RunLimits::default()
        };
        let mut transcript = Transcript::default();
        let line = |text: &str| ConsoleLine {
            level: ConsoleLevel::Log,
            text: text.to_owned(),
        };
        let long = "9".repeat(1000);
        transcript.print(vec![line("12345678"), line(&long), line("1")], 2, &limits);
        assert_eq!(
            (transcript.console.len(), transcript.console_dropped),
            (2, 3)
        );
        assert_eq!(transcript.console[1].text.len(), 1 + CUT_MARK_BYTES);
        let mut empty = Transcript::default();
        empty.print(vec![line(""); 1000], 0, &limits);
        assert_eq!(empty.console.len(), 10);

        transcript.emit(
            vec!["{\"a\":1}".to_owned(), "{\"b\":2}".to_owned()],
            &limits,
        );
        assert_eq!(transcript.emitted, ["{\"a\":1}"]);
        insta::assert_snapshot!(transcript.warnings[0], @"`emit`: a block of 7 bytes was dropped, 10 bytes are allowed for a run");

        for _ in 0..30 {
            transcript.warn("ü".repeat(1000));
        }
        assert_eq!(
            (transcript.warnings.len(), transcript.warnings_dropped),
            (WARNINGS, 11)
        );
        assert_eq!(transcript.warnings[1].len(), WARNING_BYTES);
    }
}
