//! The sandbox alone: instances, steps and snapshots, without a process around.

use retort_sandbox::contract::{Api, Now, ServerApi, Settled, ToolApi, encode};
use retort_sandbox::{
    Cancel, Engine, EngineOptions, Execution, Instance, Limits, Script, Snapshot, Step,
};

use super::{Row, median, ms};

const RUNS: usize = 200;

pub(super) fn rows() -> Vec<Row> {
    let cache = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-code");
    let options = EngineOptions {
        cache_dir: Some(cache),
        ..EngineOptions::default()
    };
    let load = median(10, || drop(Engine::new(&options).expect("the guest loads")));
    let engine = Engine::new(&options).expect("the guest loads");
    let instance = median(RUNS, || {
        drop(
            Instance::new(&engine, &Limits::default(), &Cancel::default())
                .expect("there is an instance"),
        );
    });
    let trivial = median(RUNS, || drop(start(&engine, "return 1")));
    let waiting = "const user = await t.echo({id: 1}); return user.id;";
    let round = median(RUNS, || {
        let (mut execution, _) = start(&engine, waiting);
        answer(&mut execution);
    });
    let (mut execution, _) = start(&engine, waiting);
    let take = median(RUNS, || drop(execution.snapshot().expect("it waits")));
    let bytes = execution.snapshot().expect("it waits").to_bytes();
    let restore = median(RUNS, || {
        let snapshot = Snapshot::from_bytes(&bytes).expect("its own bytes");
        drop(Execution::restore(&engine, &snapshot, &Cancel::default()).expect("it fits"));
    });
    vec![
        Row::new("load the compiled guest", ms(load)).note("once a process"),
        Row::new("sandbox: instantiate, drop", ms(instance)),
        Row::new("sandbox: instantiate, trivial script, drop", ms(trivial)),
        Row::new("sandbox: the same with one call", ms(round)),
        Row::new("snapshot of a waiting script", ms(take))
            .note(format!("{:.1} KiB compressed", bytes.len() as f64 / 1024.0)),
        Row::new("restore it into a new instance", ms(restore)),
    ]
}

fn start(engine: &Engine, source: &str) -> (Execution, Step) {
    let api = encode(&Api {
        servers: vec![ServerApi {
            name: "t".to_owned(),
            ident: "t".to_owned(),
            tools: encode(&vec![ToolApi {
                name: "echo".to_owned(),
                ident: "echo".to_owned(),
            }]),
        }],
    });
    let script = Script {
        source,
        api: &api,
        seed: [1; 32],
        now: NOW,
        time_zone: "UTC",
    };
    Execution::start(engine, &script, &Limits::default(), &Cancel::default())
        .expect("there is an instance")
}

fn answer(execution: &mut Execution) {
    let settled = Settled {
        call: 1,
        result: Ok(r#"{"id":1}"#),
    };
    execution.resume(NOW, &[settled]);
}

const NOW: Now = Now {
    unix_ms: 1_780_000_000_000.0,
    elapsed_ms: 0.0,
};
