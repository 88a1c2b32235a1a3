//! The four tools and the instructions as a client lists them.
//!
//! Every client pays for this text in every conversation: it is held under a
//! token budget by a test. It depends on the config only, so that all
//! connections see the same.

use std::sync::Arc;

use retort_tools::{Catalog, ServerState};
use rmcp::model::{MetaObject, Tool, ToolAnnotations};
use serde_json::{Value, json};

use crate::app::App;
use crate::config::Config;
use crate::run::RunLimits;

/// Characters of a text result that a client should show without putting it
/// into a file; our own cut comes long before.
const MAX_RESULT_CHARS: u32 = 200_000;
/// Characters spent on the names of servers.
const NAMES_CHARS: usize = 400;

/// What a client learns about us when it connects.
#[derive(Debug, Clone)]
pub struct Surface {
    /// How the four tools go together.
    pub instructions: String,
    /// Their definitions, in a fixed order.
    pub tools: Arc<[Tool]>,
}

/// The surface of an app.
pub fn instructions_and_tools(app: &App) -> Surface {
    let catalog = app.downstreams().catalog();
    surface(&server_names(&catalog), app.limits())
}

fn surface(servers: &[String], limits: &RunLimits) -> Surface {
    let names = names_within_budget(servers);
    let tools = [
        tool(
            "search_tools",
            "Search tools",
            "Find tools by what they do. Gives rows `server.tool — purpose`, best first. An empty query lists the servers with their state and number of tools.",
            json!({
                "query": {"type": "string", "description": "what the tool should do, in a few words"},
                "server": {"type": "string", "description": "search this server only"},
                "limit": {"type": "integer", "minimum": 1, "description": "rows (default 10)"},
            }),
            &["query"],
            Effect::None,
        ),
        tool(
            "describe_tools",
            "Describe tools",
            "Show the TypeScript signatures of tools: read them before calling. A server's name gives its instructions and all its signatures.",
            json!({
                "tools": {"type": "array", "items": {"type": "string"}, "description": "`server.tool` or `server`, several at once"},
                "detail": {"type": "string", "enum": ["signature", "brief", "full"], "description": "default `signature`"},
            }),
            &["tools"],
            Effect::None,
        ),
        tool(
            "execute_tool",
            "Execute a tool",
            "Make one call and get its whole result. For several calls, or when only a part of the result matters, use execute_code.",
            json!({
                "tool": {"type": "string", "description": "`server.tool`"},
                "arguments": {"type": "object", "description": "as described by describe_tools"},
            }),
            &["tool"],
            Effect::Any,
        ),
        tool(
            "execute_code",
            "Execute code",
            &code_description(&names, limits),
            json!({
                "code": {"type": "string", "description": "body of an async function, TypeScript or JavaScript"},
                "dry_run": {"type": "boolean", "description": "run nothing: say what is wrong with the script and which tools it can call"},
            }),
            &["code"],
            Effect::Any,
        ),
    ];
    Surface {
        instructions: instructions(&names),
        tools: tools.into(),
    }
}

fn instructions(names: &str) -> String {
    if names.is_empty() {
        return format!(
            "Retort puts MCP servers behind four tools, but no servers are configured: there is nothing to search or call yet. {}",
            how_to_add_servers()
        );
    }
    format!(
        "Retort puts these MCP servers behind four tools: {names}. Their tools are not listed one by one: find them with search_tools, read signatures with describe_tools, then call one with execute_tool, or write a script with execute_code when there are two or more calls or a big result. Only what the script returns costs context."
    )
}

/// What a person does to get the first server.
pub(super) fn how_to_add_servers() -> String {
    let place = Config::default_path().map_or_else(
        || "a config file".to_owned(),
        |path| format!("`{}`", path.display()),
    );
    format!(
        "To add some, the user writes {place} as {{\"mcpServers\": {{\"name\": {{\"command\": \"…\", \"args\": […]}}}}}} and restarts retort."
    )
}

