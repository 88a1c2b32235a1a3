//! Servers as child processes: a few lines of shell.

use super::*;

/// Answers `initialize` and `tools/list`, then runs `on_call` for every call.
fn shell(on_call: &str) -> ServerConfig {
    shell_then(on_call, "")
}

/// Like [`shell`], and runs `at_end` once its input is closed.
fn shell_then(on_call: &str, at_end: &str) -> ServerConfig {
    let script = format!(
        r#"while read -r line; do case "$line" in
        *'"initialize"'*) echo '{{"jsonrpc":"2.0","id":0,"result":{{"protocolVersion":"2025-06-18","capabilities":{{"tools":{{}}}},"serverInfo":{{"name":"sh","version":"1"}}}}}}';;
        *'"tools/list"'*) echo '{{"jsonrpc":"2.0","id":1,"result":{{"tools":[{{"name":"run","inputSchema":{{"type":"object"}}}}]}}}}';;
        *'"tools/call"'*) {on_call};;
        esac; done; {at_end}"#
    );
    ServerConfig::stdio("sh", ["-c".to_owned(), script])
}

/// The answer to the first call, with a text that the shell fills in.
fn say(text: &str) -> String {
    format!(
        r#"echo "{{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{{\"content\":[{{\"type\":\"text\",\"text\":\"{text}\"}}]}}}}""#
    )
}

fn start(config: ServerConfig) -> Downstreams {
    Downstreams::start(
        vec![("fake".to_owned(), config)],
        DownstreamOptions::default(),
    )
}

#[tokio::test]
async fn a_program_gets_its_variables_and_no_others() {
    let mut config = shell(&say("$GIVEN <$CARGO_MANIFEST_DIR> ${PATH:+path}"));
    config.env.insert("GIVEN".to_owned(), "given".to_owned());
    let downstreams = start(config);
    assert_eq!(
        call(&downstreams, "run", "").await.unwrap(),
        "\"given <> path\""
    );
    downstreams.shutdown(SECOND).await;
}

#[tokio::test]
async fn the_reason_of_a_failure_holds_the_last_words_without_secrets() {
    let mut config = ServerConfig::stdio("sh", ["-c", "echo \"bad token $TOKEN\" >&2; exit 3"]);
    config.env.insert("TOKEN".to_owned(), "s3cret".to_owned());
    let downstreams = start(config);
    downstreams.wait_ready(None, 10 * SECOND).await;
    let state = downstreams.catalog().servers()[0].state.to_string();
    assert!(
        state.contains("exit status: 3") && state.contains("bad token [redacted]"),
        "{state}"
    );

    // In what it answers, too.
    let refusal = r#"{\"jsonrpc\":\"2.0\",\"id\":0,\"error\":{\"code\":-1,\"message\":\"bad token $TOKEN\"}}"#;
    let script = format!("while read -r line; do echo \"{refusal}\"; done");
    let mut config = ServerConfig::stdio("sh", ["-c".to_owned(), script]);
    config.env.insert("TOKEN".to_owned(), "s3cret".to_owned());
    let downstreams = start(config);
    downstreams.wait_ready(None, 20 * SECOND).await;
    let state = downstreams.catalog().servers()[0].state.to_string();
    assert!(state.contains("bad token [redacted]"), "{state}");

    let downstreams = start(ServerConfig::stdio("no-such-program-anywhere", [""; 0]));
    downstreams.wait_ready(None, 10 * SECOND).await;
    let state = downstreams.catalog().servers()[0].state.to_string();
    assert!(
        state.contains("`no-such-program-anywhere` cannot be started"),
        "{state}"
    );
}

#[tokio::test]
async fn a_program_that_exits_in_mid_call_says_how() {
    let downstreams = start(shell("echo giving up >&2; exit 4"));
    let error = call(&downstreams, "run", "").await.unwrap_err();
    assert_eq!(error.code, CallErrorCode::ServerExited);
    assert!(
        error.message.contains("exit status: 4") && error.message.contains("giving up"),
        "{}",
        error.message
    );
}

#[tokio::test]
async fn nothing_of_a_program_is_left_after_shutdown() {
    let config = shell(&format!("sleep 1000 & {}", say("$! $$")));
    let downstreams = start(config);
    let value = call(&downstreams, "run", "").await.unwrap();
    let pids: Vec<String> = value
        .trim_matches('"')
        .split(' ')
        .map(str::to_owned)
        .collect();
    assert_eq!(pids.len(), 2);
    downstreams.shutdown(SECOND / 10).await;
    let alive = |pid: &String| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        !(stat.is_empty() || stat.contains(") Z "))
    };
    // The kernel carries out a kill when the process would run next.
    let gone = async {
        while pids.iter().any(alive) {
            tokio::time::sleep(SECOND / 100).await;
        }
    };
    assert!(tokio::time::timeout(10 * SECOND, gone).await.is_ok());
}

#[tokio::test]
async fn a_program_has_its_grace_to_finish_and_one_that_does_not_is_killed() {
    let file = std::env::temp_dir().join(format!("retort-grace-{}", std::process::id()));
    let mut config = shell_then(&say("$$"), "echo bye >&2; echo done > \"$MARK\"");
    config
        .env
        .insert("MARK".to_owned(), file.to_string_lossy().into_owned());
    let downstreams = start(config);
    call(&downstreams, "run", "").await.unwrap();
    downstreams.shutdown(20 * SECOND).await;
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    let _ = std::fs::remove_file(&file);
    assert_eq!(written, "done\n");

    let downstreams = start(shell_then(&say("$$"), "trap '' TERM; while :; do :; done"));
    call(&downstreams, "run", "").await.unwrap();
    let began = Instant::now();
    downstreams.shutdown(SECOND / 10).await;
    assert!(began.elapsed() < 10 * SECOND);
}

#[tokio::test]
async fn a_missing_folder_is_named() {
    let config = ServerConfig {
        cwd: Some("/no/such/folder".into()),
        ..shell("")
    };
    let downstreams = start(config);
    downstreams.wait_ready(None, 10 * SECOND).await;
    let state = downstreams.catalog().servers()[0].state.to_string();
    assert!(
        state.contains("there is no folder `/no/such/folder`"),
        "{state}"
    );
}
