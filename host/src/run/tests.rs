//! Runs against the real sandbox and a server inside this process.

use retort_sandbox::contract::Value as ScriptValue;
use retort_tools::{DownstreamOptions, DownstreamServer};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};
use serde_json::json;

use super::*;

/// A server with one tool for each way a call can go.
struct Fake;

impl ServerHandler for Fake {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tool = |name: &str| -> Tool {
            serde_json::from_value(json!({"name": name, "inputSchema": {"type": "object"}}))
                .unwrap()
        };
        Ok(ListToolsResult::with_all_items(
            ["echo", "fail", "hang", "large"].map(tool).to_vec(),
        ))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        let result = match &*request.name {
            "echo" => CallToolResult::structured(arguments.into()),
            "large" => CallToolResult::success(vec![ContentBlock::text("x".repeat(3 << 20))]),
            "hang" => std::future::pending().await,
            _ => CallToolResult::error(vec![ContentBlock::text("no luck")]),
        };
        Ok(result.into())
    }
}

fn runner(limits: RunLimits) -> Runner {
    let fake = DownstreamServer::embedded("fake", || {
        let (near, far) = tokio::io::duplex(1 << 16);
        tokio::spawn(async move {
            let service = Fake.serve(tokio::io::split(far)).await.unwrap();
            let _ = service.waiting().await;
        });
        near
    });
    let downstreams = Downstreams::start_servers(vec![fake], DownstreamOptions::default());
    Runner::new(
        downstreams,
        RunnerOptions {
            limits,
            ..RunnerOptions::default()
        },
    )
}

fn request(source: &str, wall_ms: u64) -> RunRequest {
    RunRequest {
        source: source.to_owned(),
        dry_run: false,
        wall: Duration::from_millis(wall_ms),
        cancel: CancellationToken::new(),
        progress: None,
        searches: None,
    }
}

async fn run(source: &str) -> RunReport {
    runner(RunLimits::default())
        .run(request(source, 30_000))
        .await
}

fn json_of(report: &RunReport) -> &str {
    match &report.outcome {
        RunOutcome::Returned(ScriptValue::Json(json)) => json,
        other => panic!("{:.300}", format!("{other:?}")),
    }
}

/// Name and state of each call, in a word.
fn states(report: &RunReport) -> Vec<String> {
    let word = |entry: &Entry| match &entry.state {
        CallState::Done { .. } => format!("{} done", entry.name),
        CallState::Failed { code, .. } => format!("{} {code}", entry.name),
        CallState::InFlight => format!("{} in flight", entry.name),
        CallState::NotStarted => format!("{} not started", entry.name),
    };
    report.ledger.entries().iter().map(word).collect()
}

#[tokio::test]
async fn calls_settle_and_values_return() {
    let source = "const rows = await Promise.all([1, 2, 3].map(n => fake.echo({ n }))); return rows.map(row => row.n)";
    let report = run(source).await;
    assert_eq!(json_of(&report), "[1,2,3]");
    assert_eq!(states(&report), ["fake.echo done"; 3]);
    assert_eq!(report.kept, None);
}

#[tokio::test]
async fn a_failed_call_can_be_caught() {
    let report =
        run("try { await fake.fail() } catch (e) { return [e.server, e.tool, e.code, e.message] }")
            .await;
    assert_eq!(
        json_of(&report),
        r#"["fake","fail","tool_error","no luck"]"#
    );
    assert_eq!(states(&report), ["fake.fail tool_error"]);
}

