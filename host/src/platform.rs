//! What differs between operating systems: folders, terminals, signals, memory.
//!
//! The rest of the program asks here and contains no `cfg(unix)`.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
use std::ffi::c_int;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

/// The folders of the current user that belong to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Folders {
    /// Where `retort.json` lies.
    pub(crate) config: PathBuf,
    /// What the program remembers: trusted files, what was learned from use.
    pub(crate) state: PathBuf,
    /// What can be made again: compiled code.
    pub(crate) cache: PathBuf,
}

/// Finds the folders; `None` where the user has no home.
pub(crate) fn folders() -> Option<Folders> {
    let base = etcetera::choose_base_strategy().ok()?;
    let ours = |folder: PathBuf| folder.join("retort");
    Some(Folders {
        config: ours(base.config_dir()),
        state: ours(base.state_dir().unwrap_or_else(|| base.data_dir())),
        cache: ours(base.cache_dir()),
    })
}

/// Makes a folder, and those it lies in, that nobody else can look into.
///
/// # Errors
/// It is not there and cannot be made.
pub(crate) fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Whether a person types into standard input.
pub(crate) fn stdin_is_terminal() -> bool {
    io::stdin().is_terminal()
}

/// Whether a person reads standard error.
pub(crate) fn stderr_is_terminal() -> bool {
    io::stderr().is_terminal()
}

/// Makes large blocks go back to the system when they are freed. Left alone, GNU's
/// C library takes the first ones as a sign that it should keep such blocks, and
/// a few results of some MiB stay resident for good.
pub(crate) fn give_back_large_blocks() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        const TRIM_THRESHOLD: c_int = -1;
        const MMAP_THRESHOLD: c_int = -3;
        const LARGE: c_int = 1 << 20;
        #[expect(unsafe_code, reason = "the C library is asked directly")]
        // SAFETY: this is the function's signature; it takes any two numbers.
        unsafe extern "C" {
            safe fn mallopt(parameter: c_int, value: c_int) -> c_int;
        }
        // Nothing depends on it: where it is refused, more stays resident.
        let _ = (
            mallopt(MMAP_THRESHOLD, LARGE),
            mallopt(TRIM_THRESHOLD, LARGE),
        );
    }
}

/// Resolves at the first request to stop the process: interrupt, terminate or
/// hang-up.
///
/// # Cancel safety
/// A dropped future forgets a request that came in the meantime.
pub(crate) async fn stop_requested() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let stream = |kind| signal(kind).ok();
        let mut streams = [
            SignalKind::interrupt(),
            SignalKind::terminate(),
            SignalKind::hangup(),
        ]
        .map(stream);
        let [interrupt, terminate, hangup] = &mut streams;
        tokio::select! {
            () = received(interrupt) => {}
            () = received(terminate) => {}
            () = received(hangup) => {}
        }
    }
    #[cfg(not(unix))]
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

#[cfg(unix)]
async fn received(stream: &mut Option<tokio::signal::unix::Signal>) {
    match stream {
        Some(stream) => {
            stream.recv().await;
        }
        None => std::future::pending().await,
    }
}
