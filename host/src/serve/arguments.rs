//! The arguments of our own tools: read leniently, refused with advice.
//!
//! Models write a list as one string and an object as quoted JSON; where the
//! meaning is plain it is taken. Every message says what would be right.

use rmcp::model::JsonObject;
use serde_json::Value;

use super::tools::{
    Call, DescribeArguments, ExecuteCodeArguments, ExecuteToolArguments, SearchArguments,
};
use crate::config::{listed, nearest};

/// The names of our tools, in the order they are listed.
pub(super) const TOOL_NAMES: [&str; 4] = [
    "search_tools",
    "describe_tools",
    "execute_tool",
    "execute_code",
];

/// Reads the arguments of one of our tools.
///
/// # Errors
/// What is wrong and how it should look, for the model.
pub(super) fn parse(name: &str, arguments: JsonObject) -> Result<Call, String> {
    let mut read = match name {
        "search_tools" => Reader::new(name, arguments, &["query", "server", "limit"])?,
        "describe_tools" => Reader::new(name, arguments, &["tools", "detail"])?,
        "execute_tool" => Reader::new(name, arguments, &["tool", "arguments"])?,
        "execute_code" => Reader::new(name, arguments, &["code", "dry_run"])?,
        _ => return Err(unknown_tool(name)),
    };
    Ok(match name {
        "search_tools" => Call::Search(SearchArguments {
            query: read.text("query")?.unwrap_or_default(),
            server: read.text("server")?.filter(|server| !server.is_empty()),
            limit: read.count("limit")?,
        }),
        "describe_tools" => {
            let detail = read.text("detail")?;
            Call::Describe(DescribeArguments {
                tools: read.texts("tools")?,
                detail: match detail.as_deref() {
                    None | Some("") => retort_tools::Detail::default(),
                    Some(detail) => detail.parse().map_err(|_| {
                        format!(
                            "`describe_tools`: `detail` is `signature`, `brief` or `full`, not `{detail}`"
                        )
                    })?,
                },
            })
        }
        "execute_tool" => Call::Tool(ExecuteToolArguments {
            tool: read.required("tool", "the name of a tool as search_tools gives it")?,
            arguments: read.object("arguments")?,
        }),
        _ => Call::Code(ExecuteCodeArguments {
            code: read.required("code", "the script's source text")?,
            dry_run: read.flag("dry_run")?,
        }),
    })
}

/// The message for arguments that are no object.
pub(super) fn not_an_object(name: &str) -> String {
    format!("`{name}`: the arguments must be a JSON object")
}

/// An object given as it is, or as quoted JSON.
pub(super) fn unquoted(value: &Value) -> Option<JsonObject> {
    match value {
        Value::Object(object) => Some(object.clone()),
        Value::Null => Some(JsonObject::new()),
        Value::String(text) if text.trim().is_empty() => Some(JsonObject::new()),
        Value::String(text) => serde_json::from_str(text).ok(),
        _ => None,
    }
}

fn unknown_tool(name: &str) -> String {
    if name.contains(['.', '/']) {
        return format!(
            "`{name}` is not called directly: use `execute_tool` with {{\"tool\": \"{name}\", \"arguments\": {{…}}}}, or call it in a script with `execute_code`"
        );
    }
    let known = TOOL_NAMES.map(str::to_owned);
    match nearest(name, &known) {
        Some(near) => format!("unknown tool `{name}`; did you mean `{near}`?"),
        None => format!(
            "unknown tool `{name}`; the tools are {}. Tools of servers are called through `execute_tool` and `execute_code`",
            listed(&known)
        ),
    }
}

/// Takes the parameters of one call out of its arguments.
struct Reader<'a> {
    tool: &'a str,
    arguments: JsonObject,
}

