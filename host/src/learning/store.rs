//! The file with what was learned for one configuration.
//!
//! It lies in the user's state folder and is readable by nobody else. A write adds to what
//! is there by then, under a lock, and replaces the file whole; a file that is no such
//! thing is set aside.

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use retort_tools::observed;
use retort_tools::search::learned;
use retort_tools::{Learned, Observed};
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::platform;

/// The format written.
const VERSION: u64 = 1;
/// Longest file read.
const BYTES: usize = learned::BYTES + observed::BYTES + 1_000;
/// How long another process may hold the lock.
const LOCKED: Duration = Duration::from_secs(2);
/// How often is looked whether it still does.
const RETRY: Duration = Duration::from_millis(10);

/// The place of what was learned for one configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Store {
    file: PathBuf,
}

/// What is in the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Stored {
    pub(crate) learned: Learned,
    pub(crate) observed: Observed,
}

/// By what a file is known to be the same as before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    modified: Option<SystemTime>,
    bytes: u64,
}

/// Why a file is not what was written.
#[derive(Debug)]
struct Unsound(String);

impl fmt::Display for Unsound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Deserialize)]
struct Parts<'a> {
    version: u64,
    #[serde(borrow)]
    search: &'a RawValue,
    #[serde(borrow)]
    shapes: &'a RawValue,
}

impl Store {
    /// The place for the configuration in `config`, below the folder `state`. Two ways
    /// of naming one file are one place. `None` where there is no such file.
    pub(crate) fn of(config: &Path, state: &Path) -> Option<Self> {
        let config = config.canonicalize().ok()?;
        let hash = Sha256::digest(config.as_os_str().as_encoded_bytes());
        let name: String = hash[..16]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let file = state.join("learned").join(format!("{name}.json"));
        Some(Self { file })
    }

    /// Where it lies, whether or not it is there.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// What is in the file; nothing where there is none, or none that is sound.
    pub(crate) fn read(&self) -> Stored {
        let (stored, unsound) = self.read_sound();
        if let Some(reason) = unsound {
            tracing::warn!(file = %self.file.display(), %reason, "what was learned cannot be read");
        }
        stored
    }

    /// Changes what is in the file, whatever other processes do. Gives what is there
    /// then, with its stamp.
    ///
    /// # Errors
    /// The folder cannot be written, or another process holds the lock.
    pub(crate) fn update(
        &self,
        change: impl FnOnce(&mut Stored),
    ) -> io::Result<(Stored, Option<Stamp>)> {
        let folder = self.file.parent().unwrap_or(Path::new("."));
        platform::create_private_folder(folder)?;
        let _lock = self.lock()?;
        let (mut stored, unsound) = self.read_sound();
        if let Some(reason) = unsound {
            let aside = self.set_aside();
            fs::rename(&self.file, &aside)?;
            tracing::warn!(file = %aside.display(), %reason, "what was learned cannot be read and is set aside");
        }
        change(&mut stored);
        // A temporary file is readable by its owner only, and stays so.
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        writeln!(
            new,
            r#"{{"version":{VERSION},"search":{},"shapes":{}}}"#,
            stored.learned.to_json(),
            stored.observed.to_json()
        )?;
        new.as_file().sync_all()?;
        new.persist(&self.file)?;
        Ok((stored, self.stamp()))
    }

    /// Removes what was set aside because it could not be read.
    ///
    /// # Errors
    /// It is there, and cannot be removed.
    pub(crate) fn remove_set_aside(&self) -> io::Result<()> {
        match fs::remove_file(self.set_aside()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn set_aside(&self) -> PathBuf {
        self.file.with_extension("json.broken")
    }

    pub(super) fn stamp(&self) -> Option<Stamp> {
        let metadata = fs::metadata(&self.file).ok()?;
        Some(Stamp {
            modified: metadata.modified().ok(),
            bytes: metadata.len(),
        })
    }

    /// Waits for other processes. The lock ends with the file that is returned.
    fn lock(&self) -> io::Result<File> {
        let path = self.file.with_extension("lock");
        let mut options = File::options();
        let lock = options
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)?;
        let until = Instant::now() + LOCKED;
        loop {
            match lock.try_lock() {
                Err(TryLockError::WouldBlock) if Instant::now() < until => {
                    std::thread::sleep(RETRY);
                }
                Err(TryLockError::WouldBlock) => {
                    let message = "another process holds the lock";
                    return Err(io::Error::new(io::ErrorKind::WouldBlock, message));
                }
                // A file system without locks is better than nothing.
                Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => {
                    return Err(error);
                }
                _ => return Ok(lock),
            }
        }
    }

    /// As much of the file as is sound, and what is wrong with the rest.
    fn read_sound(&self) -> (Stored, Option<Unsound>) {
        let text = match self.text() {
            Ok(Some(text)) => text,
            Ok(None) => return (Stored::default(), None),
            Err(error) => return (Stored::default(), Some(Unsound(error.to_string()))),
        };
        let mut stored = Stored::default();
        let mut unsound = None;
        match serde_json::from_str::<Parts<'_>>(&text) {
            Ok(parts) if parts.version == VERSION => {
                match Learned::from_json(parts.search.get()) {
                    Ok(learned) => stored.learned = learned,
                    Err(error) => unsound = Some(Unsound(error.to_string())),
                }
                match Observed::from_json(parts.shapes.get()) {
                    Ok(observed) => stored.observed = observed,
                    Err(error) => {
                        unsound.get_or_insert(Unsound(error.to_string()));
                    }
                }
            }
            Ok(parts) => unsound = Some(Unsound(format!("its version is {}", parts.version))),
            Err(error) => unsound = Some(Unsound(error.to_string())),
        }
        (stored, unsound)
    }

    fn text(&self) -> io::Result<Option<String>> {
        let odd = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
        match fs::metadata(&self.file) {
            Ok(metadata) if !metadata.is_file() => return Err(odd("it is no file")),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        }
        let mut bytes = Vec::new();
        let file = File::open(&self.file)?;
        file.take(BYTES as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > BYTES {
            return Err(odd("it is too large"));
        }
        let text = String::from_utf8(bytes).map_err(|_| odd("it is no text"))?;
        Ok(Some(text))
    }
}
