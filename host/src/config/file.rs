//! The shape of the file, and how its text becomes a [`Config`].

use std::collections::BTreeMap;
use std::path::Path;

use retort_tools::ServerConfig;
use schemars::{JsonSchema, Schema, schema_for};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Config;
use super::servers::{self, Blocks};
use crate::failure::Failure;
use crate::run::RunLimits;

/// Configuration of Retort: the servers behind it and the limits of scripts.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "retort.json")]
pub struct ConfigFile {
    /// Address of this schema, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// The MCP servers to start, by name, as MCP clients write them.
    #[serde(default)]
    pub mcp_servers: BTreeMap<String, ServerConfig>,
    /// Limits of scripts and calls.
    #[serde(default)]
    pub limits: RunLimits,
    /// IANA name of the time zone of dates in scripts; `UTC` unless given.
    pub time_zone: Option<String>,
    /// Whether scripts are compared with the tools before they run, and those
    /// that are sure to fail are refused; `true` unless given.
    pub check_scripts: Option<bool>,
    /// Whether Retort learns from use which tools a search led to and what tools
    /// return; `true` unless given. Words and shapes are kept, never values.
    pub learn: Option<bool>,
}

/// The JSON Schema of the file.
pub fn schema() -> Schema {
    schema_for!(ConfigFile)
}

/// A mistake in a config file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// Where: `limits.calls`; empty for the file as a whole.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What may have been meant.
    pub hint: Option<String>,
}

impl ConfigError {
    pub(super) fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            message: message.into(),
            hint: None,
        }
    }

    /// The failure of a command that needs this file.
    pub fn in_file(self, path: &Path) -> Failure {
        let path = path.display();
        let message = if self.place.is_empty() {
            format!("config file `{path}`: {}", self.message)
        } else {
            format!("config file `{path}`, `{}`: {}", self.place, self.message)
        };
        Failure {
            hint: self.hint,
            ..Failure::new(message)
        }
    }
}

/// Reads the text of a config file.
pub(super) fn parse(text: &str) -> Result<Config, ConfigError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Value =
        serde_json::from_str(text).map_err(|error| ConfigError::new("", error.to_string()))?;
    let Value::Object(mut root) = value else {
        return Err(ConfigError::new("", "expected an object"));
    };
    check_keys("", &root, &properties::<ConfigFile>())?;

    let mut config = Config::default();
    match root.remove("mcpServers") {
        None | Some(Value::Null) => {}
        Some(Value::Object(blocks)) => {
            let Blocks { servers, warning } = servers::read(blocks)?;
            config.servers = servers;
            config.warnings.extend(warning);
        }
        Some(_) => return Err(ConfigError::new("mcpServers", "expected an object")),
    }
    if let Some(limits) = root.remove("limits") {
        if let Value::Object(limits) = &limits {
            check_keys("limits", limits, &properties::<RunLimits>())?;
            check_ranges("limits", limits, &schema_for!(RunLimits))?;
        }
        config.limits = typed("limits", limits)?;
    }
    if let Some(zone) = root.remove("timeZone") {
        config.time_zone = typed("timeZone", zone)?;
    }
    if let Some(check) = root.remove("checkScripts") {
        let check: Option<bool> = typed("checkScripts", check)?;
        config.unchecked = check == Some(false);
    }
    if let Some(learn) = root.remove("learn") {
        let learn: Option<bool> = typed("learn", learn)?;
        config.no_learning = learn == Some(false);
    }
    Ok(config)
}

/// Deserializes a part of the file; an error names the place in the whole.
pub(super) fn typed<T: DeserializeOwned>(place: &str, value: Value) -> Result<T, ConfigError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let inner = error.path().to_string();
        let place = if inner == "." {
            place.to_owned()
        } else {
            format!("{place}.{inner}")
        };
        ConfigError::new(place, error.inner().to_string())
    })
}

fn check_keys(
    place: &str,
    object: &Map<String, Value>,
    known: &[String],
) -> Result<(), ConfigError> {
    let Some(unknown) = object.keys().find(|key| !known.contains(key)) else {
        return Ok(());
    };
    let path = if place.is_empty() {
        unknown.clone()
    } else {
        format!("{place}.{unknown}")
    };
    let hint = match nearest(unknown, known) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("known keys are {}", listed(known)),
    };
    Err(ConfigError {
        hint: Some(hint),
        ..ConfigError::new(path, "unknown key")
    })
}

