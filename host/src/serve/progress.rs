//! Waiting for an answer: progress for a client that asked for it, cancelling
//! when it no longer wants it.

use std::pin::pin;
use std::time::Duration;

use rmcp::RoleServer;
use rmcp::model::{ProgressNotificationParam, ProgressToken};
use rmcp::service::RequestContext;
use tokio::sync::watch;
use tokio::time::{Instant, interval_at, timeout};
use tokio_util::sync::CancellationToken;

use super::tools::Patience;
use crate::run::Progress;

/// Time between two notifications; clients give up after 15 s without one.
const INTERVAL: Duration = Duration::from_secs(10);
/// How long an answer waits for a notification that is being written.
const LAST_NOTIFICATION: Duration = Duration::from_secs(1);

/// What a run reports to, and where to read it, if the client gave a token.
pub(super) fn patience(
    context: &RequestContext<RoleServer>,
) -> (Patience, Option<watch::Receiver<Progress>>) {
    if context.meta.get_progress_token().is_none() {
        return (None, None);
    }
    let (sender, receiver) = watch::channel(Progress::default());
    (Some(sender), Some(receiver))
}

/// Awaits `work` for the request of `context`. A cancelled request cancels
/// `cancel`; `work` is expected to end soon after and is still awaited.
pub(super) async fn attend<T>(
    context: &RequestContext<RoleServer>,
    cancel: &CancellationToken,
    progress: Option<&watch::Receiver<Progress>>,
    work: impl Future<Output = T>,
) -> T {
    let token = context.meta.get_progress_token();
    let started = Instant::now();
    let mut ticks = interval_at(started + INTERVAL, INTERVAL);
    let mut work = pin!(work);
    loop {
        tokio::select! {
            biased;
            done = &mut work => return done,
            () = context.ct.cancelled(), if !cancel.is_cancelled() => cancel.cancel(),
            _ = ticks.tick(), if token.is_some() => {
                let Some(token) = token.clone() else { continue };
                let mut notify = pin!(notify(context, token, started.elapsed(), progress));
                tokio::select! {
                    biased;
                    () = &mut notify => {}
                    done = &mut work => {
                        // A notification must not come after the answer.
                        let _ = timeout(LAST_NOTIFICATION, notify).await;
                        return done;
                    }
                }
            }
        }
    }
}

async fn notify(
    context: &RequestContext<RoleServer>,
    token: ProgressToken,
    elapsed: Duration,
    progress: Option<&watch::Receiver<Progress>>,
) {
    let seconds = elapsed.as_secs();
    let Progress { calls, settled } = progress.map(|seen| *seen.borrow()).unwrap_or_default();
    // The number must grow with each notification; seconds do.
    let mut params = ProgressNotificationParam::new(token, seconds as f64);
    params.message = Some(if calls == 0 {
        format!("running for {seconds} s")
    } else {
        format!("running for {seconds} s, {settled} of {calls} calls done")
    });
    // A client that is gone is noticed by the connection itself.
    let _ = context.peer.notify_progress(params).await;
}
