//! Keeps a `subscriptions/listen` stream open: from 2026-07-28 a server tells of changed tools only
//! on one. The notification itself is taken off the wire before rmcp sees it.

use std::sync::Arc;
use std::time::Duration;

use rmcp::model::SubscriptionFilter;
use rmcp::service::{Peer, RoleClient, SubscriptionEnd};
use tokio::sync::Notify;

/// A stream that ended is opened again after this, but only so many times in a row.
const PAUSE: Duration = Duration::from_secs(5);
const MOST_ATTEMPTS: u32 = 5;
/// A stream that lasted this long ended for a reason of its own.
const LASTING: Duration = Duration::from_mins(1);

/// Listens for changed tools until the server is gone or does not want to tell.
pub(super) async fn keep(peer: Peer<RoleClient>, server: Arc<str>, tools_changed: Arc<Notify>) {
    if !tells_of_changes(&peer) {
        return;
    }
    let filter = SubscriptionFilter::builder().tools_list_changed().build();
    let mut attempts = 0;
    while attempts < MOST_ATTEMPTS && !peer.is_transport_closed() {
        let began = tokio::time::Instant::now();
        match peer.listen(filter.clone()).await {
            Ok(mut stream) => {
                if attempts > 0 {
                    // What changed while nobody listened.
                    tools_changed.notify_one();
                }
                while let Ok(Some(_)) = stream.next().await {}
                if stream.end() == Some(&SubscriptionEnd::Abrupt) && peer.is_transport_closed() {
                    return;
                }
            }
            Err(error) => {
                tracing::debug!(target: "downstream", server = %server, %error, "no stream of changes");
            }
        }
        attempts = if began.elapsed() >= LASTING {
            1
        } else {
            attempts + 1
        };
        tokio::time::sleep(PAUSE).await;
    }
}

fn tells_of_changes(peer: &Peer<RoleClient>) -> bool {
    peer.peer_info()
        .and_then(|info| info.capabilities.tools.as_ref()?.list_changed)
        .unwrap_or(false)
}