/// Checks numbers against the ranges their schema promises.
fn check_ranges(
    place: &str,
    object: &Map<String, Value>,
    schema: &Schema,
) -> Result<(), ConfigError> {
    for (key, number) in object
        .iter()
        .filter_map(|(key, value)| Some((key, value.as_f64()?)))
    {
        let Some(property) = schema
            .get("properties")
            .and_then(|properties| properties.get(key))
        else {
            continue;
        };
        let bound = |name| property.get(name).and_then(Value::as_f64);
        let minimum = bound("minimum").unwrap_or(0.0);
        let maximum = bound("maximum").unwrap_or(f64::INFINITY);
        if number < minimum || number > maximum {
            let message = if maximum.is_finite() {
                format!("expected a number from {minimum} to {maximum}, got {number}")
            } else {
                format!("expected a number from {minimum}, got {number}")
            };
            return Err(ConfigError::new(format!("{place}.{key}"), message));
        }
    }
    Ok(())
}

/// The keys a type reads, taken from its schema.
pub(super) fn properties<T: JsonSchema>() -> Vec<String> {
    let schema = schema_for!(T);
    let properties = schema.get("properties").and_then(Value::as_object);
    properties
        .map(|properties| properties.keys().cloned().collect())
        .unwrap_or_default()
}

/// The known name most like `name`, if one is.
pub(crate) fn nearest<'a>(name: &str, known: &'a [String]) -> Option<&'a str> {
    let folded = name.to_lowercase();
    let score = |candidate: &str| {
        let candidate = candidate.to_lowercase();
        if candidate.ends_with(&folded) || folded.ends_with(&candidate) {
            return 1.0;
        }
        strsim::normalized_damerau_levenshtein(&folded, &candidate)
    };
    let scored = known
        .iter()
        .map(|candidate| (score(candidate), candidate.as_str()));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 >= 0.6).then_some(best.1)
}

/// Names in backticks, separated by commas.
pub(crate) fn listed(names: &[String]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_error(text: &str, place: &str, message: &str, hint: Option<&str>) {
        let error = parse(text).expect_err(text);
        assert_eq!(
            (error.place.as_str(), error.hint.as_deref()),
            (place, hint),
            "{error:?}"
        );
        assert!(error.message.contains(message), "{error:?}");
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        check_error("[]", "", "expected an object", None);
        check_error("{\n\"limits\": }", "", "line 2 column 11", None);
        check_error(
            r#"{"limit": {}}"#,
            "limit",
            "unknown key",
            Some("did you mean `limits`?"),
        );
        check_error(
            r#"{"servers": {}}"#,
            "servers",
            "unknown key",
            Some("did you mean `mcpServers`?"),
        );
        check_error(
            r#"{"limits": {"call": 1}}"#,
            "limits.call",
            "unknown key",
            Some("did you mean `calls`?"),
        );
        check_error(
            r#"{"limits": {"calls": "many"}}"#,
            "limits.calls",
            "invalid type",
            None,
        );
        check_error(
            r#"{"limits": {"calls": 0}}"#,
            "limits.calls",
            "from 1, got 0",
            None,
        );
        check_error(
            r#"{"mcpServers": []}"#,
            "mcpServers",
            "expected an object",
            None,
        );
        check_error(r#"{"timeZone": 1}"#, "timeZone", "invalid type", None);
        check_error(r#"{"learn": "no"}"#, "learn", "invalid type", None);
    }

    #[test]
    fn empty_object_is_a_config() {
        let config = parse("\u{feff}{}").expect("a config");
        assert!(config.servers.is_empty() && config.warnings.is_empty());
    }

    #[test]
    fn schema_names_every_key() {
        assert_eq!(
            properties::<ConfigFile>(),
            [
                "$schema",
                "mcpServers",
                "limits",
                "timeZone",
                "checkScripts",
                "learn"
            ]
        );
    }
}
