//! The yardstick: the same script in QuickJS, native.

use std::time::Duration;

use rquickjs::{Context, Function, Runtime};

use super::median;

/// The median time of `work` over data prepared once.
pub(super) fn time(prepare: &str, work: &str, runs: usize) -> Duration {
    let runtime = Runtime::new().expect("QuickJS starts");
    let context = Context::full(&runtime).expect("QuickJS has its globals");
    context.with(|context| {
        let source = format!("{prepare}\n(() => {{ {work} }})");
        let function: Function<'_> = context.eval(source).expect("the script parses");
        median(runs, || {
            function.call::<_, f64>(()).expect("the script runs");
        })
    })
}
