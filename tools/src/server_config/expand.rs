//! Replaces `${NAME}`, `${NAME:-default}` and `${env:NAME}` in a block, and remembers what must
//! not be shown. Other uses of `$` stay as they are. Start at [`resolve`].

use std::path::PathBuf;

use super::ServerConfig;

/// Values shorter than this are too common to hide (`1`, `on`, `dev`).
const SHORTEST_SECRET: usize = 4;

/// What to start, with every variable replaced.
#[derive(Clone)]
pub(crate) struct Resolved {
    pub(crate) program: String,
    pub(crate) args: Vec<String>,
    pub(crate) env: Vec<(String, String)>,
    pub(crate) cwd: Option<PathBuf>,
    /// Values that came from the environment or were given as variables, longest first.
    pub(crate) secrets: Vec<String>,
}

/// A variable without a default that the environment does not have.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{key}` names the environment variable `{variable}`, which is not set")]
pub(crate) struct MissingVariable {
    pub(crate) key: String,
    pub(crate) variable: String,
}

/// Replaces the variables of a block; `lookup` gives the value of one.
pub(super) fn resolve(
    config: &ServerConfig,
    lookup: impl Fn(&str) -> Option<String>,
) -> Result<Resolved, MissingVariable> {
    let mut secrets = Vec::new();
    let mut replace = |key: &str, text: &str| {
        expand(text, &lookup, &mut secrets).map_err(|variable| MissingVariable {
            key: key.to_owned(),
            variable,
        })
    };
    let program = replace("command", config.command.as_deref().unwrap_or_default())?;
    let args = config
        .args
        .iter()
        .map(|arg| replace("args", arg))
        .collect::<Result<_, _>>()?;
    let cwd = match &config.cwd {
        Some(folder) => Some(PathBuf::from(replace("cwd", &folder.to_string_lossy())?)),
        None => None,
    };
    let mut env = Vec::with_capacity(config.env.len());
    for (name, value) in &config.env {
        env.push((name.clone(), replace(&format!("env.{name}"), value)?));
    }
    secrets.extend(env.iter().map(|(_, value)| value.clone()));
    // A key of several lines is written line by line.
    let lines: Vec<String> = secrets
        .iter()
        .filter(|secret| secret.contains('\n'))
        .flat_map(|secret| secret.lines().map(|line| line.trim().to_owned()))
        .collect();
    secrets.extend(lines);
    secrets.retain(|secret| secret.len() >= SHORTEST_SECRET);
    secrets.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    secrets.dedup();
    Ok(Resolved {
        program,
        args,
        env,
        cwd,
        secrets,
    })
}

/// # Errors
/// The name of the variable that is not set.
fn expand(
    text: &str,
    lookup: impl Fn(&str) -> Option<String>,
    used: &mut Vec<String>,
) -> Result<String, String> {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let (before, reference) = rest.split_at(start);
        expanded.push_str(before);
        let Some(end) = reference.find('}') else {
            rest = reference;
            break;
        };
        let inner = &reference[2..end];
        let (name, default) = match inner.split_once(":-") {
            Some((name, default)) => (name, Some(default)),
            None => (inner, None),
        };
        let name = name.strip_prefix("env:").unwrap_or(name);
        if !is_variable_name(name) {
            expanded.push_str(&reference[..=end]);
        } else if let Some(value) = lookup(name) {
            expanded.push_str(&value);
            used.push(value);
        } else if let Some(default) = default {
            expanded.push_str(default);
        } else {
            return Err(name.to_owned());
        }
        rest = &reference[end + 1..];
    }
    expanded.push_str(rest);
    Ok(expanded)
}

fn is_variable_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lookup(name: &str) -> Option<String> {
        (name == "TOKEN").then(|| "s3cret".to_owned())
    }

    #[test]
    fn variables_are_replaced_and_other_dollars_are_kept() {
        fn check(text: &str, expected: Result<&str, &str>) {
            let mut used = Vec::new();
            let got = expand(text, lookup, &mut used);
            assert_eq!(got.as_deref().map_err(String::as_str), expected, "{text}");
        }
        check("Bearer ${TOKEN}", Ok("Bearer s3cret"));
        check("${env:TOKEN}${TOKEN}", Ok("s3crets3cret"));
        check("${PORT:-8080}", Ok("8080"));
        check("${TOKEN:-none}", Ok("s3cret"));
        check("${PORT}", Err("PORT"));
        check("$TOKEN ${} ${a b} ${TOKEN", Ok("$TOKEN ${} ${a b} ${TOKEN"));
        check("pa$$word", Ok("pa$$word"));
    }

    #[test]
    fn what_came_from_the_environment_is_remembered_longest_first() {
        let config = ServerConfig {
            command: Some("server".to_owned()),
            args: vec!["--key=${TOKEN}".to_owned()],
            env: [
                ("LEVEL", "1"),
                ("KEY", "-- key --\nabcdef\n"),
                ("PASSWORD", "correct horse"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
            ..ServerConfig::default()
        };
        let resolved = resolve(&config, lookup).unwrap();
        assert_eq!(resolved.args, ["--key=s3cret"]);
        assert_eq!(
            resolved.secrets,
            [
                "-- key --\nabcdef\n",
                "correct horse",
                "-- key --",
                "abcdef",
                "s3cret"
            ]
        );

        let missing = ServerConfig {
            args: vec!["${NOPE}".to_owned()],
            ..config
        };
        let error = resolve(&missing, lookup).err().unwrap();
        assert_eq!(
            error.to_string(),
            "`args` names the environment variable `NOPE`, which is not set"
        );
    }
}
