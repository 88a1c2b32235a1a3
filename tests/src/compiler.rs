//! The TypeScript compiler, asked what it does not accept.

use std::path::Path;

use crate::judge;

/// One error of the compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// The file's name.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// `TS2322: …`.
    pub what: String,
}

/// Runs `tsc` in a folder with these arguments. `Err` says why there is none.
///
/// # Panics
/// Where it neither accepts the files nor says what is wrong with them.
pub fn compile(folder: &Path, arguments: &[&str]) -> Result<Vec<Complaint>, String> {
    let output = judge::tsc()?
        .args(["--noEmit", "--pretty", "false"])
        .args(arguments)
        .current_dir(folder)
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
