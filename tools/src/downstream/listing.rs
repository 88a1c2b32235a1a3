//! Asks a server for its tools, page by page, and takes each one for itself: a malformed one is
//! left out with a line in the log and does not cost the others. rmcp's own listing is not used: it
//! fails as a whole, and answers errors from a cache. Start at [`list`].

use std::time::Duration;

use rmcp::model::{ClientRequest, ListToolsRequest, PaginatedRequestParams};
use rmcp::service::{Peer, PeerRequestOptions, RoleClient, ServiceError};
use serde_json::value::RawValue;

use super::answer::{Refusal, from_stand_in};
use super::message::shortened;
use crate::definition::ToolDefinition;
use crate::raw_object::RawObject;
use crate::server_config::ServerConfig;

/// A server that goes on beyond these is not asked further.
const MOST_PAGES: usize = 200;
const MOST_TOOLS: usize = 10_000;
const MOST_BYTES: usize = 32 * 1024 * 1024;
/// How much memory the definitions may take, which can be many times their text.
const MOST_MEMORY: usize = 96 * 1024 * 1024;

/// How long a server may take for one page.
const PAGE_TIMEOUT: Duration = Duration::from_mins(1);

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
pub(super) enum ListError {
    #[error("it closed the connection when asked for its tools")]
    Closed,
    #[error("it does not answer when asked for its tools")]
    Silent,
    #[error("it does not list its tools: {0}")]
    Refused(String),
    #[error("its list of tools is malformed")]
    Malformed,
}

/// One page of the list, its tools still text.
struct Page<'a> {
    tools: Vec<&'a RawValue>,
    next: Next,
}

/// Whether the list goes on.
enum Next {
    No,
    At(String),
    /// The server says where in a way that cannot be sent back.
    Unreadable,
}

/// All tools of a server that its block offers. `declared` says whether it claims to have any.
pub(super) async fn list(
    peer: &Peer<RoleClient>,
    server: &str,
    config: &ServerConfig,
    declared: bool,
) -> Result<Vec<ToolDefinition>, ListError> {
    let mut tools = Vec::new();
    let mut cursor: Option<String> = None;
    let mut bytes = 0;
    let mut memory = 0;
    let (mut left_out, mut first_reason) = (0_u32, None);
    for page_number in 0..MOST_PAGES {
        let text = match ask(peer, cursor.clone()).await {
            Ok(text) => text,
            Err(ListError::Refused(_)) if page_number == 0 && !declared => break,
            Err(error) if page_number == 0 => return Err(error),
            Err(error) => {
                tracing::warn!(target: "downstream", server, "the list of tools is incomplete: {error}");
                break;
            }
        };
        let page = match page(&text) {
            Some(page) => page,
            None if page_number == 0 => return Err(ListError::Malformed),
            None => {
                tracing::warn!(target: "downstream", server, "the list of tools is incomplete: a further page is malformed");
                break;
            }
        };
        bytes += text.len();
        for raw in &page.tools {
            if tools.len() == MOST_TOOLS || memory > MOST_MEMORY {
                break;
            }
            match ToolDefinition::from_text(raw.get()) {
                Ok(tool) if config.offers(&tool.name) => {
                    memory += tool.memory();
                    tools.push(tool);
                }
                Ok(_) => {}
                Err(why) => {
                    left_out += 1;
                    first_reason.get_or_insert(why);
                }
            }
        }
        if tools.len() == MOST_TOOLS || bytes >= MOST_BYTES || memory > MOST_MEMORY {
            tracing::warn!(target: "downstream", server, tools = tools.len(), "the list of tools is too long; the rest is left out");
            break;
        }
        cursor = match page.next {
            Next::At(next) if cursor.as_ref() != Some(&next) => Some(next),
            Next::At(_) | Next::No => break,
            Next::Unreadable => {
                tracing::warn!(target: "downstream", server, "the list of tools is incomplete: its `nextCursor` is not a string");
                break;
            }
        };
    }
    if let Some(why) = first_reason {
        tracing::warn!(target: "downstream", server, left_out, "left out malformed tools, the first because {why}");
    }
    Ok(tools)
}

async fn ask(peer: &Peer<RoleClient>, cursor: Option<String>) -> Result<String, ListError> {
    let request = match cursor {
        Some(cursor) => ListToolsRequest::with_param(
            PaginatedRequestParams::default().with_cursor(Some(cursor)),
        ),
        None => ListToolsRequest::default(),
    };
    let result = peer
        .send_request_with_option(
            ClientRequest::ListToolsRequest(request),
            PeerRequestOptions::with_timeout(PAGE_TIMEOUT),
        )
        .await
        .map_err(|_| ListError::Closed)?
        .await_response()
        .await
        .map_err(|error| match error {
            ServiceError::Timeout { .. } => ListError::Silent,
            _ => ListError::Closed,
        })?;
    from_stand_in(result).map_err(|refusal| {
        ListError::Refused(match refusal {
            Refusal::Error { code, message, .. } => {
                format!("{} (error {code})", shortened(&message, 500))
            }
            Refusal::TooLarge { bytes, allowed } => {
                format!("the answer has {bytes} bytes, {allowed} are allowed")
            }
            Refusal::Unreadable { why } => why,
        })
    })
}

/// `None` where there is no list of tools.
fn page(text: &str) -> Option<Page<'_>> {
    let members = RawObject::read(text)?;
    let tools = serde_json::from_str(members.get("tools")?.get()).ok()?;
    let next = match members.get("nextCursor") {
        None => Next::No,
        Some(raw) => match serde_json::from_str::<String>(raw.get()) {
            Ok(next) if next.is_empty() => Next::No,
            Ok(next) => Next::At(next),
            Err(_) => Next::Unreadable,
        },
    };
    Some(Page { tools, next })
}
