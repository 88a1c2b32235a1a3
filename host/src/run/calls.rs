//! The calls of one run that have not settled: some under way, the rest in
//! order behind them.
//!
//! Downstream tools are called through the gate of `retort_tools`, which
//! checks and limits every call; what a script asks about tools and kept
//! results is answered here.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use retort_sandbox::contract::{Call, CallError, Target};
use retort_tools::{
    CallOutput, CallRequest, Catalog, Detail, Differences, Downstreams, SearchQuery, ToolRef,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::task::{Id, JoinError, JoinSet};
use tokio_util::sync::CancellationToken;

use super::Shared;
use super::guest::{CallResult, Settlement};
use super::ledger::Ledger;
use crate::learning::{Lessons, Searches};

/// Surprises of one run that are told.
const SURPRISES: usize = 5;

/// Unsettled calls. Dropping it aborts those under way.
pub(super) struct Calls {
    desk: Arc<Desk>,
    parallel: usize,
    waiting: VecDeque<Call>,
    under_way: JoinSet<CallResult>,
    ids: HashMap<Id, u32>,
}

/// What calls are answered from: the same catalogue for the whole run.
struct Desk {
    shared: Arc<Shared>,
    asked: Asked,
    cancel: CancellationToken,
    surprises: Mutex<Vec<String>>,
}

/// Who runs a script, and what they could know when it began.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) catalog: Arc<Catalog>,
    /// What was learned by then.
    pub(super) lessons: Option<Lessons>,
    /// What the client searched for lately; `None` for who is no agent.
    pub(super) searches: Option<Arc<Searches>>,
}

impl Calls {
    pub(super) fn new(shared: Arc<Shared>, asked: Asked, cancel: CancellationToken) -> Self {
        let parallel = shared.options.limits.parallel_calls as usize;
        Self {
            desk: Arc::new(Desk {
                shared,
                asked,
                cancel,
                surprises: Mutex::default(),
            }),
            parallel,
            waiting: VecDeque::new(),
            under_way: JoinSet::new(),
            ids: HashMap::new(),
        }
    }

    /// Puts a call behind those that wait.
    pub(super) fn push(&mut self, call: Call) {
        self.waiting.push_back(call);
    }

    /// Nothing is under way and nothing waits.
    pub(super) fn is_idle(&self) -> bool {
        self.under_way.is_empty() && self.waiting.is_empty()
    }

    /// Something has been sent and has not settled.
    pub(super) fn are_under_way(&self) -> bool {
        !self.under_way.is_empty()
    }

    /// Sends as many calls as may be under way.
    pub(super) fn dispatch(&mut self, ledger: &mut Ledger) {
        while self.under_way.len() < self.parallel {
            let Some(call) = self.waiting.pop_front() else {
                break;
            };
            ledger.sent(call.id, Instant::now());
            let id = call.id;
            let desk = Arc::clone(&self.desk);
            let task = match call.target {
                Target::Tool { server, tool } => self
                    .under_way
                    .spawn(async move { desk.call_tool(server, tool, call.arguments).await }),
                // Searching builds the index the first time.
                target => self
                    .under_way
                    .spawn_blocking(move || desk.look_up(&target, &call.arguments)),
            };
            self.ids.insert(task.id(), id);
        }
    }

    /// Waits for a call under way to settle; forever if there is none.
    ///
    /// # Cancel safety
    /// Nothing is lost.
    pub(super) async fn settled(&mut self) -> Settlement {
        loop {
            match self.under_way.join_next_with_id().await {
                Some(joined) => {
                    if let Some(settlement) = self.settlement(joined) {
                        return settlement;
                    }
                }
                None => std::future::pending().await,
            }
        }
    }

    /// A call that has settled already.
    pub(super) fn try_settled(&mut self) -> Option<Settlement> {
        let joined = self.under_way.try_join_next_with_id()?;
        self.settlement(joined)
    }

    /// What was unlike all results before, one sentence each.
    pub(super) fn surprises(&self) -> Vec<String> {
        std::mem::take(&mut *self.desk.surprises())
    }

    /// Withdraws all calls. They settle before their run ends, so far as they heed being cancelled.
    pub(super) fn cancel(&self) {
        self.desk.cancel.cancel();
    }

    fn settlement(&mut self, joined: Result<(Id, CallResult), JoinError>) -> Option<Settlement> {
        let (task, result) = match joined {
            Ok(joined) => joined,
            Err(error) => {
                tracing::error!(%error, "a call ended without a result");
                (
                    error.id(),
                    Err(own_error(
                        "",
                        "internal",
                        "the call failed inside retort".to_owned(),
                    )),
                )
            }
        };
        Some((self.ids.remove(&task)?, result))
    }
}

