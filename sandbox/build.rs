//! Makes the guest: compiles it to WebAssembly, pre-initialises it, checks its
//! shape, and compiles that ahead of time for this machine.
//!
//! Each product is kept in the target folder under the hash of what it is made
//! from, so that profiles and checkouts which share the folder share the work.

#![allow(
    clippy::print_stdout,
    reason = "this is how a build script speaks to cargo"
)]

#[path = "src/compile.rs"]
mod compile;
#[path = "build/guest.rs"]
mod guest;
#[path = "src/imports.rs"]
mod imports;
#[path = "build/preinit.rs"]
mod preinit;
#[path = "build/shape.rs"]
mod shape;

use std::error::Error;
use std::fmt::Write;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

/// What decides, beside the guest and the versions in the lock file, how an
/// initialised guest looks.
const INITIALISED_BY: &str = concat!(
    include_str!("build/preinit.rs"),
    include_str!("src/imports.rs"),
    include_str!("src/compile.rs"),
);

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let workspace = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?)
        .parent()
        .ok_or("this crate lies in a workspace")?
        .to_owned();
    // <target>/<profile>/build/<package>/out
    let store = out
        .ancestors()
        .nth(4)
        .ok_or("cargo's output folder lies in its target folder")?
        .join("guest");
    fs::create_dir_all(&store)?;

    let sources = guest::sources(&workspace)?;
    for source in &sources {
        println!("cargo::rerun-if-changed={}", source.display());
    }
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed={}", guest::QUICK);

    let source_key = guest::key(&workspace, &sources)?;
    let wasm = product(&store, &format!("{source_key}.wasm"), || {
        guest::build(&workspace, &store.join("target"))
    })?;
    let engine = wasmtime::Engine::new(&compile::config())?;
    let init_key = digest(&[source_key.as_bytes(), &wasm, INITIALISED_BY.as_bytes()]);
    let initialised = product(&store, &format!("{init_key}.init.wasm"), || {
        preinit::preinitialise(&engine, &wasm)
    })?;
    // Also of what lay there already: the check may be newer.
    shape::check(&initialised)?;
    let identity = digest(&[&initialised]);
    let mut settings = HashBytes(Vec::new());
    engine.precompile_compatibility_hash().hash(&mut settings);
    let code_key = digest(&[identity.as_bytes(), &settings.0]);
    let code = product(&store, &format!("{code_key}.cwasm"), || {
        Ok(engine.precompile_module(&initialised)?)
    })?;

    fs::write(out.join("guest.raw.wasm"), wasm)?;
    fs::write(out.join("guest.wasm"), initialised)?;
    fs::write(out.join("guest.cwasm"), code)?;
    println!("cargo::rustc-env=RETORT_GUEST_HASH={identity}");
    Ok(())
}

/// A file of the store, made if it is not there yet.
fn product(
    store: &Path,
    name: &str,
    make: impl FnOnce() -> Result<Vec<u8>, Box<dyn Error>>,
) -> Result<Vec<u8>, Box<dyn Error>> {
    let path = store.join(name);
    if let Ok(bytes) = fs::read(&path) {
        return Ok(bytes);
    }
    let bytes = make()?;
    let temporary = store.join(format!("{name}.{}.tmp", std::process::id()));
    fs::write(&temporary, &bytes)?;
    fs::rename(&temporary, &path)?;
    Ok(bytes)
}

/// SHA-256 over the parts, each with its length, in hexadecimal digits.
fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let mut digits = String::new();
    for byte in hash.finalize() {
        write!(digits, "{byte:02x}").expect("writing to a string cannot fail");
    }
    digits
}

/// Collects what is hashed, byte for byte.
struct HashBytes(Vec<u8>);

impl Hasher for HashBytes {
    fn finish(&self) -> u64 {
        0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
}
