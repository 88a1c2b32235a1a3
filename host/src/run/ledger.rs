//! What became of each call of a run, kept while it runs so that nothing is
//! lost when it fails.
//!
//! Owns the states of calls and, up to a bound, the results received. Start at
//! [`Ledger`].

use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use retort_sandbox::contract::{Call, CallError, Position, Target};

/// Characters of a call's arguments that are kept for the reader.
const ARGUMENTS_SHOWN: usize = 120;
/// What a result takes beside itself among those kept: `"4294967295":` and a comma.
const KEY_BYTES: usize = 14;

/// The calls of one run, in the order the script made them.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    /// Bytes of the text of [`Self::received_json`], and how many there may be.
    kept_bytes: usize,
    keep_bytes: usize,
}

/// One call.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Counts from 1 within the run.
    pub id: u32,
    /// `server.tool`, or the global that was called.
    pub name: String,
    /// The start of the arguments, as JSON.
    pub arguments: String,
    /// Where in the source.
    pub position: Option<Position>,
    /// What became of it.
    pub state: CallState,
    /// From sending to settling, or to the end of the run; zero if it never left.
    pub took: Duration,
    target: Target,
    sent: Option<Instant>,
    result: Option<Arc<str>>,
}

/// What became of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallState {
    /// It never left: the run ended while it waited for its turn.
    NotStarted,
    /// It was under way when the run ended: it may have happened.
    InFlight,
    /// It returned.
    Done {
        /// Bytes of the result, as JSON.
        bytes: usize,
    },
    /// It failed, or was refused before it was sent.
    Failed {
        /// As the script sees it.
        code: String,
        /// For the reader.
        message: String,
    },
}

impl Ledger {
    /// An empty ledger; what it keeps of results is at most `keep_bytes` as one JSON text.
    pub(crate) fn new(keep_bytes: usize) -> Self {
        Self {
            keep_bytes,
            // The braces.
            kept_bytes: 2,
            ..Self::default()
        }
    }

    /// The calls, in the order the script made them.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Calls that have not settled.
    pub fn unsettled(&self) -> impl Iterator<Item = &Entry> {
        self.entries
            .iter()
            .filter(|entry| matches!(entry.state, CallState::NotStarted | CallState::InFlight))
    }

    /// Calls of tools that returned a value, with the value as JSON text where it was kept.
    pub fn received(&self) -> impl Iterator<Item = (u32, Option<&str>)> {
        self.entries
            .iter()
            .filter(|entry| entry.is_tool() && matches!(entry.state, CallState::Done { .. }))
            .map(|entry| (entry.id, entry.result.as_deref()))
    }

    /// The results received, as the text of a JSON object keyed by call id.
    /// `None` if none was kept.
    pub fn received_json(&self) -> Option<String> {
        let mut json = String::new();
        for (id, result) in self.received() {
            let Some(result) = result else { continue };
            json.push(if json.is_empty() { '{' } else { ',' });
            let _ = write!(json, "\"{id}\":{result}");
        }
        (!json.is_empty()).then(|| json + "}")
    }

    /// An error of this call, which names what was called.
    pub(crate) fn error_of(&self, id: u32, code: &str, what: &str) -> Box<CallError> {
        let entry = self.entries.iter().find(|entry| entry.id == id);
        let (server, tool) = match entry.map(|entry| &entry.target) {
            Some(Target::Tool { server, tool }) => (server.clone(), tool.clone()),
            Some(other) => (String::new(), target_name(other)),
            None => (String::new(), String::new()),
        };
        let name = entry.map_or("a call", |entry| &entry.name);
        Box::new(CallError {
            server,
            tool,
            code: code.to_owned(),
            message: format!("the result of `{name}` {what}"),
            content: None,
            retryable: false,
        })
    }

    /// Notes a call the script made; `false` if its id was used before.
    pub(crate) fn made(&mut self, call: &Call) -> bool {
        if self.entries.last().is_some_and(|last| last.id >= call.id) {
            return false;
        }
        self.entries.push(Entry {
            id: call.id,
            name: target_name(&call.target),
            arguments: call.arguments.chars().take(ARGUMENTS_SHOWN).collect(),
            position: call.position,
            state: CallState::NotStarted,
            took: Duration::ZERO,
            target: call.target.clone(),
            sent: None,
            result: None,
        });
        true
    }

    pub(crate) fn sent(&mut self, id: u32, now: Instant) {
        if let Some(entry) = self.entry(id) {
            entry.state = CallState::InFlight;
            entry.sent = Some(now);
        }
    }

