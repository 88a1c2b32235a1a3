//! What a run may use. Every limit has a default, every one can be configured,
//! none can be switched off.

use std::time::Duration;

use retort_sandbox::contract::GuestLimits;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Limits of every run, as they stand in the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct RunLimits {
    /// Bytes of source text.
    #[schemars(range(min = 1))]
    pub source_bytes: u32,
    /// Nesting of the source and of JSON.
    #[schemars(range(min = 1))]
    pub nesting: u32,
    /// Depth of JavaScript calls.
    #[schemars(range(min = 1))]
    pub recursion: u32,
    /// Memory of one script, in MiB. Reserved, and used only as it is touched.
    #[schemars(range(min = 64, max = 4096))]
    pub memory_mib: u32,
    /// Milliseconds of processor time of one script; waiting does not count.
    #[schemars(range(min = 1))]
    pub cpu_ms: u64,
    /// Milliseconds from request to answer.
    #[schemars(range(min = 1))]
    pub wall_ms: u64,
    /// The same where the client asked for progress and so keeps waiting.
    #[schemars(range(min = 1))]
    pub wall_with_progress_ms: u64,
    /// Milliseconds a call may take, where its server sets no other limit;
    /// queueing does not count.
    #[schemars(range(min = 1))]
    pub call_ms: u64,
    /// Milliseconds a script waits for servers that are still starting.
    #[schemars(range(min = 1))]
    pub server_start_ms: u64,
    /// Calls of one run.
    #[schemars(range(min = 1))]
    pub calls: u32,
    /// Calls of one run at the same time.
    #[schemars(range(min = 1, max = 1024))]
    pub parallel_calls: u32,
    /// Bytes of one call's arguments.
    #[schemars(range(min = 1))]
    pub argument_bytes: u32,
    /// Bytes of one call's result.
    #[schemars(range(min = 1))]
    pub result_bytes: u32,
    /// Bytes of one run's console.
    #[schemars(range(min = 1))]
    pub console_bytes: u32,
    /// Bytes of the returned value, before it is cut for the client.
    #[schemars(range(min = 1))]
    pub value_bytes: u32,
    /// Bytes of content blocks given to `emit` in one run.
    #[schemars(range(min = 1))]
    pub emitted_bytes: u32,
    /// Characters of text in an answer.
    #[schemars(range(min = 1000))]
    pub answer_characters: u32,
    /// Timers of one script that wait at the same time.
    #[schemars(range(min = 1))]
    pub timers: u32,
    /// Runs at the same time.
    #[schemars(range(min = 1, max = 256))]
    pub runs: u32,
    /// Runs that wait for their turn; more are refused.
    #[schemars(range(min = 0))]
    pub queued_runs: u32,
}

impl Default for RunLimits {
    fn default() -> Self {
        let guest = GuestLimits::default();
        Self {
            source_bytes: guest.source_bytes,
            nesting: guest.nesting,
            recursion: guest.recursion,
            memory_mib: 256,
            cpu_ms: 10_000,
            wall_ms: 50_000,
            wall_with_progress_ms: 300_000,
            call_ms: 60_000,
            server_start_ms: 30_000,
            calls: guest.calls,
            parallel_calls: 64,
            argument_bytes: guest.argument_bytes,
            result_bytes: 8 << 20,
            console_bytes: guest.console_bytes,
            value_bytes: guest.value_bytes,
            emitted_bytes: 8 << 20,
            answer_characters: 10_000,
            timers: guest.timers,
            runs: 16,
            queued_runs: 64,
        }
    }
}

impl RunLimits {
    /// Time from request to answer.
    pub fn wall(&self, with_progress: bool) -> Duration {
        Duration::from_millis(if with_progress {
            self.wall_with_progress_ms
        } else {
            self.wall_ms
        })
    }

    /// What the sandbox enforces.
    pub fn sandbox(&self) -> retort_sandbox::Limits {
        retort_sandbox::Limits {
            memory_bytes: u64::from(self.memory_mib) << 20,
            cpu: Duration::from_millis(self.cpu_ms),
            guest: GuestLimits {
                source_bytes: self.source_bytes,
                nesting: self.nesting,
                recursion: self.recursion,
                calls: self.calls,
                argument_bytes: self.argument_bytes,
                console_bytes: self.console_bytes,
                value_bytes: self.value_bytes,
                emitted_bytes: self.emitted_bytes,
                timers: self.timers,
            },
        }
    }
}
