//! The picture of all servers and their tools at one moment.
//!
//! A [`Catalog`] is immutable: a change anywhere builds a new one, and a run
//! keeps the one it started with. It owns names and look-up, and the index and
//! compiled schemas that are built from it on first use; it does not know how
//! servers are reached. Start at [`Catalog::new`] and [`Catalog::resolve`].

mod describe;
mod nearest;

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub use self::nearest::{NotFound, NotFoundKind};

use crate::arguments::Checker;
use crate::definition::ToolDefinition;
use crate::names;
use crate::observed::{Observation, Observed};
use crate::search::{Index, SearchAnswer, SearchOptions, SearchQuery};
use crate::typescript::{self, Detail};

/// What a catalog is made from: one server and what it listed.
#[derive(Debug, Clone)]
pub struct ServerListing {
    /// The name as configured.
    pub name: String,
    /// Whether it can be called.
    pub state: ServerState,
    /// The server's own words about itself.
    pub instructions: Option<String>,
    /// Its tools, in its order.
    pub tools: Vec<ToolDefinition>,
}

/// Whether a server can be called.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServerState {
    /// It is being started; its tools may be unknown as yet.
    Starting,
    /// It answers.
    Ready,
    /// It could not be started or has died.
    Failed {
        /// What went wrong.
        reason: String,
    },
    /// Switched off in the configuration.
    Disabled,
}

impl fmt::Display for ServerState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Starting => f.write_str("starting"),
            Self::Ready => f.write_str("ready"),
            Self::Failed { reason } => write!(f, "failed: {reason}"),
            Self::Disabled => f.write_str("disabled"),
        }
    }
}

/// All servers and tools, with a unique identifier for each.
#[derive(Debug, Default)]
pub struct Catalog {
    servers: Vec<Server>,
    by_name: HashMap<String, usize>,
    /// Server and tool by number, counted through all servers.
    places: Vec<(usize, usize)>,
    /// Shared with the catalogs before and after that have the same tools.
    index: Arc<OnceLock<Index>>,
}

/// One server in a [`Catalog`].
#[derive(Debug)]
pub struct Server {
    /// The name as configured, suffixed where two were alike.
    pub name: String,
    /// The name a script uses, unique among the servers.
    pub ident: String,
    /// Whether it can be called.
    pub state: ServerState,
    /// The server's own words about itself.
    pub instructions: Option<String>,
    /// Its tools, in its order.
    pub tools: Vec<Tool>,
    by_name: HashMap<String, usize>,
}

/// One tool in a [`Catalog`].
#[derive(Debug)]
pub struct Tool {
    /// The name a script uses, unique in its server.
    pub ident: String,
    /// The tool as its server describes it.
    pub definition: ToolDefinition,
    pub(crate) checker: OnceLock<Checker>,
}

/// A tool together with the server it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct ToolRef<'a> {
    /// The server.
    pub server: &'a Server,
    /// The tool.
    pub tool: &'a Tool,
}

impl Catalog {
    /// Builds a catalog, keeping the order of the listings and of their tools;
    /// server `i` of it is listing `i`.
    pub fn new(listings: Vec<ServerListing>) -> Self {
        let configured: Vec<&str> = listings.iter().map(|listing| &*listing.name).collect();
        let names = names::unique(&configured);
        let idents = names::assign(&names);
        let servers: Vec<Server> = listings
            .into_iter()
            .zip(names.into_iter().zip(idents))
            .map(|(listing, (name, ident))| Server::new(listing, name, ident))
            .collect();
        let by_name = by_name(servers.iter().map(|s| (&s.name, &s.ident)));
        let places = (0..servers.len())
            .flat_map(|s| (0..servers[s].tools.len()).map(move |t| (s, t)))
            .collect();
        Self {
            servers,
            by_name,
            places,
            index: Arc::default(),
        }
    }

    /// The catalog that follows on `before`: what was built for that one stays in
    /// use where no tool has changed.
    pub fn following(before: &Self, listings: Vec<ServerListing>) -> Self {
        let mut catalog = Self::new(listings);
        if catalog.has_tools_of(before) {
            catalog.index = Arc::clone(&before.index);
        }
        catalog
    }

