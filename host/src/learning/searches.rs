//! What one client searched for lately, so that a call can be told to follow on a search.
//!
//! In memory only, and gone with the connection.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use retort_tools::SearchAnswer;
use tokio::time::Instant;

/// Searches remembered.
const SEARCHES: usize = 8;
/// A call later than this follows on something else.
const RECENT: Duration = Duration::from_mins(10);
/// Tools one search can have led to, unless it names more steps.
const TOOLS: usize = 3;
/// Most of a query that is remembered, in bytes.
const QUERY_BYTES: usize = 4_000;

/// The last searches of one client.
#[derive(Debug, Default)]
pub struct Searches(Mutex<VecDeque<Search>>);

#[derive(Debug)]
struct Search {
    query: String,
    at: Instant,
    /// The tools shown that were not called yet, each as server and name.
    shown: Vec<(String, String)>,
    /// Those that were.
    called: Vec<(String, String)>,
    /// How many that may be.
    most: usize,
}

impl Searches {
    /// Remembers a search with its rows.
    pub fn asked(&self, query: &str, answer: &SearchAnswer) {
        let query = query.trim();
        if query.is_empty() || answer.rows.is_empty() {
            return;
        }
        let rows = answer.rows.iter();
        let search = Search {
            query: query[..query.floor_char_boundary(QUERY_BYTES)].to_owned(),
            at: Instant::now(),
            shown: rows
                .map(|row| (row.server.clone(), row.tool.clone()))
                .collect(),
            called: Vec::new(),
            most: answer.steps.len().max(TOOLS),
        };
        let mut searches = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if searches.len() == SEARCHES {
            searches.pop_front();
        }
        searches.push_back(search);
    }

    /// The query that led to a call of this tool, if one did: the latest that showed it.
    /// A search leads to a tool once.
    pub(super) fn led_to(&self, server: &str, tool: &str) -> Option<String> {
        let is_tool = |known: &(String, String)| known.0 == server && known.1 == tool;
        let mut searches = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for search in searches.iter_mut().rev() {
            if search.at.elapsed() > RECENT || search.called.iter().any(is_tool) {
                return None;
            }
            let Some(row) = search.shown.iter().position(is_tool) else {
                continue;
            };
            if search.called.len() == search.most {
                return None;
            }
            let row = search.shown.swap_remove(row);
            search.called.push(row);
            return Some(search.query.clone());
        }
        None
    }
}