    pub(crate) fn settled(
        &mut self,
        id: u32,
        result: &Result<Arc<str>, Box<CallError>>,
        now: Instant,
    ) {
        let room = self.keep_bytes.saturating_sub(self.kept_bytes);
        let Some(entry) = self.entry(id) else { return };
        entry.close(now);
        match result {
            Ok(value) => {
                entry.state = CallState::Done { bytes: value.len() };
                let bytes = value.len() + KEY_BYTES;
                if entry.is_tool() && bytes <= room {
                    entry.result = Some(Arc::clone(value));
                    self.kept_bytes += bytes;
                }
            }
            Err(error) => {
                let message = error.message.chars().take(300).collect();
                entry.state = CallState::Failed {
                    code: error.code.clone(),
                    message,
                };
            }
        }
    }

    /// The run is over: what is in flight was so until `now`.
    pub(crate) fn ended(&mut self, now: Instant) {
        for entry in self
            .entries
            .iter_mut()
            .filter(|entry| entry.state == CallState::InFlight)
        {
            entry.close(now);
        }
    }

    /// Ids grow but need not be consecutive.
    fn entry(&mut self, id: u32) -> Option<&mut Entry> {
        let index = self
            .entries
            .binary_search_by_key(&id, |entry| entry.id)
            .ok()?;
        self.entries.get_mut(index)
    }
}

impl Entry {
    /// What other calls give, a script gets again for nothing.
    fn is_tool(&self) -> bool {
        matches!(self.target, Target::Tool { .. })
    }

    fn close(&mut self, now: Instant) {
        self.took = self
            .sent
            .map_or(Duration::ZERO, |sent| now.saturating_duration_since(sent));
    }
}

/// What is called, as the script would write it.
fn target_name(target: &Target) -> String {
    match target {
        Target::Tool { server, tool } => format!("{server}.{tool}"),
        Target::SearchTools => "searchTools".to_owned(),
        Target::DescribeTools => "describeTools".to_owned(),
        Target::StoredResult => "results.get".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(id: u32) -> Call {
        let target = Target::Tool {
            server: "shop".to_owned(),
            tool: "list-orders".to_owned(),
        };
        Call {
            id,
            target,
            arguments: "{}".to_owned(),
            position: None,
        }
    }

    fn failure(code: &str) -> Box<CallError> {
        Box::new(CallError {
            server: "shop".to_owned(),
            tool: "list-orders".to_owned(),
            code: code.to_owned(),
            message: "no".to_owned(),
            content: None,
            retryable: false,
        })
    }

    #[test]
    fn each_call_ends_in_its_own_state() {
        let mut ledger = Ledger::new(100);
        let start = Instant::now();
        for id in [1, 2, 5, 9] {
            assert!(ledger.made(&call(id)));
        }
        assert!(!ledger.made(&call(5)), "an id comes once");
        for id in [1, 2, 5] {
            ledger.sent(id, start);
        }
        let later = start + Duration::from_millis(30);
        ledger.settled(1, &Ok("[1]".into()), later);
        ledger.settled(5, &Err(failure("timeout")), later);
        ledger.settled(77, &Ok("[1]".into()), later);

        ledger.ended(start + Duration::from_millis(50));

        let states: Vec<_> = ledger
            .entries()
            .iter()
            .map(|entry| entry.state.clone())
            .collect();
        assert_eq!(
            states,
            [
                CallState::Done { bytes: 3 },
                CallState::InFlight,
                CallState::Failed {
                    code: "timeout".to_owned(),
                    message: "no".to_owned()
                },
                CallState::NotStarted,
            ]
        );
        let took: Vec<_> = ledger
            .entries()
            .iter()
            .map(|entry| entry.took.as_millis())
            .collect();
        assert_eq!(took, [30, 50, 30, 0]);
        assert_eq!(
            ledger.unsettled().map(|entry| entry.id).collect::<Vec<_>>(),
            [2, 9]
        );
        assert_eq!(ledger.entries()[0].name, "shop.list-orders");
    }

    #[test]
    fn results_of_tools_are_kept_up_to_the_bound() {
        let bound = 2 + 2 * KEY_BYTES + 8;
        let mut ledger = Ledger::new(bound);
        for (id, value) in [(1, "[1,2,3]"), (2, "[4,5,6]"), (3, "7")] {
            ledger.made(&call(id));
            ledger.settled(id, &Ok(value.into()), Instant::now());
        }
        let target = Target::StoredResult;
        ledger.made(&Call { target, ..call(4) });
        ledger.settled(4, &Ok("8".into()), Instant::now());
        assert_eq!(
            ledger.received().collect::<Vec<_>>(),
            [(1, Some("[1,2,3]")), (2, None), (3, Some("7"))]
        );
        let json = ledger.received_json().unwrap();
        assert_eq!(json, r#"{"1":[1,2,3],"3":7}"#);
        assert!(json.len() <= bound);
        assert_eq!(Ledger::new(10).received_json(), None);
    }
}
