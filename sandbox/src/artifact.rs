//! The guest itself: pre-initialised wasm and its compiled form, both made by
//! the build script, and how the compiled form becomes a [`Module`].
//!
//! Compiled code is mapped from a file, which costs half a millisecond and no
//! memory of its own. Loading native code is only sound when it is ours, so
//! the file comes from a private folder into which only this program writes.

use std::hash::{Hash, Hasher};
use std::path::Path;

use sha2::{Digest, Sha256};
use wasmtime::{Engine, Module};

use crate::platform;

/// The guest after pre-initialisation.
const WASM: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/guest.wasm"));
/// [`WASM`], compiled for the machine that built this program.
static CODE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/guest.cwasm"));
/// SHA-256 of [`WASM`] in hexadecimal digits.
const WASM_HASH: &str = env!("RETORT_GUEST_HASH");

/// What binds snapshots to this guest: the hash of the pre-initialised wasm,
/// which is the same whatever machine compiled it.
pub(crate) fn identity() -> [u8; 32] {
    let mut identity = [0; 32];
    for (byte, digits) in identity
        .iter_mut()
        .zip(WASM_HASH.as_bytes().chunks_exact(2))
    {
        let digits = std::str::from_utf8(digits).expect("the build script writes ASCII");
        *byte = u8::from_str_radix(digits, 16).expect("the build script writes hexadecimal");
    }
    identity
}

/// The guest's code: from `cache_dir` if it is there, from this program
/// otherwise, and compiled where neither fits this processor.
pub(crate) fn load(engine: &Engine, cache_dir: Option<&Path>) -> wasmtime::Result<Module> {
    let Some(cache_dir) = cache_dir else {
        return from_bytes(engine);
    };
    if platform::private_folder(cache_dir).is_err() {
        return from_bytes(engine);
    }
    let file = cache_dir.join(format!("guest-{}.cwasm", key(engine)));
    if let Some(module) = from_file(engine, &file) {
        return Ok(module);
    }
    if platform::write_private(&file, CODE).is_ok()
        && let Some(module) = from_file(engine, &file)
    {
        return Ok(module);
    }
    // Another kind of processor than the one this program was built on.
    let module = Module::new(engine, WASM)?;
    let kept = module
        .serialize()
        .is_ok_and(|code| platform::write_private(&file, &code).is_ok());
    match from_file(engine, &file) {
        Some(mapped) if kept => Ok(mapped),
        _ => Ok(module),
    }
}

/// Names what compiled code depends on: guest, wasmtime, its settings, and the
/// processor's features.
fn key(engine: &Engine) -> String {
    struct Sink(Sha256);
    impl Hasher for Sink {
        fn finish(&self) -> u64 {
            0
        }
        fn write(&mut self, bytes: &[u8]) {
            self.0.update(bytes);
        }
    }
    let mut sink = Sink(Sha256::new());
    engine.precompile_compatibility_hash().hash(&mut sink);
    sink.0.update(WASM_HASH);
    let digest = sink.0.finalize();
    digest[..16].iter().fold(String::new(), |mut key, byte| {
        use std::fmt::Write;
        write!(key, "{byte:02x}").expect("writing to a string cannot fail");
        key
    })
}

fn from_file(engine: &Engine, path: &Path) -> Option<Module> {
    let file = platform::open_private(path).ok()?;
    // SAFETY: the file was written as a whole by this program, from code it
    // carries or compiled itself, in a folder only the current user can write.
    #[allow(unsafe_code)]
    unsafe { Module::deserialize_open_file(engine, file) }.ok()
}

fn from_bytes(engine: &Engine) -> wasmtime::Result<Module> {
    // SAFETY: the bytes are part of this program, made by its build script.
    #[allow(unsafe_code)]
    let embedded = unsafe { Module::deserialize(engine, CODE) };
    embedded.or_else(|_| Module::new(engine, WASM))
}
