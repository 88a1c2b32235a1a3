//! All tools of servers as one declaration file, for an editor or a compiler.
//!
//! A server is a namespace and a tool a function in it, named as in scripts; the
//! type of `tools` has the names as the servers know them too. It must not know what
//! else scripts see. Start at [`declaration_file`].

use std::collections::HashSet;
use std::fmt::Write as _;

use serde_json::Value;

use super::coverage::Coverage;
use super::shape::literal;
use super::{Detail, Form, Shared, ToolTypes, comment};
use crate::catalog::Server;
use crate::observed::{Observation, Observed};
use crate::prose;

/// Longest of a server's own words printed, in characters.
const INSTRUCTION_CHARS: usize = 2_000;

/// Where servers are declared that cannot be globals of their own.
const APART: &str = "RetortServers";

/// Variables of the browser's library that servers may be named like. Compound names
/// (`MediaQueryList`) and handlers (`onclick`) are nobody's.
const BROWSER_VARIABLES: &str = "\
    Animation Attr Audio Blob Cache Clipboard Comment Credential Crypto Document Element \
    Enumerator External File Gamepad Geolocation Headers Highlight History Image \
    Location Lock Navigation Navigator Node Notification Option Path Performance \
    Permissions Plugin Range Request Response Sanitizer Scheduler Screen Selection Storage \
    Text Touch Window Worker Worklet caches clientInformation closed cookieStore \
    crossOriginIsolated customElements devicePixelRatio document event external \
    frameElement frames history indexedDB innerHeight innerWidth isSecureContext length \
    localStorage location locationbar menubar name navigation navigator opener orientation \
    origin originAgentCluster outerHeight outerWidth pageXOffset pageYOffset parent \
    personalbar scheduler screen screenLeft screenTop screenX screenY scrollX scrollY \
    scrollbars self sessionStorage speechSynthesis status statusbar toolbar top \
    visualViewport webkitURL window";

/// A declaration file and what is in it.
#[derive(Debug, Default)]
pub struct DeclarationFile {
    /// TypeScript.
    pub text: String,
    /// How many functions it declares.
    pub functions: usize,
    /// How much of the schemas it shows.
    pub coverage: Coverage,
}

/// Declares the tools of `servers`. The file is accepted by the compiler beside any
/// library, the browser's among them.
pub fn declaration_file<'c>(
    servers: impl IntoIterator<Item = &'c Server>,
    detail: Detail,
) -> DeclarationFile {
    declaration_file_with(servers, detail, None)
}

/// The same, with what tools that promise no type were seen to return.
pub fn declaration_file_with<'c>(
    servers: impl IntoIterator<Item = &'c Server>,
    detail: Detail,
    observed: Option<&Observed>,
) -> DeclarationFile {
    let servers: Vec<&Server> = servers.into_iter().collect();
    let mut file = DeclarationFile::default();
    for server in &servers {
        if server.tools.is_empty() {
            let _ = writeln!(file.text, "// {} has no tools\n", server.ident);
        } else {
            file.declare(server, detail, observed);
        }
    }
    file.text.push_str(&tools_object(&servers));
    file
}

impl DeclarationFile {
    /// The namespace of a server.
    fn declare(&mut self, server: &Server, detail: Detail, observed: Option<&Observed>) {
        let mut body = String::new();
        let seen = server
            .tool_refs()
            .map(|tool| observed.and_then(|observed| tool.observation(observed)));
        let seen: Vec<Option<Observation>> = seen.collect();
        let tools = server.tools.iter().zip(&seen);
        let types = tools.map(|(tool, seen)| ToolTypes::with(&tool.definition, seen.as_ref()));
        let types: Vec<ToolTypes<'_>> = types.collect();
        let mut shared = Shared::of(&types);
        for (tool, types) in server.tools.iter().zip(&types) {
            let written = types.write(Form::Function(&tool.ident), detail, &shared);
            for line in written.beside().lines() {
                let _ = writeln!(body, "  {line}");
            }
            shared.keep(&written);
            self.functions += 1;
            self.coverage += types.coverage(&written);
        }
        if detail == Detail::Full {
            self.text.push_str(&instructions(server));
        }
        let ident = &server.ident;
        let (begin, end) = if is_global(ident) {
            (format!("declare namespace {ident} {{"), "}")
        } else {
            let aside = "the browser's library has a global of this name";
            let begin = format!("// {aside}: write `tools.{ident}`\n");
            let begin = format!("{begin}declare namespace {APART} {{ namespace {ident} {{");
            (begin, "} }")
        };
        let _ = write!(self.text, "{begin}\n{body}{end}\n\n");
    }
}

/// The type of `tools`: every server and tool by the names that a bracket takes.
fn tools_object(servers: &[&Server]) -> String {
    let mut text = "interface RetortTools {\n".to_owned();
    let mut names: HashSet<&str> = servers.iter().map(|server| &*server.ident).collect();
    for server in servers {
        let ident = &server.ident;
        let _ = writeln!(text, "  {ident}: {};", namespace_type(server));
        if is_extra(&server.name, &mut names) {
            let name = literal(&Value::from(&*server.name));
            let _ = writeln!(text, "  {name}: RetortTools[\"{ident}\"];");
        }
    }
    text.push_str("}\ndeclare const tools: RetortTools;\n");
    text
}

fn namespace_type(server: &Server) -> String {
    if server.tools.is_empty() {
        return "{}".to_owned();
    }
    let mut path = server.ident.clone();
    if !is_global(&path) {
        path = format!("{APART}.{path}");
    }
    let mut names: HashSet<&str> = server.tools.iter().map(|tool| &*tool.ident).collect();
    let raw = server
        .tools
        .iter()
        .filter(|tool| is_extra(&tool.definition.name, &mut names))
        .map(|tool| {
            let name = literal(&Value::from(&*tool.definition.name));
            format!("    {name}: typeof {path}.{};\n", tool.ident)
        });
    let raw: String = raw.collect();
    if raw.is_empty() {
        return format!("typeof {path}");
    }
    format!("typeof {path} & {{\n{raw}  }}")
}

/// Whether a raw name reaches something that no name before it reaches.
fn is_extra<'n>(name: &'n str, names: &mut HashSet<&'n str>) -> bool {
    name != "then" && names.insert(name)
}

fn is_global(ident: &str) -> bool {
    !BROWSER_VARIABLES.split_whitespace().any(|one| one == ident)
}

/// What a server says about itself, marked as its words.
fn instructions(server: &Server) -> String {
    match server.instructions.as_deref().map(str::trim) {
        None | Some("") => String::new(),
        Some(words) => {
            let words = prose::cut_at_word(words, INSTRUCTION_CHARS);
            comment::doc_comment(&format!("In the server's own words:\n{words}"), 0)
        }
    }
}
