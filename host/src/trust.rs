//! Which `./retort.json` files a person has agreed to.
//!
//! A config file starts commands; one that came with a checkout was written by
//! somebody else. It counts only after its path and hash were recorded here by
//! a person on a terminal. Any change to the file asks again.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The record of trusted files, kept in the user's state folder.
#[derive(Debug, Clone)]
pub(crate) struct TrustStore {
    path: PathBuf,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Record {
    /// Absolute path → SHA-256 of the bytes agreed to, in hexadecimal.
    #[serde(default)]
    files: BTreeMap<String, String>,
}

impl TrustStore {
    /// The store in `state`, which need not exist.
    pub(crate) fn in_folder(state: &Path) -> Self {
        Self {
            path: state.join("trusted.json"),
        }
    }

    /// Whether exactly these bytes at this path were agreed to. A record that
    /// cannot be read trusts nothing.
    pub(crate) fn trusts(&self, file: &Path, bytes: &[u8]) -> bool {
        let Some(key) = key(file) else { return false };
        let record = self.read().unwrap_or_default();
        record
            .files
            .get(&key)
            .is_some_and(|hash| *hash == hash_of(bytes))
    }

    /// Records that these bytes at this path are agreed to.
    ///
    /// # Errors
    /// The file has no absolute path in Unicode, or the store cannot be read or
    /// written.
    pub(crate) fn record(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        let key = key(file).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidInput, "the path is not valid Unicode")
        })?;
        let mut record = self.read()?;
        record.files.insert(key, hash_of(bytes));
        let folder = self.path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        // A temporary file is readable by its owner only, and stays so.
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut new, &record)?;
        new.write_all(b"\n")?;
        new.as_file().sync_all()?;
        new.persist(&self.path)?;
        Ok(())
    }

    fn read(&self) -> io::Result<Record> {
        match std::fs::read(&self.path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Record::default()),
            Err(error) => Err(error),
        }
    }
}

fn key(file: &Path) -> Option<String> {
    let absolute = file.canonicalize().ok()?;
    absolute.to_str().map(str::to_owned)
}

fn hash_of(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

#[cfg(test)]
mod tests {
    use super::TrustStore;

    #[test]
    fn trust_is_for_a_path_and_its_bytes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = TrustStore::in_folder(&folder.path().join("state"));
        let file = folder.path().join("retort.json");
        let other = folder.path().join("other.json");
        std::fs::write(&file, "{}").expect("writable");
        std::fs::write(&other, "{}").expect("writable");

        assert!(!store.trusts(&file, b"{}"));
        store.record(&file, b"{}").expect("recorded");
        assert!(store.trusts(&file, b"{}"));
        assert!(!store.trusts(&file, b"{ }"));
        assert!(!store.trusts(&other, b"{}"));
    }

    #[test]
    fn broken_record_trusts_nothing_and_is_not_overwritten() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = TrustStore::in_folder(folder.path());
        let file = folder.path().join("retort.json");
        std::fs::write(&file, "{}").expect("writable");
        std::fs::write(folder.path().join("trusted.json"), "garbage").expect("writable");

        assert!(!store.trusts(&file, b"{}"));
        assert!(store.record(&file, b"{}").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn record_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = TrustStore::in_folder(folder.path());
        let file = folder.path().join("retort.json");
        std::fs::write(&file, "{}").expect("writable");
        store.record(&file, b"{}").expect("recorded");
        let mode = std::fs::metadata(folder.path().join("trusted.json"))
            .expect("there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
