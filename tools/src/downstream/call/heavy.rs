//! Work on much JSON text: away from the async threads, and little of it at once. Start at
//! [`Heavy::run`].

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::{Failure, shutting_down};
use crate::downstream::CallErrorCode;

/// How much is done at once: decoded JSON takes up to forty times the room of its text.
const AT_ONCE: usize = 2;

/// Room for such work, shared by all calls.
pub(in crate::downstream) struct Heavy(Arc<Semaphore>);

impl Heavy {
    pub(in crate::downstream) fn new() -> Heavy {
        Heavy(Arc::new(Semaphore::new(AT_ONCE)))
    }

    /// Does the work on a thread that may block.
    ///
    /// # Cancel safety
    /// Work that has begun goes on when the future is dropped, and keeps its room until it is done.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let permit = self.0.clone().acquire_owned().await;
        let permit = permit.map_err(|_| shutting_down())?;
        let worked = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        worked.await.map_err(|error| {
            if error.is_panic() {
                let message = "the call failed inside Retort; please report this";
                Failure::new(CallErrorCode::Internal, message)
            } else {
                shutting_down()
            }
        })
    }
}
