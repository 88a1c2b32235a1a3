//! The command line: how the server is to behave from the start.

use std::path::PathBuf;
use std::time::Duration;

/// Which protocol eras the server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Era {
    /// `initialize` only; other methods before it are errors.
    Legacy,
    /// `server/discover` only.
    Modern,
    /// Whichever the client opens with.
    Both,
    /// `initialize` only; other methods before it are not answered at all.
    LegacySilent,
}

/// How the process starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    /// As it should.
    Sound,
    /// It exits at once with an error.
    Dies,
    /// It reads everything and answers nothing.
    Silent,
}

/// Everything the command line can say.
#[derive(Debug, Clone)]
pub(crate) struct Flags {
    /// Wait this long before reading anything.
    pub(crate) slow_start: Duration,
    /// Whether it starts well.
    pub(crate) opening: Opening,
    /// Put malformed entries between the sound ones of `tools/list`.
    pub(crate) malformed_tools: bool,
    /// Offer the tools that misbehave.
    pub(crate) rude: bool,
    /// Generated tools, for tests of scale.
    pub(crate) extra_tools: usize,
    /// Tools per page of `tools/list`; 0 is all on one.
    pub(crate) page: usize,
    /// Protocol eras.
    pub(crate) era: Era,
    /// Server instructions.
    pub(crate) instructions: Option<String>,
    /// A file that defines the tools, in the place of all others.
    pub(crate) tools: Option<PathBuf>,
}

impl Flags {
    /// Reads flags; an unknown one is an error, so that a misspelt test fails.
    pub(crate) fn parse(mut args: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut flags = Self {
            slow_start: Duration::ZERO,
            opening: Opening::Sound,
            malformed_tools: false,
            rude: false,
            extra_tools: 0,
            page: 0,
            era: Era::Both,
            instructions: None,
            tools: None,
        };
        while let Some(flag) = args.next() {
            let mut value = || args.next().ok_or_else(|| format!("`{flag}` needs a value"));
            match flag.as_str() {
                "--slow-start-ms" => {
                    flags.slow_start = Duration::from_millis(number(&value()?)? as u64);
                }
                "--die-at-start" => flags.opening = Opening::Dies,
                "--never-answer" => flags.opening = Opening::Silent,
                "--malformed-tools" => flags.malformed_tools = true,
                "--rude" => flags.rude = true,
                "--extra-tools" => flags.extra_tools = number(&value()?)?,
                "--page" => flags.page = number(&value()?)?,
                "--tools" => flags.tools = Some(value()?.into()),
                "--instructions" => flags.instructions = Some(value()?),
                "--era" => {
                    flags.era = match value()?.as_str() {
                        "legacy" => Era::Legacy,
                        "modern" => Era::Modern,
                        "both" => Era::Both,
                        "legacy-silent" => Era::LegacySilent,
                        other => return Err(format!("unknown era `{other}`")),
                    }
                }
                other => return Err(format!("unknown flag `{other}`")),
            }
        }
        Ok(flags)
    }
}

fn number(text: &str) -> Result<usize, String> {
    text.parse()
        .map_err(|_| format!("`{text}` is not a number"))
}
