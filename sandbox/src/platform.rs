//! What differs by operating system: CPU clocks and private folders.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

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
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    let written = create_private(&temporary)
        .and_then(|mut file| file.write_all(bytes))
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
        .create(true)
        .truncate(true)
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
    File::create(path)
}

/// Folders under a user's profile are private by default on Windows.
#[cfg(not(unix))]
fn is_private(_metadata: &std::fs::Metadata) -> bool {
    true
}
