//! The queue of jobs, drained step by step from outside.
//!
//! Owns the order: microtasks to exhaustion, then settlements one by one, then
//! due timers one by one, with the microtasks drained after each.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use boa_engine::builtins::promise::{OperationType, Promise};
use boa_engine::context::HostHooks;
use boa_engine::job::{GenericJob, Job, JobExecutor, PromiseJob};
use boa_engine::{Context, JsObject, JsResult};

use super::builtins::dates::zone::LocalZone;
use super::builtins::memory;
use super::environment::Environment;

/// The engine's jobs, kept until they are drained.
#[derive(Default)]
pub(crate) struct Jobs {
    queue: RefCell<VecDeque<Queued>>,
}

enum Queued {
    Promise(PromiseJob),
    Generic(GenericJob),
}

impl JobExecutor for Jobs {
    fn enqueue_job(self: Rc<Self>, job: Job, _: &mut Context) {
        let queued = match job {
            Job::PromiseJob(job) => Queued::Promise(job),
            Job::GenericJob(job) => Queued::Generic(job),
            // Nothing here enqueues timers or futures, and cleanup callbacks of
            // finalization registries would make runs depend on the collector.
            _ => return,
        };
        self.queue.borrow_mut().push_back(queued);
    }

    fn run_jobs(self: Rc<Self>, context: &mut Context) -> JsResult<()> {
        loop {
            let next = self.queue.borrow_mut().pop_front();
            match next {
                Some(Queued::Promise(job)) => job.call(context)?,
                Some(Queued::Generic(job)) => job.call(context)?,
                None => break,
            };
            Environment::of(context).absences.forget();
            memory::safe_point(context);
        }
        context.clear_kept_objects();
        Ok(())
    }
}

/// Promises rejected while nobody listened, in the order they were.
#[derive(Default)]
pub(crate) struct Rejections {
    unhandled: RefCell<Vec<JsObject<Promise>>>,
}

impl Rejections {
    /// Takes the promises that nobody listens to still.
    pub(crate) fn take(&self) -> Vec<JsObject<Promise>> {
        self.unhandled.take()
    }
}

/// The engine's hooks: they track rejections.
pub(crate) struct Hooks {
    pub(crate) rejections: Rc<Rejections>,
    pub(crate) zone: Rc<LocalZone>,
}

impl HostHooks for Hooks {
    fn local_timezone_offset_seconds(&self, unix_time_seconds: i64) -> i32 {
        self.zone.offset_seconds(unix_time_seconds as f64 * 1000.0)
    }

    fn promise_rejection_tracker(
        &self,
        promise: &JsObject<Promise>,
        operation: OperationType,
        _: &mut Context,
    ) {
        let mut unhandled = self.rejections.unhandled.borrow_mut();
        match operation {
            OperationType::Reject => unhandled.push(promise.clone()),
            OperationType::Handle => unhandled.retain(|other| !JsObject::equals(other, promise)),
        }
    }
}
