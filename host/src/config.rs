//! `retort.json`: finding it, reading it, saying what is wrong with it.
//!
//! Start at [`Config::load`]. A file comes from `--config`, from
//! `RETORT_CONFIG`, from a trusted `./retort.json` or from the user's config
//! folder, the first of these that is there. Nothing here starts anything.

mod file;
mod servers;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use retort_tools::ServerConfig;

pub use self::file::{ConfigError, ConfigFile, schema};
pub(crate) use self::file::{listed, nearest};
use crate::failure::Failure;
use crate::platform::{self, Folders};
use crate::run::RunLimits;
use crate::trust::TrustStore;

/// The name of the file, wherever it lies.
pub const FILE_NAME: &str = "retort.json";
/// More than this is no config file.
const MAX_FILE_BYTES: u64 = 4 << 20;

/// A config file as understood.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The file it came from; `None` when there is none.
    pub path: Option<PathBuf>,
    /// The servers to start, in the order of the file.
    pub servers: Vec<(String, ServerConfig)>,
    /// Limits of runs.
    pub limits: RunLimits,
    /// IANA name of the time zone scripts live in.
    pub time_zone: Option<String>,
    /// Whether scripts run without being compared with the tools first.
    pub unchecked: bool,
    /// Whether nothing is learned from use.
    pub no_learning: bool,
    /// What a person should know; one sentence each.
    pub warnings: Vec<String>,
}

impl Config {
    /// Finds and reads the config of this process. No file at all is a config
    /// without servers.
    ///
    /// # Errors
    /// A [`Failure`] when a file that was asked for is missing, or one that
    /// counts cannot be read or has mistakes in it.
    pub fn load(explicit: Option<&Path>) -> Result<Self, Failure> {
        let folders = platform::folders();
        let explicit = explicit.map(Path::to_owned).or_else(|| {
            std::env::var_os("RETORT_CONFIG")
                .filter(|path| !path.is_empty())
                .map(PathBuf::from)
        });
        let search = Search {
            explicit: explicit.as_deref(),
            here: Path::new(FILE_NAME),
            folders: folders.as_ref(),
        };
        let mut warnings = Vec::new();
        let Some((path, text)) = search.find(&mut warnings)? else {
            return Ok(Self {
                warnings,
                ..Self::default()
            });
        };
        let mut config = file::parse(&text).map_err(|error| error.in_file(&path))?;
        warnings.append(&mut config.warnings);
        Ok(Self {
            path: Some(path),
            warnings,
            ..config
        })
    }

    /// Where a person puts servers when there is no config yet.
    pub fn default_path() -> Option<PathBuf> {
        platform::folders().map(|folders| folders.config.join(FILE_NAME))
    }
}

/// The places where a config file may lie.
struct Search<'a> {
    explicit: Option<&'a Path>,
    here: &'a Path,
    folders: Option<&'a Folders>,
}

impl Search<'_> {
    fn find(&self, warnings: &mut Vec<String>) -> Result<Option<(PathBuf, String)>, Failure> {
        if let Some(path) = self.explicit {
            let Some(bytes) = read(path)? else {
                return Err(Failure::new(format!(
                    "config file `{}` does not exist",
                    path.display()
                ))
                .with_hint("it was named by `--config` or `RETORT_CONFIG`"));
            };
            return Ok(Some((path.to_owned(), text(path, bytes)?)));
        }
        if let Some(bytes) = read_from_anybody(self.here) {
            let trusted = self.folders.is_some_and(|folders| {
                TrustStore::in_folder(&folders.state).trusts(self.here, &bytes)
            });
            if trusted {
                return Ok(Some((self.here.to_owned(), text(self.here, bytes)?)));
            }
            warnings.push(format!(
                "ignoring `{}` in the working directory: it can start commands and is not trusted (`retort trust` shows and records it)",
                self.here.display(),
            ));
        }
        let Some(folders) = self.folders else {
            return Ok(None);
        };
        let path = folders.config.join(FILE_NAME);
        match read(&path)? {
            Some(bytes) => Ok(Some((path.clone(), text(&path, bytes)?))),
            None => Ok(None),
        }
    }
}

/// The bytes of a file that anybody may have put there. What cannot be read
/// has no bytes, so it is not trusted; a pipe is not even opened.
fn read_from_anybody(path: &Path) -> Option<Vec<u8>> {
    match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => read(path).unwrap_or_else(|_| Some(Vec::new())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        _ => Some(Vec::new()),
    }
}

