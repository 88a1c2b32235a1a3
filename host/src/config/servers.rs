//! `mcpServers`: blocks as clients write them. Keys of other programs are
//! ignored and named in one warning; what cannot be started is reported by the
//! catalogue, beside the servers that can.

use retort_tools::ServerConfig;
use serde_json::{Map, Value};

use super::ConfigError;
use super::file::{nearest, properties, typed};

/// Keys of other programs that say nothing we would do differently.
const HARMLESS: &[&str] = &["name", "description", "title", "icon"];

/// What `mcpServers` says.
pub(super) struct Blocks {
    /// In the order of the file.
    pub(super) servers: Vec<(String, ServerConfig)>,
    /// One sentence, if keys were ignored.
    pub(super) warning: Option<String>,
}

/// Reads the blocks of `mcpServers`.
pub(super) fn read(blocks: Map<String, Value>) -> Result<Blocks, ConfigError> {
    let known = properties::<ServerConfig>();
    let mut servers = Vec::with_capacity(blocks.len());
    let mut ignored = Vec::new();
    for (name, block) in blocks {
        if name.trim().is_empty() {
            return Err(ConfigError::new("mcpServers", "a server needs a name"));
        }
        let server = read_one(&format!("mcpServers.{name}"), block)?;
        for key in server.ignored_keys().filter(|key| !HARMLESS.contains(key)) {
            let meant = nearest(key, &known).map(|near| format!(" (did you mean `{near}`?)"));
            ignored.push(format!(
                "`mcpServers.{name}.{key}`{}",
                meant.unwrap_or_default()
            ));
        }
        servers.push((name, server));
    }
    let warning = (!ignored.is_empty()).then(|| {
        format!(
            "ignoring keys that have no effect here: {}",
            ignored.join(", ")
        )
    });
    Ok(Blocks { servers, warning })
}

fn read_one(place: &str, block: Value) -> Result<ServerConfig, ConfigError> {
    let Value::Object(fields) = &block else {
        return Err(ConfigError::new(place, "expected an object"));
    };
    typed(place, block.clone()).map_err(|error| {
        // The block keeps unknown keys, for which serde forgets where it was:
        // the key at fault is one that fails alone.
        let alone = |(key, value): (&String, &Value)| {
            let field = Value::Object(Map::from_iter([(key.clone(), value.clone())]));
            serde_json::from_value::<ServerConfig>(field)
                .is_err()
                .then(|| format!("{place}.{key}"))
        };
        let place = fields
            .iter()
            .find_map(alone)
            .unwrap_or_else(|| place.to_owned());
        let message = without_value(&error.message);
        ConfigError {
            place,
            message,
            hint: error.hint,
        }
    })
}

/// What was expected, from a message that also quotes what was found: in a
/// block that may be a secret, and messages end up in logs.
fn without_value(message: &str) -> String {
    message.rsplit_once(", expected ").map_or_else(
        || "the value does not fit".to_owned(),
        |(_, expected)| format!("expected {expected}"),
    )
}

#[cfg(test)]
mod tests {
    use super::super::file::parse;
    use super::super::{Config, ConfigError};

    fn config(servers: &str) -> Result<Config, ConfigError> {
        parse(&format!(r#"{{"mcpServers": {servers}}}"#))
    }

    #[test]
    fn blocks_are_read_in_their_order() {
        let config = config(
            r#"{"z": {"command": "npx", "args": ["-y"], "type": "stdio", "description": "last"},
                "a": {"command": "a", "disabled": true},
                "web": {"type": "http", "url": "https://example.com/mcp"}}"#,
        )
        .expect("a config");
        let names: Vec<_> = config
            .servers
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(names, ["z", "a", "web"]);
        assert!(config.warnings.is_empty(), "{:?}", config.warnings);
    }

    #[test]
    fn foreign_keys_give_one_warning() {
        let config = config(r#"{"a": {"command": "x", "alwaysAllow": ["y"], "arg": []}}"#)
            .expect("a config");
        assert_eq!(
            config.warnings,
            [
                "ignoring keys that have no effect here: `mcpServers.a.alwaysAllow`, `mcpServers.a.arg` (did you mean `args`?)"
            ]
        );
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        let place = |servers| config(servers).expect_err(servers).place;
        assert_eq!(
            place(r#"{"odd": {"command": "x", "args": "y"}}"#),
            "mcpServers.odd.args"
        );
        assert_eq!(place(r#"{"odd": 1}"#), "mcpServers.odd");
        assert_eq!(place(r#"{" ": {"command": "x"}}"#), "mcpServers");
    }

    #[test]
    fn mistakes_do_not_quote_values() {
        for servers in [
            r#"{"a": {"command": "x", "env": "TOKEN=t0psecret"}}"#,
            r#"{"a": {"command": "x", "env": ["TOKEN=t0psecret"]}}"#,
            r#"{"a": {"command": "x", "timeout": "t0psecret"}}"#,
            r#"{"a": {"command": "x", "env": {"TOKEN": {"a": "t0psecret"}}}}"#,
            r#"{"a": {"command": "x", "maxConcurrency": -7117}}"#,
        ] {
            let error = config(servers).expect_err(servers);
            let said = format!("{error:?}");
            assert!(error.message.starts_with("expected "), "{said}");
            assert!(
                !said.contains("t0psecret") && !said.contains("7117"),
                "{said}"
            );
        }
    }
}
