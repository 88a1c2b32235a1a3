//! What a command says when it fails: a message, perhaps a hint, an exit code.
//!
//! Everything a person sees on a terminal goes through [`Failure`]. What an MCP
//! client sees is made elsewhere (`serve`, `render`).

use std::fmt;
use std::io::Write;
use std::process::ExitCode;

/// Why a command ended without doing what it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong; empty when everything has been said already.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The exit code of the process.
    pub code: u8,
}

impl Failure {
    /// The command ran, and what it ran failed: exit code 1, nothing more to say.
    pub const REPORTED: Self = Self {
        message: String::new(),
        hint: None,
        code: 1,
    };

    /// A failure with exit code 2: the command could not do its work.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
            code: 2,
        }
    }

    /// The same with advice.
    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// Writes it to standard error and gives the exit code.
    pub fn report(&self) -> ExitCode {
        if !self.message.is_empty() {
            // With standard error gone there is nobody left to tell.
            let _ = write!(std::io::stderr().lock(), "{self}");
        }
        ExitCode::from(self.code)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.message)?;
        match &self.hint {
            Some(hint) => writeln!(f, "hint: {hint}"),
            None => Ok(()),
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::new(format!("{error:#}"))
    }
}

#[cfg(test)]
mod tests {
    use super::Failure;

    #[test]
    fn hint_stands_on_its_own_line() {
        let failure = Failure::new("`x.json` does not exist").with_hint("create it");
        assert_eq!(
            failure.to_string(),
            "error: `x.json` does not exist\nhint: create it\n"
        );
    }
}