fn code_description(names: &str, limits: &RunLimits) -> String {
    let servers = if names.is_empty() {
        "No servers are configured.".to_owned()
    } else {
        format!("Servers: {names}; each is a global object whose functions are its tools.")
    };
    let RunLimits {
        calls,
        cpu_ms,
        wall_ms,
        ..
    } = limits;
    let (cpu, wall) = (seconds(*cpu_ms), seconds(*wall_ms));
    format!(
        "Run a script that calls tools and get back only what it returns. Use it for two or more calls, or to take a part out of a big result. {servers} Look names and arguments up first (search_tools, describe_tools; `await searchTools(\"…\")` in a script). The functions exist only inside the script.

Example, with a server `files`:
const names = await files.list({{ path: \"docs\" }});
const texts = await Promise.all(names.map(name => files.read({{ path: name }})));
return names.filter((_, i) => texts[i].includes(\"TODO\"));

- `await` every call and give it one object; make independent calls together with Promise.all.
- `return` the value you need and no more. A long one is cut, and kept whole for a later script: `await results.get(\"r1\")`.
- Results are already parsed. A failed call throws a ToolError with `server`, `tool`, `code`, `message`: catch it to go on with the rest.
- No network, files, imports or timers beyond the script; nothing is kept between scripts.
- console.log comes after the value; `emit(block)` passes an image or other content block on.
- At most {calls} calls, {cpu} s of computing, {wall} s in all."
    )
}

fn seconds(ms: u64) -> u64 {
    ms.div_ceil(1000)
}

/// What a call of a tool may change.
#[derive(Clone, Copy)]
enum Effect {
    /// Nothing, here or elsewhere.
    None,
    /// Whatever the downstream tools can.
    Any,
}

fn tool(
    name: &'static str,
    title: &str,
    description: &str,
    properties: Value,
    required: &[&str],
    effect: Effect,
) -> Tool {
    let schema = json!({"type": "object", "properties": properties, "required": required});
    let Value::Object(schema) = schema else {
        unreachable!("written as an object above")
    };
    let annotations = match effect {
        Effect::None => ToolAnnotations::with_title(title)
            .read_only(true)
            .open_world(false),
        Effect::Any => ToolAnnotations::with_title(title)
            .read_only(false)
            .destructive(true)
            .idempotent(false)
            .open_world(true),
    };
    let mut meta = MetaObject::new();
    meta.insert("anthropic/alwaysLoad".to_owned(), json!(true));
    meta.insert(
        "anthropic/maxResultSizeChars".to_owned(),
        json!(MAX_RESULT_CHARS),
    );
    Tool::new(name, description.to_owned(), schema)
        .with_annotations(annotations)
        .with_meta(meta)
}

/// The servers a script can name, as it names them.
fn server_names(catalog: &Catalog) -> Vec<String> {
    let usable = catalog
        .servers()
        .iter()
        .filter(|server| server.state != ServerState::Disabled);
    usable.map(|server| server.ident.clone()).collect()
}

fn names_within_budget(servers: &[String]) -> String {
    let mut names = String::new();
    for (index, server) in servers.iter().enumerate() {
        if names.len() + server.len() > NAMES_CHARS {
            let more = servers.len() - index;
            return format!("{names} and {more} more (search_tools with an empty query)");
        }
        if index > 0 {
            names.push_str(", ");
        }
        names.push_str(server);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three_servers() -> Surface {
        let names = ["everything", "filesystem", "memory"].map(str::to_owned);
        surface(&names, &RunLimits::default())
    }

    #[test]
    fn tools_and_instructions_fit_the_token_budget() {
        let surface = three_servers();
        let listed = serde_json::to_string(&surface.tools.to_vec()).expect("plain data");
        let tokens = tiktoken_rs::o200k_base_singleton()
            .encode_with_special_tokens(&format!("{}{listed}", surface.instructions));
        assert!(tokens.len() <= 1_200, "{} tokens", tokens.len());
    }

    #[test]
    fn texts_fit_what_clients_show() {
        let many: Vec<String> = (0..200).map(|n| format!("server_number_{n}")).collect();
        for surface in [three_servers(), surface(&many, &RunLimits::default())] {
            assert!(surface.instructions.len() <= 2_000);
            for tool in surface.tools.iter() {
                let length = tool.description.as_ref().map_or(0, |text| text.len());
                assert!(length <= 2_000, "{}: {length}", tool.name);
                assert!(tool.output_schema.is_none());
            }
        }
    }

    #[test]
    fn servers_are_named_within_the_first_characters() {
        let surface = three_servers();
        let code = surface
            .tools
            .last()
            .and_then(|tool| tool.description.as_deref())
            .expect("text");
        assert!(code.find("memory").is_some_and(|at| at < 500), "{code}");
    }

    #[test]
    fn surface_without_servers_says_how_to_add_some() {
        let surface = surface(&[], &RunLimits::default());
        assert!(
            surface.instructions.contains("mcpServers"),
            "{}",
            surface.instructions
        );
    }
}
