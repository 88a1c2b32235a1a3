//! What differs by operating system: CPU clocks and private folders.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

/// CPU time the current thread has used.
pub(crate) fn thread_cpu_time() -> Duration {
    cpu_time::ThreadTime::now().as_duration()
}

/// Makes sure that `folder` exists and that nobody else can write to it.
///
/// # Errors
/// When it cannot be made, or belongs to or is writable by somebody else.
pub(crate) fn private_folder(folder: &Path) -> io::Result<()> {
    make_private(folder)?;
    if is_private(&std::fs::symlink_metadata(folder)?) {
        Ok(())
    } else {
        Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "the folder is not private to the current user",
        ))
    }
}

/// Opens a file that nobody else could have written.
///
/// # Errors
/// When it is missing, or belongs to or is writable by somebody else.
pub(crate) fn open_private(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    if is_private(&file.metadata()?) {
        Ok(file)
    } else {
        Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "the file is not private to the current user",
        ))
    }
}

/// Writes a file as a whole or not at all: under another name, then renamed.
///
/// Nobody else writes under that name, also not a process with the same number
/// in another container, and the bytes are on the disk before the name is:
/// half a file of native code would be worse than none.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    static WRITTEN: AtomicU32 = AtomicU32::new(0);
    let count = WRITTEN.fetch_add(1, Ordering::Relaxed);
    let time = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let process = std::process::id();
    let temporary = path.with_extension(format!("{process}-{count}-{}.tmp", time.as_nanos()));
    let mut file = create_private(&temporary)?;
    let written = file
        .write_all(bytes)
        .and_then(|()| file.sync_all())
        .and_then(|()| std::fs::rename(&temporary, path));
    if written.is_err() {
        // Nothing to add if the remains cannot be removed either.
        let _ = std::fs::remove_file(&temporary);
    }
    written
}

#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(unix)]
fn create_private(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

#[cfg(unix)]
fn is_private(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.uid() == rustix::process::geteuid().as_raw() && metadata.mode() & 0o022 == 0
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)
}

#[cfg(not(unix))]
fn create_private(path: &Path) -> io::Result<File> {
    File::create_new(path)
}

/// Folders under a user's profile are private by default on Windows.
#[cfg(not(unix))]
fn is_private(_metadata: &std::fs::Metadata) -> bool {
    true
}
