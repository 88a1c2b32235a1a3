//! One block of `mcpServers`, as MCP clients write it.
//!
//! Owns the keys we honour, how their values are read (two spellings of a key, seconds or
//! milliseconds, `${VAR}`), and which keys are left over for a warning. Must not know how a server
//! is started. Start at [`ServerConfig`].

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

mod expand;

pub(crate) use expand::{MissingVariable, Resolved};

/// Clients write the call limit in seconds or in milliseconds, and none says which. Up to this
/// many it is read as seconds: the largest figure in use with seconds is one hour.
const LARGEST_TIMEOUT_IN_SECONDS: f64 = 3600.0;

/// No limit is longer than this, whatever the configuration says.
const LONGEST: Duration = Duration::from_hours(1);

/// One downstream server, in the words of an `mcpServers` block.
///
/// Keys that other clients know and Retort does not are kept in [`other`](Self::other), so that a
/// block copied from anywhere is accepted and the reader can be told what has no effect.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub struct ServerConfig {
    /// The program to start; it speaks MCP on its standard input and output.
    #[serde(default)]
    pub command: Option<String>,
    /// The program's arguments.
    #[serde(default)]
    pub args: Vec<String>,
    /// Environment variables for the program, beside a small set of the system's own.
    /// `${NAME}` and `${NAME:-default}` are replaced, here and in `command`, `args` and `cwd`.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// The folder the program starts in.
    #[serde(default)]
    pub cwd: Option<PathBuf>,
    /// The kind of connection: `stdio`, which some clients call `local`, is the only one supported
    /// so far.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    /// The address of a remote server. Not supported yet: such a server is reported as failed.
    #[serde(default, alias = "serverUrl", alias = "httpUrl")]
    pub url: Option<String>,
    /// Keeps the block and does not start the server.
    #[serde(default)]
    pub disabled: bool,
    /// The other spelling of `disabled`: `false` does not start the server.
    #[serde(default)]
    pub enabled: Option<bool>,
    /// How long one call may take: seconds up to 3600, milliseconds above. 60 s if absent.
    #[serde(default, alias = "tool_timeout_sec")]
    pub timeout: Option<f64>,
    /// How many seconds the server may take to start. 30 if absent.
    #[serde(
        default,
        rename = "startTimeout",
        alias = "start_timeout",
        alias = "startup_timeout_sec"
    )]
    pub start_timeout: Option<f64>,
    /// How many calls may be under way in this server at once. 64 if absent.
    #[serde(default, rename = "maxConcurrency", alias = "max_concurrency")]
    pub max_concurrency: Option<NonZeroU32>,
    /// The only tools of the server to offer. All if absent.
    #[serde(
        default,
        rename = "includeTools",
        alias = "include_tools",
        alias = "enabled_tools",
        alias = "enabledTools"
    )]
    pub include_tools: Option<Vec<String>>,
    /// Tools of the server that are not offered.
    #[serde(
        default,
        rename = "excludeTools",
        alias = "exclude_tools",
        alias = "disabled_tools",
        alias = "disabledTools"
    )]
    pub exclude_tools: Vec<String>,
    /// Every other key of the block. They have no effect.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

impl ServerConfig {
    /// A server that is a program with arguments.
    pub fn stdio<A: Into<String>>(
        command: impl Into<String>,
        args: impl IntoIterator<Item = A>,
    ) -> Self {
        ServerConfig {
            command: Some(command.into()),
            args: args.into_iter().map(Into::into).collect(),
            ..ServerConfig::default()
        }
    }

    /// Whether the block says not to start the server.
    pub fn is_disabled(&self) -> bool {
        self.disabled || self.enabled == Some(false)
    }

    /// The keys of the block that have no effect, in alphabetical order.
    pub fn ignored_keys(&self) -> impl Iterator<Item = &str> {
        self.other.keys().map(String::as_str)
    }

