//! Everything a guest can reach outside its own memory.
//!
//! There is one import of ours, `abort`. The rest are the few WASI functions
//! that Rust's standard library links against: none gives access to files,
//! networks, environment, clocks or randomness. At pre-initialisation the
//! clock and the random bytes have to answer, and answer the same in every
//! build; in a running script they must never be asked.

use retort_guest::contract::AbortKind;
use wasmtime::{Caller, Linker};

/// Why the guest ended itself.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum GuestExit {
    /// It said so through `abort`.
    #[error("guest gave up ({kind:?}): {message}")]
    Abort {
        /// What happened.
        kind: AbortKind,
        /// In the guest's words.
        message: String,
    },
    /// It called what no guest of ours has a reason to call.
    #[error("guest called `{0}`")]
    Forbidden(&'static str),
}

/// WASI's `ENOSYS`: the function exists, and does nothing.
const ENOSYS: i32 = 52;
/// WASI's `EBADF`: there is no such file.
const EBADF: i32 = 8;
/// Messages of a dying guest are cut to this many bytes.
const MESSAGE_BYTES: usize = 2_000;
const WASI: &str = "wasi_snapshot_preview1";

/// Defines the imports in `linker`.
pub(crate) fn define<T: 'static>(linker: &mut Linker<T>) -> wasmtime::Result<()> {
    linker.func_wrap("retort", "abort", abort::<T>)?;
    linker.func_wrap(WASI, "clock_time_get", clock_time_get::<T>)?;
    linker.func_wrap(WASI, "random_get", random_get::<T>)?;
    linker.func_wrap(WASI, "environ_sizes_get", environ_sizes_get::<T>)?;
    linker.func_wrap(WASI, "environ_get", |_: i32, _: i32| 0_i32)?;
    linker.func_wrap(WASI, "fd_write", |_: i32, _: i32, _: i32, _: i32| EBADF)?;
    linker.func_wrap(WASI, "sched_yield", || 0_i32)?;
    linker.func_wrap(WASI, "poll_oneoff", |_: i32, _: i32, _: i32, _: i32| ENOSYS)?;
    linker.func_wrap(WASI, "proc_exit", |_: i32| -> wasmtime::Result<()> {
        Err(wasmtime::Error::new(GuestExit::Forbidden("proc_exit")))
    })?;
    Ok(())
}

/// The guest says why it gives up, and gets no further.
fn abort<T>(mut caller: Caller<'_, T>, kind: u32, pointer: u32, len: u32) -> wasmtime::Result<()> {
    let message = memory(&mut caller)
        .and_then(|memory| {
            let start = pointer as usize;
            let end = start.checked_add((len as usize).min(MESSAGE_BYTES))?;
            memory.get(start..end)
        })
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .unwrap_or_default();
    let kind = AbortKind::from_code(kind).unwrap_or(AbortKind::Panic);
    Err(wasmtime::Error::new(GuestExit::Abort { kind, message }))
}

/// The clock of WASI stands at the epoch: scripts get theirs with each step.
fn clock_time_get<T>(mut caller: Caller<'_, T>, _clock: i32, _precision: i64, out: u32) -> i32 {
    write(&mut caller, out, &[0; 8])
}

/// Fixed bytes: they seed hash tables, whose order nothing depends on.
fn random_get<T>(mut caller: Caller<'_, T>, out: u32, len: u32) -> i32 {
    let Some(memory) = memory(&mut caller) else {
        return EBADF;
    };
    let range = (out as usize).checked_add(len as usize);
    match range.and_then(|end| memory.get_mut(out as usize..end)) {
        Some(bytes) => {
            bytes.fill(0x5a);
            0
        }
        None => EBADF,
    }
}

/// There are no variables.
fn environ_sizes_get<T>(mut caller: Caller<'_, T>, count: u32, bytes: u32) -> i32 {
    write(&mut caller, count, &[0; 4]) | write(&mut caller, bytes, &[0; 4])
}

fn write<T>(caller: &mut Caller<'_, T>, at: u32, bytes: &[u8]) -> i32 {
    let target =
        memory(caller).and_then(|memory| memory.get_mut(at as usize..)?.get_mut(..bytes.len()));
    match target {
        Some(target) => {
            target.copy_from_slice(bytes);
            0
        }
        None => EBADF,
    }
}

fn memory<'a, T>(caller: &'a mut Caller<'_, T>) -> Option<&'a mut [u8]> {
    let memory = caller.get_export("memory")?.into_memory()?;
    Some(memory.data_mut(caller))
}