    fn has_tools_of(&self, other: &Self) -> bool {
        let same = |(a, b): (&Server, &Server)| {
            let tools = a.tools.iter().zip(&b.tools);
            a.name == b.name
                && a.tools.len() == b.tools.len()
                && tools.into_iter().all(|(a, b)| a.definition == b.definition)
        };
        self.servers.len() == other.servers.len()
            && self.servers.iter().zip(&other.servers).all(same)
    }

    /// The servers, in the order of the configuration.
    pub fn servers(&self) -> &[Server] {
        &self.servers
    }

    /// All tools, server by server.
    pub fn tools(&self) -> impl Iterator<Item = ToolRef<'_>> {
        self.servers.iter().flat_map(Server::tool_refs)
    }

    /// The server of that name or identifier.
    pub fn server(&self, name_or_ident: &str) -> Option<&Server> {
        self.by_name.get(name_or_ident).map(|&i| &self.servers[i])
    }

    /// The tool `tool` of `server`, each by raw name or identifier.
    ///
    /// # Errors
    /// [`NotFound`], with the nearest names.
    pub fn tool(&self, server: &str, tool: &str) -> Result<ToolRef<'_>, NotFound> {
        let Some(found) = self.server(server) else {
            return Err(NotFound::server(self, server, Some(tool)));
        };
        found
            .tool(tool)
            .ok_or_else(|| NotFound::tool(self, found, tool))
    }

    /// The tool a person or a model means by `dotted`: `server.tool`,
    /// `server/tool`, `mcp__server__tool`, or a tool's name alone where only one
    /// server has it.
    ///
    /// # Errors
    /// [`NotFound`], with the nearest names.
    pub fn resolve(&self, dotted: &str) -> Result<ToolRef<'_>, NotFound> {
        let asked = dotted.trim();
        self.resolve_known(asked).ok_or_else(|| {
            let same = self.servers.iter().filter_map(|server| server.tool(asked));
            if same.take(2).count() == 2 {
                NotFound::ambiguous(self, asked)
            } else {
                NotFound::dotted(self, asked)
            }
        })
    }

    fn resolve_known(&self, asked: &str) -> Option<ToolRef<'_>> {
        let prefixes = ["", "tools.", "mcp__"];
        let mut split = prefixes.iter().filter_map(|prefix| {
            let rest = asked.strip_prefix(prefix)?;
            self.split_resolve(rest)
        });
        if let Some(found) = split.next() {
            return Some(found);
        }
        let mut bare = self.servers.iter().filter_map(|server| server.tool(asked));
        match (bare.next(), bare.next()) {
            (Some(found), None) => Some(found),
            _ => None,
        }
    }

    /// Tries every place where a separator stands, since names may hold one.
    fn split_resolve(&self, dotted: &str) -> Option<ToolRef<'_>> {
        const SEPARATORS: [&str; 4] = [".", "/", ":", "__"];
        SEPARATORS.iter().find_map(|separator| {
            dotted
                .match_indices(separator)
                .take(64)
                .find_map(|(at, _)| {
                    self.server(&dotted[..at])?
                        .tool(&dotted[at + separator.len()..])
                })
        })
    }

    /// Finds tools by words, or lists the servers where there are none. Builds the
    /// index unless [`Self::prepare_search`] has.
    pub fn search(&self, query: &SearchQuery) -> SearchAnswer {
        self.search_with(query, SearchOptions::default())
    }

    /// The same, ranked as asked for and with what was learned.
    pub fn search_with(&self, query: &SearchQuery, options: SearchOptions<'_>) -> SearchAnswer {
        crate::search::answer(self, query, options)
    }

    /// Builds what a search needs, which takes up to half a second for thousands of
    /// tools: to be done before somebody waits for it.
    pub fn prepare_search(&self) {
        self.index();
    }

    /// How much memory the index for searches takes, in bytes.
    pub fn search_bytes(&self) -> usize {
        self.index().bytes()
    }

    /// Describes tools and whole servers by name, several at once.
    pub fn describe(&self, names: &[String], detail: Detail) -> String {
        self.describe_with(names, detail, None)
    }

    /// The same, with what tools that promise no type were seen to return.
    pub fn describe_with(
        &self,
        names: &[String],
        detail: Detail,
        observed: Option<&Observed>,
    ) -> String {
        describe::describe(self, names, detail, observed)
    }

    /// How many tools there are.
    pub fn tool_count(&self) -> usize {
        self.places.len()
    }

    /// The tool of that number, as [`Self::tools`] counts them.
    pub(crate) fn place(&self, number: usize) -> ToolRef<'_> {
        let (server, tool) = self.places[number];
        let server = &self.servers[server];
        ToolRef {
            server,
            tool: &server.tools[tool],
        }
    }

    /// The number of a tool, for [`Self::place`].
    pub(crate) fn number(&self, server: &str, tool: &str) -> Option<usize> {
        let at = *self.by_name.get(server)?;
        let (before, server) = (&self.servers[..at], &self.servers[at]);
        let tool = *server.by_name.get(tool)?;
        Some(before.iter().map(|one| one.tools.len()).sum::<usize>() + tool)
    }

    /// The numbers of a server's tools, or of all.
    pub(crate) fn numbers(&self, server: Option<&Server>) -> Range<usize> {
        let mut first = 0;
        for one in &self.servers {
            let last = first + one.tools.len();
            if server.is_some_and(|server| std::ptr::eq(server, one)) {
                return first..last;
            }
            first = last;
        }
        0..self.tool_count()
    }

    pub(crate) fn no_such_server(&self, name: &str) -> NotFound {
        NotFound::server(self, name, None)
    }

    pub(crate) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self))
    }
}