    /// Why the server cannot be started at all, if so.
    pub fn unsupported(&self) -> Option<String> {
        let kind = self
            .kind
            .as_deref()
            .unwrap_or(match (&self.command, &self.url) {
                (None, Some(_)) => "http",
                _ => "stdio",
            });
        match (kind, &self.command) {
            ("stdio" | "local", Some(command)) if !command.trim().is_empty() => None,
            ("stdio" | "local", _) => Some("the block has no `command`".to_owned()),
            (kind, _) => Some(format!(
                "servers of the kind `{kind}` are not supported yet, only `stdio` (a `command`)"
            )),
        }
    }

    /// The limit on one call, if the block gives one.
    pub fn call_timeout(&self) -> Option<Duration> {
        let figure = self.timeout?;
        duration(if figure > LARGEST_TIMEOUT_IN_SECONDS {
            figure / 1000.0
        } else {
            figure
        })
    }

    /// The limit on starting, if the block gives one.
    pub fn start_timeout(&self) -> Option<Duration> {
        duration(self.start_timeout?)
    }

    /// Whether a tool of this server is offered.
    pub(crate) fn offers(&self, tool: &str) -> bool {
        self.include_tools
            .as_ref()
            .is_none_or(|only| only.iter().any(|name| name == tool))
            && !self.exclude_tools.iter().any(|name| name == tool)
    }

    /// The command with every variable replaced from the environment of this process.
    pub(crate) fn resolve(&self) -> Result<Resolved, MissingVariable> {
        expand::resolve(self, |name| std::env::var(name).ok())
    }
}

/// A figure that is no length of time counts as absent.
fn duration(seconds: f64) -> Option<Duration> {
    let duration = Duration::try_from_secs_f64(seconds).ok()?;
    (!duration.is_zero()).then_some(duration.min(LONGEST))
}

/// Arguments and variables may hold secrets: only how many there are is shown.
impl fmt::Debug for ServerConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerConfig")
            .field("command", &self.command)
            .field("args", &self.args.len())
            .field("env", &self.env.keys().collect::<Vec<_>>())
            .field("kind", &self.kind)
            .field("disabled", &self.is_disabled())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(block: Value) -> ServerConfig {
        serde_json::from_value(block).unwrap()
    }

    #[test]
    fn a_client_block_is_read_and_its_other_keys_are_named() {
        let config = read(json!({
            "type": "stdio", "command": "npx", "args": ["-y", "server"], "env": {"TOKEN": "t0psecret"},
            "alwaysAllow": ["a"], "disabled": false, "timeout": 90, "autoApprove": [], "disabledTools": ["rm"],
        }));
        assert_eq!(config.unsupported(), None);
        assert_eq!(config.call_timeout(), Some(Duration::from_secs(90)));
        assert_eq!(
            config.ignored_keys().collect::<Vec<_>>(),
            ["alwaysAllow", "autoApprove"]
        );
        assert!(config.offers("ls") && !config.offers("rm"));
        assert!(!format!("{config:?}").contains("t0psecret"));
    }

    #[test]
    fn time_limits_are_seconds_or_milliseconds_and_never_nonsense() {
        fn check(timeout: f64, expected: Option<Duration>) {
            assert_eq!(
                ServerConfig {
                    timeout: Some(timeout),
                    ..ServerConfig::default()
                }
                .call_timeout(),
                expected
            );
        }
        check(3600.0, Some(Duration::from_hours(1)));
        check(5000.0, Some(Duration::from_secs(5)));
        check(0.5, Some(Duration::from_millis(500)));
        check(1e300, None);
        check(-1.0, None);
        check(0.0, None);
        check(f64::NAN, None);
        check(1e9, Some(LONGEST));
    }

    #[test]
    fn other_kinds_are_kept_and_named() {
        let reason = |block| read(block).unsupported().unwrap();
        assert!(reason(json!({"url": "https://example.com/mcp"})).contains("`http`"));
        assert!(reason(json!({"type": "sse", "url": "https://example.com/sse"})).contains("`sse`"));
        assert!(reason(json!({"args": ["x"]})).contains("no `command`"));
        assert_eq!(
            read(json!({"type": "local", "command": "x"})).unsupported(),
            None
        );
        assert!(read(json!({"command": "x", "enabled": false})).is_disabled());
    }
}
