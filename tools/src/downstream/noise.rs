//! Says in the log that a server writes what nobody can use, at a bounded rate and without
//! repeating its contents.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

/// How many lines are reported before the rest of the period is only counted.
const REPORTED_IN_A_PERIOD: u32 = 5;
const PERIOD: Duration = Duration::from_mins(1);

/// The count of one connection.
pub(super) struct Noise {
    server: Arc<str>,
    since: Instant,
    count: u32,
}

impl Noise {
    pub(super) fn new(server: Arc<str>) -> Self {
        Noise {
            server,
            since: Instant::now(),
            count: 0,
        }
    }

    /// Reports a line that was skipped.
    pub(super) fn report(&mut self, why: &str, bytes: u64) {
        if self.since.elapsed() >= PERIOD {
            if self.count > REPORTED_IN_A_PERIOD {
                let more = self.count - REPORTED_IN_A_PERIOD;
                tracing::info!(target: "downstream", server = %self.server, more, "skipped more lines of the server");
            }
            (self.since, self.count) = (Instant::now(), 0);
        }
        self.count = self.count.saturating_add(1);
        if self.count <= REPORTED_IN_A_PERIOD {
            tracing::info!(target: "downstream", server = %self.server, bytes, "skipped a line of the server: {why}");
        }
    }
}
