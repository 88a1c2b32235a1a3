//! Every example runs and shows what it says.

use std::process::Command;

fn shown(program: &str) -> String {
    let output = Command::new(program).output().expect("it starts");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn step_takes_results_in_any_order() {
    let shown = shown(env!("CARGO_BIN_EXE_step"));
    assert!(shown.starts_with("call 2: "), "{shown}");
    assert!(
        shown.contains("Paris is 11 degrees warmer than Oslo"),
        "{shown}"
    );
}

#[test]
fn freeze_goes_on_where_it_was() {
    let shown = shown(env!("CARGO_BIN_EXE_freeze"));
    assert!(shown.contains("frozen in "), "{shown}");
    assert!(shown.contains("yes after 2 visits"), "{shown}");
}

#[test]
fn typescript_shows_three_levels() {
    let shown = shown(env!("CARGO_BIN_EXE_typescript"));
    assert_eq!(shown.matches("list_issues").count(), 3, "{shown}");
    assert!(shown.contains("Closed ones only on request"), "{shown}");
}