#[tokio::test]
async fn what_a_failed_run_received_is_kept() {
    let runner = runner(RunLimits::default());
    let report = runner
        .run(request(
            "await fake.echo({ a: 1 }); fake.hang(); await fake.fail()",
            30_000,
        ))
        .await;
    assert!(
        matches!(&report.outcome, RunOutcome::Threw(error) if error.message.contains("no luck")),
        "{:?}",
        report.outcome
    );
    assert_eq!(
        states(&report),
        [
            "fake.echo done",
            "fake.hang in flight",
            "fake.fail tool_error"
        ]
    );
    let kept = report.kept.unwrap().to_string();
    assert_eq!(&*runner.results().get(&kept).unwrap(), r#"{"1":{"a":1}}"#);

    let again = runner
        .run(request(
            &format!("return (await results.get('{kept}'))[1].a"),
            30_000,
        ))
        .await;
    assert_eq!(json_of(&again), "1");
}

#[tokio::test]
async fn the_wall_ends_a_run_that_waits() {
    let limits = RunLimits {
        parallel_calls: 2,
        ..RunLimits::default()
    };
    let report = runner(limits)
        .run(request(
            "await Promise.all([1, 2, 3].map(() => fake.hang()))",
            1500,
        ))
        .await;
    let RunOutcome::Exceeded(reached) = report.outcome else {
        panic!("{:?}", report.outcome)
    };
    assert_eq!(
        (reached.limit, reached.allowed),
        (StoppingLimit::Wall, 1500)
    );
    assert!(reached.used >= 1500);
    assert_eq!(
        states(&report),
        [
            "fake.hang in flight",
            "fake.hang in flight",
            "fake.hang not started"
        ]
    );
}

#[tokio::test]
async fn the_wall_ends_a_run_that_computes_or_only_awaits() {
    for source in [
        "for (;;) {}",
        "for (;;) await new Promise(done => setTimeout(done, 0))",
    ] {
        let report = runner(RunLimits::default()).run(request(source, 800)).await;
        assert!(
            matches!(
                report.outcome,
                RunOutcome::Exceeded(LimitReached {
                    limit: StoppingLimit::Wall,
                    ..
                })
            ),
            "{source}: {:?}",
            report.outcome
        );
    }
}

#[tokio::test]
async fn processor_time_is_limited() {
    let limits = RunLimits {
        cpu_ms: 200,
        ..RunLimits::default()
    };
    let report = runner(limits).run(request("for (;;) {}", 20_000)).await;
    let RunOutcome::Exceeded(reached) = report.outcome else {
        panic!("{:?}", report.outcome)
    };
    assert_eq!((reached.limit, reached.allowed), (StoppingLimit::Cpu, 200));
}

#[tokio::test]
async fn cancelling_ends_a_run_at_once() {
    let runner = runner(RunLimits::default());
    for source in ["await fake.hang()", "for (;;) {}"] {
        let request = request(source, 30_000);
        let cancel = request.cancel.clone();
        let (sender, mut progress) = watch::channel(Progress::default());
        let request = RunRequest {
            progress: Some(sender),
            ..request
        };
        let running = tokio::spawn({
            let runner = runner.clone();
            async move { runner.run(request).await }
        });
        if source.contains("hang") {
            progress
                .wait_for(|progress| progress.calls == 1)
                .await
                .unwrap();
        }
        cancel.cancel();
        let report = running.await.unwrap();
        assert_eq!(report.outcome, RunOutcome::Cancelled, "{source}");
        assert!(report.wall < Duration::from_secs(10));
    }
}

#[tokio::test]
async fn runs_beyond_the_queue_are_refused() {
    let runner = runner(RunLimits {
        runs: 1,
        queued_runs: 0,
        ..RunLimits::default()
    });
    let first = request("await fake.hang()", 30_000);
    let cancel = first.cancel.clone();
    let (first, second) = tokio::join!(runner.run(first), async {
        let refused = runner.run(request("return 1", 1000)).await;
        cancel.cancel();
        refused
    });
    assert_eq!(
        second.outcome,
        RunOutcome::Busy {
            running: 1,
            queued: 0
        }
    );
    assert_eq!(first.outcome, RunOutcome::Cancelled);
    assert_eq!(
        json_of(&runner.run(request("return [2]", 30_000)).await),
        "[2]"
    );
}

#[tokio::test]
async fn a_result_too_large_for_the_memory_left_rejects_its_call_only() {
    let at_rest = run("return 1").await.usage.memory_bytes;
    let limits = RunLimits {
        memory_mib: (at_rest >> 20) as u32 + 6,
        ..RunLimits::default()
    };
    let source = "try { await fake.large() } catch (e) { return [e.code, e.server, e.tool, (await fake.echo({ a: 1 })).a] }";
    let report = runner(limits).run(request(source, 30_000)).await;
    assert_eq!(json_of(&report), r#"["result_too_large","fake","large",1]"#);
}

#[tokio::test]
async fn too_many_calls_fail_one_by_one() {
    let limits = RunLimits {
        calls: 3,
        ..RunLimits::default()
    };
    let source = "const all = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => fake.echo({ n }))); return all.map(one => one.reason?.code ?? one.value.n)";
    let report = runner(limits).run(request(source, 30_000)).await;
    assert!(
        json_of(&report).starts_with(r#"[0,1,2,"too_many_calls","#),
        "{}",
        json_of(&report)
    );
    assert_eq!(report.ledger.entries().len(), 3);
}

#[tokio::test]
async fn scripts_search_describe_and_wait() {
    let source = "const [found] = await searchTools('echo'); await new Promise(done => setTimeout(done, 20)); return [found.name, typeof await describeTools([found.name]), performance.now() >= 20]";
    assert_eq!(
        json_of(&run(source).await),
        r#"["fake.echo","string",true]"#
    );
}

#[tokio::test]
async fn a_script_that_is_sure_to_fail_calls_nothing() {
    let source = "await fake.echo({ n: 1 }); return await fake.ehco({ n: 2 })";
    let refused = run(source).await;
    assert_eq!(refused.outcome, RunOutcome::Refused);
    assert!(states(&refused).is_empty());
    assert!(refused.findings.has_errors());

    let unchecked = Runner::new(
        runner(RunLimits::default()).shared.downstreams.clone(),
        RunnerOptions {
            unchecked: true,
            ..RunnerOptions::default()
        },
    );
    let report = unchecked.run(request(source, 30_000)).await;
    assert!(matches!(report.outcome, RunOutcome::Threw(_)));
    assert_eq!(states(&report), ["fake.echo done"]);
}

#[tokio::test]
async fn a_dry_run_tells_what_the_script_can_call_and_calls_nothing() {
    let planned = |source: &'static str| async move {
        let request = RunRequest {
            dry_run: true,
            ..request(source, 30_000)
        };
        let report = runner(RunLimits::default()).run(request).await;
        assert!(states(&report).is_empty());
        match &report.outcome {
            RunOutcome::Planned(plan) => format!("{plan}\n{}", report.findings),
            other => panic!("{other:?}"),
        }
    };
    insta::assert_snapshot!(planned("const { n } = await fake.echo({ n: 1 }); return n").await, @r"
    the script can call:
    - `fake.echo` (not annotated: may write and destroy), at 1:26
    ");
    let text = planned("return await fake[pick()](fake.ehco({}))").await;
    assert!(text.contains("cannot be told: any of the"), "{text}");
    assert!(text.contains("there is no tool `fake.ehco`"), "{text}");
}
