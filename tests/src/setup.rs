//! Configurations, and commands that start programs with them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value, json};

/// The binaries of this package, as Cargo names them to an integration test.
#[derive(Debug, Clone, Copy)]
pub struct Binaries {
    /// `retort`, built from the same source.
    pub retort: &'static str,
    /// The fake downstream server.
    pub fake: &'static str,
    /// A folder for files.
    pub scratch: &'static str,
}

/// A `retort.json` being put together.
#[derive(Debug, Clone)]
pub struct Setup {
    binaries: Binaries,
    folder: PathBuf,
    servers: Map<String, Value>,
    rest: Map<String, Value>,
}

impl Setup {
    /// An empty configuration in an empty folder of this name.
    pub fn new(binaries: Binaries, name: &str) -> Self {
        let folder = Path::new(binaries.scratch).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the scratch folder can be written");
        Self {
            binaries,
            folder,
            servers: Map::new(),
            rest: Map::new(),
        }
    }

    /// Adds a fake downstream with these flags.
    #[must_use]
    pub fn fake(self, name: &str, flags: &[&str]) -> Self {
        let block = json!({ "command": self.binaries.fake, "args": flags });
        self.server(name, block)
    }

    /// Adds a server, as a client's configuration has it.
    #[must_use]
    pub fn server(mut self, name: &str, block: Value) -> Self {
        self.servers.insert(name.to_owned(), block);
        self
    }

    /// Sets a key beside `mcpServers`.
    #[must_use]
    pub fn set(mut self, key: &str, value: Value) -> Self {
        self.rest.insert(key.to_owned(), value);
        self
    }

    /// The folder of this configuration, for files of the test's own.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes the configuration and returns its path.
    pub fn write(&self) -> PathBuf {
        let path = self.folder.join("retort.json");
        let mut config = self.rest.clone();
        config.insert("mcpServers".to_owned(), Value::Object(self.servers.clone()));
        fs::write(&path, Value::Object(config).to_string()).expect("the configuration is written");
        path
    }

    /// `retort` with these arguments and this configuration.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(self.binaries.retort);
        command
            .args(args)
            .arg("--config")
            .arg(self.write())
            .current_dir(&self.folder)
            // What is learned stays in the test's own folder.
            .env("XDG_STATE_HOME", self.folder.join("state"))
            .env_remove("RETORT_CONFIG");
        command
    }

    /// `retort serve` with this configuration.
    pub fn serve(&self) -> Command {
        self.command(&["serve"])
    }
}