impl Server {
    fn new(listing: ServerListing, name: String, ident: String) -> Self {
        let raw: Vec<&str> = listing.tools.iter().map(|tool| &*tool.name).collect();
        let idents = names::assign(&raw);
        let tools: Vec<Tool> = listing
            .tools
            .into_iter()
            .zip(idents)
            .map(|(definition, ident)| Tool {
                ident,
                definition,
                checker: OnceLock::new(),
            })
            .collect();
        Self {
            name,
            ident,
            state: listing.state,
            instructions: listing.instructions,
            by_name: by_name(tools.iter().map(|t| (&t.definition.name, &t.ident))),
            tools,
        }
    }

    /// The tool of that name or identifier.
    pub fn tool(&self, name_or_ident: &str) -> Option<ToolRef<'_>> {
        self.by_name.get(name_or_ident).map(|&i| ToolRef {
            server: self,
            tool: &self.tools[i],
        })
    }

    /// Its tools, each with this server.
    pub fn tool_refs(&self) -> impl Iterator<Item = ToolRef<'_>> {
        self.tools
            .iter()
            .map(move |tool| ToolRef { server: self, tool })
    }
}

impl ToolRef<'_> {
    /// `server.tool`, as a script writes it.
    pub fn path(self) -> String {
        format!("{}.{}", self.server.ident, self.tool.ident)
    }

    /// What the tool takes and returns, as TypeScript.
    pub fn declaration(self, detail: Detail) -> String {
        self.declaration_with(detail, None)
    }

    /// The same; a tool that promises no type has the one it was seen to return.
    pub fn declaration_with(self, detail: Detail, observed: Option<&Observed>) -> String {
        let seen = observed.and_then(|observed| self.observation(observed));
        typescript::declaration_with(&self.path(), &self.tool.definition, seen.as_ref(), detail)
    }

    /// The signature where it takes no more than `max_bytes`.
    pub(crate) fn signature_within(
        self,
        max_bytes: usize,
        observed: Option<&Observed>,
    ) -> Option<String> {
        let seen = observed.and_then(|observed| self.observation(observed));
        let definition = &self.tool.definition;
        typescript::signature_within(&self.path(), definition, seen.as_ref(), max_bytes)
    }

    /// What was seen of its results, where it promises nothing about them.
    pub(crate) fn observation(self, observed: &Observed) -> Option<Observation> {
        let definition = &self.tool.definition;
        if definition.output_schema.is_some() {
            return None;
        }
        observed.observation(&self.server.name, &definition.name)
    }
}

/// Raw names first: where two entries are alike the earlier one is meant.
fn by_name<'a>(entries: impl Iterator<Item = (&'a String, &'a String)>) -> HashMap<String, usize> {
    let mut map = HashMap::new();
    for (i, (name, ident)) in entries.enumerate() {
        map.entry(name.clone()).or_insert(i);
        map.entry(ident.clone()).or_insert(i);
    }
    map
}

#[cfg(test)]
mod tests;
