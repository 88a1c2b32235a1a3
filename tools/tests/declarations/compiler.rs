//! Runs `tsc` over files and says what it does not accept.

use std::fs;
use std::path::{Path, PathBuf};

use crate::judge;

/// One error of the compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// The file's name.
    pub(crate) file: String,
    /// Counted from 1.
    pub(crate) line: usize,
    /// `error TS…`.
    pub(crate) what: String,
}

/// Compiles the files (name and text) together, in strict mode and beside these
/// libraries. `Err` says why there is no compiler.
pub(crate) fn compile(
    folder: &str,
    files: &[(&str, &str)],
    libraries: &str,
) -> Result<Vec<Complaint>, String> {
    let mut tsc = judge::tsc()?;
    let folder = scratch(folder);
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    let output = tsc
        .args(["--strict", "--noEmit", "--pretty", "false", "--types", ""])
        .args(["--target", "es2023", "--lib", libraries])
        .args(files.iter().map(|(name, _)| name))
        .current_dir(&folder)
        .output()
        .map_err(|error| format!("`tsc` does not start: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let complaints: Vec<Complaint> = text.lines().filter_map(complaint).collect();
    assert!(
        output.status.success() == complaints.is_empty(),
        "tsc ended with {}:\n{text}{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(complaints)
}

/// `file(line,column): error TS…: …`; what follows on further lines belongs to it.
fn complaint(line: &str) -> Option<Complaint> {
    let (place, what) = line.split_once("): error ")?;
    let (file, place) = place.rsplit_once('(')?;
    let (line, _) = place.split_once(',')?;
    Some(Complaint {
        file: file.to_owned(),
        line: line.parse().ok()?,
        what: what.to_owned(),
    })
}

fn scratch(folder: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}
