//! The nested build: `guest-sdk` with its runtime, for `wasm32-wasip1`.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::compile::STACK_BYTES;

const TARGET: &str = "wasm32-wasip1";
const PACKAGE: &str = "retort-guest";
const ARTIFACT: &str = "retort_guest.wasm";
/// Set to `1` while working on the guest: links it in seconds instead of
/// minutes. Scripts run slower; never measure with it.
pub(crate) const QUICK: &str = "RETORT_QUICK_GUEST";
const QUICK_PROFILE: [&str; 3] = ["lto=false", "codegen-units=16", "incremental=true"];

/// The files the guest is made from.
pub(crate) fn sources(workspace: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = vec![
        workspace.join("Cargo.lock"),
        workspace.join("Cargo.toml"),
        workspace.join("guest-sdk/Cargo.toml"),
    ];
    let mut folders = vec![workspace.join("guest-sdk/src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Names what a build of these sources gives.
pub(crate) fn key(workspace: &Path, sources: &[PathBuf]) -> Result<String, Box<dyn Error>> {
    let compiler = Command::new(env::var("RUSTC")?).arg("-vV").output()?.stdout;
    let flags = flags()?.join(" ");
    let mut parts = vec![compiler, flags.into_bytes(), vec![u8::from(is_quick())]];
    for source in sources {
        let name = source.strip_prefix(workspace)?;
        parts.push(name.to_string_lossy().into_owned().into_bytes());
        parts.push(fs::read(source)?);
    }
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    Ok(crate::digest(&parts))
}

/// Compiles the guest in a target folder of its own.
pub(crate) fn build(workspace: &Path, target_dir: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    require_target()?;
    let mut cargo = Command::new(env::var("CARGO")?);
    for (name, _) in env::vars_os() {
        // What the outer build was told is not meant for the guest.
        let name = name.to_string_lossy();
        let of_cargo = name.starts_with("CARGO_") && name != "CARGO_HOME";
        let of_rust = name.starts_with("RUSTC") || name.starts_with("RUSTDOC");
        if (of_cargo && !is_network_setting(&name)) || of_rust || name == "RUSTFLAGS" {
            cargo.env_remove(&*name);
        }
    }
    if is_quick() {
        for setting in QUICK_PROFILE {
            cargo.arg(format!("--config=profile.guest.{setting}"));
        }
    }
    let status = cargo
        .current_dir(workspace)
        .args(["rustc", "--locked", "--package", PACKAGE, "--lib"])
        .args(["--crate-type", "cdylib", "--features", "runtime"])
        .args(["--profile", "guest", "--target", TARGET, "--target-dir"])
        .arg(target_dir)
        .env("CARGO_ENCODED_RUSTFLAGS", flags()?.join("\x1f"))
        // Not among the flags above, so that checkouts share the dependencies.
        .arg("--")
        .arg(format!("--remap-path-prefix={}=guest", workspace.display()))
        .status()?;
    if !status.success() {
        return Err("the guest does not compile".into());
    }
    Ok(fs::read(
        target_dir.join(TARGET).join("guest").join(ARTIFACT),
    )?)
}

fn is_quick() -> bool {
    env::var_os(QUICK).is_some_and(|value| value == "1")
}

fn is_network_setting(name: &str) -> bool {
    [
        "CARGO_NET_",
        "CARGO_HTTP_",
        "CARGO_REGISTRIES_",
        "CARGO_REGISTRY_",
        "CARGO_SOURCE_",
    ]
    .iter()
    .any(|prefix| name.starts_with(prefix))
}

/// A large shadow stack that lies first in memory, so that its overflow traps;
/// its pointer visible, because a snapshot holds it; no machine paths inside.
fn flags() -> Result<Vec<String>, Box<dyn Error>> {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")))
        .ok_or("no home folder")?;
    Ok(vec![
        format!("-Clink-arg=-zstack-size={STACK_BYTES}"),
        "-Clink-arg=--stack-first".to_owned(),
        "-Clink-arg=--export=__stack_pointer".to_owned(),
        "-Ctarget-feature=+simd128".to_owned(),
        format!("--remap-path-prefix={}=cargo", home.display()),
    ])
}

/// Makes sure that the standard library for the guest is there.
fn require_target() -> Result<(), Box<dyn Error>> {
    let rustc = env::var("RUSTC")?;
    let installed = || -> Result<bool, Box<dyn Error>> {
        let output = Command::new(&rustc)
            .args(["--print", "target-libdir", "--target", TARGET])
            .output()?;
        Ok(Path::new(String::from_utf8(output.stdout)?.trim()).is_dir())
    };
    if installed()? {
        return Ok(());
    }
    // The toolchain file names the target, but not every rustup adds it.
    let added = Command::new("rustup")
        .args(["target", "add", TARGET])
        .status();
    if added.is_ok_and(|status| status.success()) && installed()? {
        return Ok(());
    }
    Err(format!("the target `{TARGET}` is missing: run `rustup target add {TARGET}`").into())
}
