//! An execution that is frozen and restored at every step, here or in another
//! process, ends like one that ran through: same calls, same console, same
//! outcome, same memory.

#[path = "snapshot/drive.rs"]
mod drive;
#[path = "snapshot/scripts.rs"]
mod scripts;

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use drive::{Run, Trace};
use proptest::prelude::*;
use retort_sandbox::{
    Cancel, Engine, EngineOptions, Execution, Snapshot, SnapshotError, StepState,
};

/// Tells the test binary to be the other process: its value is the order in
/// which results arrive.
const OTHER_PROCESS: &str = "RETORT_RESTORE_ORDER";

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(&EngineOptions::default()).expect("the guest loads"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn restored_at_every_step_ends_the_same(script in scripts::script(), order in any::<u64>()) {
        let through = Run::start(engine(), &script, order).finish(|execution| execution);
        let restored = Run::start(engine(), &script, order).finish(|mut execution| {
            let bytes = execution.snapshot().expect("it waits").to_bytes();
            drop(execution);
            let snapshot = Snapshot::from_bytes(&bytes).expect("its own bytes");
            Execution::restore(engine(), &snapshot, &Cancel::default()).expect("it fits")
        });
        prop_assert_eq!(&through.outcome, &restored.outcome, "{}", script);
        prop_assert_eq!(through, restored, "{}", script);
    }

    #[test]
    fn damaged_bytes_are_refused_or_restore_safely(at in any::<prop::sample::Index>(), value in any::<u8>()) {
        static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
        let bytes = BYTES.get_or_init(|| {
            let script = "const a = await t.echo({n: 1}); return a + await t.echo({n: 2});";
            let mut run = Run::start(engine(), script, 0);
            run.execution.snapshot().expect("it waits").to_bytes()
        });
        let mut bytes = bytes.clone();
        let at = at.index(bytes.len());
        bytes[at] = value;
        if let Ok(snapshot) = Snapshot::from_bytes(&bytes)
            && let Ok(mut execution) = Execution::restore(engine(), &snapshot, &Cancel::default())
        {
            // Whatever it is now, running it must not harm the host.
            let outstanding = execution.outstanding().to_vec();
            drive::settle(&mut execution, &outstanding);
        }
    }
}

#[test]
fn another_process_goes_on() {
    if let Ok(order) = std::env::var(OTHER_PROCESS) {
        be_the_other_process(order.parse().expect("a number"));
        return;
    }
    let script = scripts::everything();
    let order = 7;
    let through = Run::start(engine(), &script, order).finish(|execution| execution);
    let mut run = Run::start(engine(), &script, order);
    run.step();
    let snapshot = run.execution.snapshot().expect("it waits").to_bytes();

    let mut other = Command::new(std::env::current_exe().expect("this test is a program"))
        .args(["--exact", "another_process_goes_on", "--nocapture"])
        .env(OTHER_PROCESS, order.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts again");
    let mut stdin = other.stdin.take().expect("piped");
    stdin
        .write_all(&run.to_message(&snapshot))
        .expect("it reads");
    drop(stdin);
    let output = other.wait_with_output().expect("it ends");
    let output = String::from_utf8_lossy(&output.stdout);
    let digest = output
        .lines()
        .find_map(|line| line.split_once("trace: ").map(|(_, digest)| digest))
        .unwrap_or_else(|| panic!("no trace in {output}"));
    assert_eq!(digest, through.digest());
}

fn be_the_other_process(order: u64) {
    let (run, snapshot) = Run::from_message(&mut std::io::stdin(), order);
    let snapshot = Snapshot::from_bytes(&snapshot).expect("a snapshot");
    let execution =
        Execution::restore(engine(), &snapshot, &Cancel::default()).expect("the same guest");
    let trace: Trace = run.with(execution).finish(|execution| execution);
    // With its own line, whatever the test harness prints around it.
    let line = format!("\ntrace: {}\n", trace.digest());
    std::io::stdout()
        .write_all(line.as_bytes())
        .expect("the first process reads");
}

#[test]
fn limits_already_used_stay_used() {
    let script = "let n = 0; for (let i = 0; i < 300000; i++) n += i; await t.echo({n}); return n;";
    let mut run = Run::start(engine(), script, 0);
    let before = run.execution.usage();
    assert!(before.cpu.as_micros() > 0);
    let snapshot = run.execution.snapshot().expect("it waits");
    let restored = Execution::restore(engine(), &snapshot, &Cancel::default()).expect("it fits");
    assert!(restored.usage().cpu >= before.cpu);
    assert_eq!(restored.usage().memory_bytes, before.memory_bytes);
}

#[test]
fn a_small_script_has_a_small_snapshot() {
    let script = "const user = await t.echo({id: 1}); return user;";
    let mut run = Run::start(engine(), script, 0);
    let snapshot = run.execution.snapshot().expect("it waits");
    let bytes = snapshot.to_bytes().len();
    assert!(bytes <= 100 << 10, "{bytes} bytes");
}

#[test]
fn a_snapshot_of_another_guest_is_refused_as_such() {
    let mut run = Run::start(engine(), "await t.echo({})", 0);
    let mut bytes = run.execution.snapshot().expect("it waits").to_bytes();
    // The guest's identity follows the eight bytes that begin every snapshot.
    bytes[8] ^= 1;
    assert!(matches!(
        Snapshot::from_bytes(&bytes),
        Err(SnapshotError::OtherGuest)
    ));
}

#[test]
fn an_ended_execution_has_no_snapshot() {
    let mut run = Run::start(engine(), "return 1", 0);
    assert!(matches!(run.state, StepState::Ended(_)));
    assert!(matches!(
        run.execution.snapshot(),
        Err(SnapshotError::Ended)
    ));
}