impl Desk {
    async fn call_tool(&self, server: String, tool: String, arguments: String) -> CallResult {
        let downstreams: &Downstreams = &self.shared.downstreams;
        let request = CallRequest {
            server,
            tool,
            arguments,
            timeout: None,
            cancel: self.cancel.clone(),
            max_result_bytes: self.shared.options.limits.result_bytes as usize,
            max_result_depth: self.shared.options.limits.nesting as usize,
        };
        match downstreams.call(request).await {
            Ok(output) => {
                self.learn(&output);
                Ok(output.value.into())
            }
            Err(error) => Err(Box::new(CallError {
                server: error.server,
                tool: error.tool,
                code: error.code.as_str().to_owned(),
                message: error.message,
                content: error.content,
                retryable: error.retryable,
            })),
        }
    }

    fn learn(&self, output: &CallOutput) {
        let Asked {
            catalog,
            lessons,
            searches,
        } = &self.asked;
        let learning = &self.shared.options.learning;
        let differences = learning.called(output, searches.as_deref(), lessons.as_ref());
        let Some(differences) = differences.filter(|_| searches.is_some()) else {
            return;
        };
        let mut surprises = self.surprises();
        if surprises.len() < SURPRISES {
            surprises.push(surprise(catalog, output, &differences));
        }
    }

    fn surprises(&self) -> MutexGuard<'_, Vec<String>> {
        self.surprises
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn look_up(&self, target: &Target, arguments: &str) -> CallResult {
        match target {
            Target::SearchTools => self.search(arguments),
            Target::DescribeTools => self.describe(arguments),
            Target::StoredResult => self.stored(arguments),
            Target::Tool { .. } => Err(own_error(
                "",
                "internal",
                "a tool is not looked up".to_owned(),
            )),
        }
    }

    /// An array of `{name, summary}`, best first.
    fn search(&self, arguments: &str) -> CallResult {
        let query: SearchQuery = parse("searchTools", arguments)?;
        let lessons = self.shared.options.learning.lessons();
        let options = lessons.as_ref().map(Lessons::for_search);
        let catalog = &self.asked.catalog;
        let answer = catalog.search_with(&query, options.unwrap_or_default());
        if let Some(searches) = &self.asked.searches {
            searches.asked(&query.query, &answer);
        }
        let rows: Vec<_> = answer
            .rows
            .iter()
            .map(|row| serde_json::json!({"name": format!("{}.{}", row.server, row.tool), "summary": row.summary}))
            .collect();
        Ok(serde_json::Value::Array(rows).to_string().into())
    }

    /// The declarations, as a string.
    fn describe(&self, arguments: &str) -> CallResult {
        #[derive(Deserialize)]
        struct Arguments {
            tools: Vec<String>,
            detail: Option<Detail>,
        }
        let Arguments { tools, detail } = parse("describeTools", arguments)?;
        let lessons = self.shared.options.learning.lessons();
        let observed = lessons.as_ref().map(|lessons| &lessons.observed);
        let detail = detail.unwrap_or(Detail::Brief);
        let catalog = &self.asked.catalog;
        let text = catalog.describe_with(&tools, detail, observed);
        Ok(serde_json::Value::String(text).to_string().into())
    }

    fn stored(&self, arguments: &str) -> CallResult {
        #[derive(Deserialize)]
        struct Arguments {
            id: String,
        }
        let Arguments { id } = parse("results.get", arguments)?;
        let found = self.shared.results.get(&id);
        found.map_err(|error| own_error("results.get", "unknown_result", error.to_string()))
    }
}

/// Says that a result differs from what its tool always returned.
pub(crate) fn surprise(
    catalog: &Catalog,
    output: &CallOutput,
    differences: &Differences,
) -> String {
    let tool = catalog.tool(&output.server, &output.tool);
    let path = tool.map_or_else(|_| output.tool.clone(), ToolRef::path);
    format!("the result of `{path}` is unlike all before: {differences}")
}

fn parse<T: DeserializeOwned>(global: &str, arguments: &str) -> Result<T, Box<CallError>> {
    serde_json::from_str(arguments)
        .map_err(|error| own_error(global, "invalid_arguments", error.to_string()))
}

/// An error of a call that reaches no server.
pub(super) fn own_error(global: &str, code: &str, message: String) -> Box<CallError> {
    Box::new(CallError {
        server: String::new(),
        tool: global.to_owned(),
        code: code.to_owned(),
        message: if global.is_empty() {
            message
        } else {
            format!("`{global}`: {message}")
        },
        content: None,
        retryable: false,
    })
}