impl<'a> Reader<'a> {
    fn new(tool: &'a str, arguments: JsonObject, known: &[&str]) -> Result<Self, String> {
        let known: Vec<String> = known.iter().map(|&name| name.to_owned()).collect();
        let Some(unknown) = arguments.keys().find(|key| !known.contains(key)) else {
            return Ok(Self { tool, arguments });
        };
        let meant = known
            .iter()
            .filter(|name| !arguments.contains_key(*name))
            .cloned();
        let meant: Vec<String> = meant.collect();
        let meant = match (nearest(unknown, &meant), meant.as_slice()) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, [only]) => format!("did you mean `{only}`?"),
            // The first is what the tool is about.
            (None, [first, ..]) if *first == known[0] => format!("did you mean `{first}`?"),
            (None, _) => format!("it takes {}", listed(&known)),
        };
        Err(format!("`{tool}` has no parameter `{unknown}`; {meant}"))
    }

    fn wrong(&self, name: &str, expected: &str, got: &Value) -> String {
        let got = match got {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        };
        format!("`{}`: `{name}` must be {expected}, got {got}", self.tool)
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.arguments.remove(name).filter(|value| !value.is_null())
    }

    fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(self.wrong(name, "a string", &other)),
        }
    }

    fn required(&mut self, name: &str, what: &str) -> Result<String, String> {
        let text = self.text(name)?.filter(|text| !text.trim().is_empty());
        text.ok_or_else(|| format!("`{}` needs `{name}`: {what}", self.tool))
    }

    fn flag(&mut self, name: &str) -> Result<bool, String> {
        match self.take(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(Value::String(text)) if text == "true" => Ok(true),
            Some(Value::String(text)) if text == "false" => Ok(false),
            Some(other) => Err(self.wrong(name, "`true` or `false`", &other)),
        }
    }

    fn count(&mut self, name: &str) -> Result<Option<usize>, String> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let count = match &value {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        match count {
            Some(count) if count > 0 => Ok(Some(usize::try_from(count).unwrap_or(usize::MAX))),
            _ => Err(format!(
                "`{}`: `{name}` must be a whole number from 1",
                self.tool
            )),
        }
    }

    fn texts(&mut self, name: &str) -> Result<Vec<String>, String> {
        let expected = "an array of names";
        let missing = |tool: &str| {
            format!("`{tool}` needs `{name}`: names of tools (`server.tool`) or of servers")
        };
        let items = match self.take(name) {
            None => return Err(missing(self.tool)),
            Some(Value::Array(items)) => items,
            Some(Value::String(text)) => match serde_json::from_str(&text) {
                Ok(Value::Array(items)) => items,
                _ => vec![Value::String(text)],
            },
            Some(other) => return Err(self.wrong(name, expected, &other)),
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match item {
                Value::String(text) => texts.push(text),
                other => return Err(self.wrong(name, expected, &other)),
            }
        }
        if texts.is_empty() {
            Err(missing(self.tool))
        } else {
            Ok(texts)
        }
    }

    fn object(&mut self, name: &str) -> Result<JsonObject, String> {
        let value = self.take(name).unwrap_or_default();
        unquoted(&value).ok_or_else(|| self.wrong(name, "an object", &value))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::tools::Call;
    use super::parse;

    fn parsed(name: &str, arguments: Value) -> Result<Call, String> {
        let Value::Object(arguments) = arguments else {
            panic!("an object")
        };
        parse(name, arguments)
    }

    fn check_error(name: &str, arguments: Value, expected: &str) {
        assert_eq!(parsed(name, arguments).expect_err(expected), expected);
    }

    #[test]
    fn plain_meanings_are_taken() {
        for tools in [json!(["a.b", "c"]), json!("[\"a.b\",\"c\"]")] {
            let Ok(Call::Describe(read)) = parsed("describe_tools", json!({"tools": tools})) else {
                panic!("refused {tools}")
            };
            assert_eq!(read.tools, ["a.b", "c"]);
        }
        let Ok(Call::Tool(read)) = parsed(
            "execute_tool",
            json!({"tool": "a.b", "arguments": "{\"x\": 1}"}),
        ) else {
            panic!("refused")
        };
        assert_eq!(read.arguments["x"], 1);
        let Ok(Call::Search(read)) = parsed("search_tools", json!({"limit": "5", "server": null}))
        else {
            panic!("refused")
        };
        assert_eq!(
            (read.query.as_str(), read.server, read.limit),
            ("", None, Some(5))
        );
    }

    #[test]
    fn mistakes_are_told_with_advice() {
        check_error(
            "execute_code",
            json!({"script": "return 1"}),
            "`execute_code` has no parameter `script`; did you mean `code`?",
        );
        check_error(
            "execute_code",
            json!({}),
            "`execute_code` needs `code`: the script's source text",
        );
        check_error(
            "execute_code",
            json!({"code": 1}),
            "`execute_code`: `code` must be a string, got a number",
        );
        check_error(
            "search_tools",
            json!({"querry": "x"}),
            "`search_tools` has no parameter `querry`; did you mean `query`?",
        );
        check_error(
            "search_tools",
            json!({"limit": 0}),
            "`search_tools`: `limit` must be a whole number from 1",
        );
        check_error(
            "describe_tools",
            json!({"tools": []}),
            "`describe_tools` needs `tools`: names of tools (`server.tool`) or of servers",
        );
        check_error(
            "describe_tools",
            json!({"tools": ["a"], "detail": "all"}),
            "`describe_tools`: `detail` is `signature`, `brief` or `full`, not `all`",
        );
        check_error(
            "execute_tool",
            json!({"tool": "a.b", "arguments": [1]}),
            "`execute_tool`: `arguments` must be an object, got an array",
        );
        check_error(
            "execute",
            json!({}),
            "unknown tool `execute`; the tools are `search_tools`, `describe_tools`, `execute_tool`, `execute_code`. Tools of servers are called through `execute_tool` and `execute_code`",
        );
        check_error(
            "search_tool",
            json!({}),
            "unknown tool `search_tool`; did you mean `search_tools`?",
        );
        assert!(
            parsed("github.list", json!({}))
                .expect_err("unknown")
                .contains("`execute_tool` with")
        );
    }
}