/// The bytes of a file, read once: what is hashed is what is parsed.
pub(crate) fn read(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    use std::io::Read;
    let failed = |error: std::io::Error| {
        Failure::new(format!(
            "cannot read config file `{}`: {error}",
            path.display()
        ))
    };
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let mut bytes = Vec::new();
    file.take(MAX_FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(Failure::new(format!(
            "config file `{}` is larger than {MAX_FILE_BYTES} bytes",
            path.display()
        )));
    }
    Ok(Some(bytes))
}

/// The commands a config file starts, with their environment, one a line, escaped so that nothing in
/// them can disguise itself on a terminal.
///
/// # Errors
/// A [`Failure`] when the file has mistakes in it.
pub(crate) fn commands_in(path: &Path, bytes: &[u8]) -> Result<String, Failure> {
    let config = file::parse(&text(path, bytes.to_vec())?).map_err(|error| error.in_file(path))?;
    let mut lines = String::new();
    for (name, server) in &config.servers {
        let variables = server
            .env
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let words = variables
            .chain(server.command.clone())
            .chain(server.args.iter().cloned());
        let words: Vec<_> = words.map(|word| word.escape_debug().to_string()).collect();
        let folder = server
            .cwd
            .as_ref()
            .map(|folder| format!(" (in {})", folder.to_string_lossy().escape_debug()));
        let name = name.escape_debug();
        let _ = writeln!(
            lines,
            "  {name}: {}{}",
            words.join(" "),
            folder.unwrap_or_default()
        );
    }
    Ok(lines)
}

fn text(path: &Path, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes)
        .map_err(|_| Failure::new(format!("config file `{}` is not UTF-8", path.display())))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{Folders, Search, TrustStore};

    struct Place {
        _folder: tempfile::TempDir,
        here: PathBuf,
        folders: Folders,
    }

    fn place() -> Place {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let folders = Folders {
            config: folder.path().join("config"),
            state: folder.path().join("state"),
            cache: folder.path().join("cache"),
        };
        std::fs::create_dir(&folders.config).expect("writable");
        Place {
            here: folder.path().join("retort.json"),
            folders,
            _folder: folder,
        }
    }

    fn found(place: &Place, warnings: &mut Vec<String>) -> Option<PathBuf> {
        let search = Search {
            explicit: None,
            here: &place.here,
            folders: Some(&place.folders),
        };
        search
            .find(warnings)
            .expect("readable")
            .map(|(path, _)| path)
    }

    #[test]
    fn file_of_the_working_directory_counts_only_when_trusted() {
        let place = place();
        let user = place.folders.config.join("retort.json");
        let mut warnings = Vec::new();
        assert_eq!(found(&place, &mut warnings), None);

        std::fs::write(&user, "{}").expect("writable");
        std::fs::write(&place.here, "{}").expect("writable");
        assert_eq!(found(&place, &mut warnings), Some(user));
        assert_eq!(warnings.len(), 1, "{warnings:?}");

        TrustStore::in_folder(&place.folders.state)
            .record(&place.here, b"{}")
            .expect("recorded");
        assert_eq!(found(&place, &mut warnings), Some(place.here.clone()));
        assert_eq!(warnings.len(), 1, "{warnings:?}");

        std::fs::write(&place.here, "{\"mcpServers\":{}}").expect("writable");
        assert_ne!(found(&place, &mut warnings), Some(place.here.clone()));
    }

    #[test]
    fn what_is_no_file_in_the_working_directory_stops_nothing() {
        let place = place();
        let user = place.folders.config.join("retort.json");
        std::fs::write(&user, "{}").expect("writable");
        std::fs::create_dir(&place.here).expect("writable");
        let mut warnings = Vec::new();
        assert_eq!(found(&place, &mut warnings), Some(user));
        assert_eq!(warnings.len(), 1, "{warnings:?}");
    }

    #[test]
    fn named_file_must_exist() {
        let place = place();
        let search = Search {
            explicit: Some(&place.here),
            here: &place.here,
            folders: None,
        };
        let failure = search.find(&mut Vec::new()).expect_err("missing");
        assert!(failure.message.ends_with("does not exist"), "{failure}");
    }
}
