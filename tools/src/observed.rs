//! What tools have returned: their shapes, for tools that promise none.
//!
//! Pure data, like what searches led to: the owner says which value a call gave,
//! keeps the text of [`Observed::to_json`] where it likes, and hands the whole to a
//! description, a search or a check. Values are never kept, only kinds and the names
//! of properties, and of those none that looks like data. Nothing here reads a clock
//! or a file. Start at [`Shape::of_json`] and [`Observed::record`].

mod difference;
mod read;
mod schema;
mod shape;
mod stored;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

pub use self::difference::Differences;
pub use self::shape::Shape;
pub use self::stored::ObservedError;
use crate::typescript;

/// Most tools remembered; the one not called for longest goes first.
pub const TOOLS: usize = 500;
/// Most places in the shapes of all tools.
pub const PLACES: usize = 20_000;
/// Longest text that is read back, in bytes.
pub const BYTES: usize = 8 << 20;
/// Calls after which a shape is something to go by, if the last two fitted.
pub const SETTLED_CALLS: u64 = 3;
/// Calls in a row that must have fitted by then.
const QUIET_CALLS: u64 = SETTLED_CALLS - 1;
/// Longest name of a server or tool that is remembered, in bytes.
const NAME_BYTES: usize = 256;

/// The shapes of results, by server and tool. Cloning it is cheap.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Observed {
    /// How many results there have been.
    clock: u64,
    servers: BTreeMap<String, BTreeMap<String, Arc<ObservedTool>>>,
}

/// What was seen of one tool.
#[derive(Debug, Clone, Default, PartialEq)]
struct ObservedTool {
    calls: u64,
    /// Calls in a row that fitted.
    quiet: u64,
    /// The clock at the last call.
    at: u64,
    /// How many places the shape has.
    places: usize,
    shape: Shape,
}

/// The type of a tool's results as far as it was seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// A JSON Schema of the value a script gets, as the lone `result` of an object,
    /// which is how a declared schema writes what is no object.
    pub schema: Value,
    /// The calls it was seen in.
    pub calls: u64,
}

/// One tool with what was seen of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ObservedEntry<'a> {
    /// The server's name.
    pub server: &'a str,
    /// The tool's name as its server knows it.
    pub tool: &'a str,
    /// Its type, and in how many calls it was seen.
    pub observation: Observation,
}

impl Observation {
    /// The type as TypeScript, on one line.
    pub fn type_text(&self) -> String {
        typescript::result_type(&self.schema)
    }
}

impl Observed {
    /// Notes that `tool` of `server`, both by the names their server knows, gave a
    /// value of this shape.
    pub fn record(&mut self, server: &str, tool: &str, shape: &Shape) {
        if server.len() > NAME_BYTES || tool.len() > NAME_BYTES {
            return;
        }
        self.clock = self.clock.saturating_add(1);
        let at = self.clock;
        let known = Arc::make_mut(self.entry(server, tool));
        known.add(shape);
        known.at = at;
        self.trim();
    }

    /// Adds what was seen later, somewhere else.
    pub fn merge(&mut self, later: &Self) {
        let before = self.clock;
        self.clock = before.saturating_add(later.clock);
        for (server, tool, seen) in later.tools() {
            let known = Arc::make_mut(self.entry(server, tool));
            known.append(seen);
            known.at = before.saturating_add(seen.at);
        }
        self.trim();
    }

    /// How `shape` differs from what the tool has always given; `None` where it does
    /// not, or where too little is known to tell.
    pub fn differences(&self, server: &str, tool: &str, shape: &Shape) -> Option<Differences> {
        let known = self.tool(server, tool).filter(|known| known.is_settled())?;
        Differences::between(&known.shape, shape)
    }

    /// Whether enough is known of a tool to go by.
    pub fn is_settled(&self, server: &str, tool: &str) -> bool {
        self.tool(server, tool)
            .is_some_and(ObservedTool::is_settled)
    }

    /// Forgets a tool, a whole server, or with no names everything; says how many
    /// tools were forgotten.
    pub fn forget(&mut self, server: Option<&str>, tool: Option<&str>) -> usize {
        let before = self.len();
        for (name, tools) in &mut self.servers {
            if server.is_none_or(|server| server == name) {
                tools.retain(|name, _| tool.is_some_and(|tool| tool != name));
            }
        }
        self.servers.retain(|_, tools| !tools.is_empty());
        before - self.len()
    }

    /// What is known, by server and tool.
    pub fn entries(&self) -> Vec<ObservedEntry<'_>> {
        let entry = |(server, tool, known): (_, _, &ObservedTool)| ObservedEntry {
            server,
            tool,
            observation: known.observation(),
        };
        self.tools().map(entry).collect()
    }

    /// How many tools something was seen of.
    pub fn len(&self) -> usize {
        self.servers.values().map(BTreeMap::len).sum()
    }

    /// Whether nothing was seen.
    pub fn is_empty(&self) -> bool {
        self.servers.is_empty()
    }

    /// What is known of a tool's results.
    pub(crate) fn observation(&self, server: &str, tool: &str) -> Option<Observation> {
        Some(self.tool(server, tool)?.observation())
    }

    /// The same, where it is something to go by.
    pub(crate) fn settled(&self, server: &str, tool: &str) -> Option<Observation> {
        let known = self.tool(server, tool)?;
        known.is_settled().then(|| known.observation())
    }

    fn tool(&self, server: &str, tool: &str) -> Option<&ObservedTool> {
        Some(self.servers.get(server)?.get(tool)?)
    }

    fn entry(&mut self, server: &str, tool: &str) -> &mut Arc<ObservedTool> {
        let tools = self.servers.entry(server.to_owned()).or_default();
        tools.entry(tool.to_owned()).or_default()
    }

    fn tools(&self) -> impl Iterator<Item = (&str, &str, &ObservedTool)> {
        self.servers.iter().flat_map(|(server, tools)| {
            let tools = tools.iter();
            tools.map(move |(tool, known)| (&**server, &**tool, &**known))
        })
    }

    /// Forgets what was not seen for longest until the rest is within bounds.
    fn trim(&mut self) {
        let mut places: usize = self.tools().map(|(_, _, known)| known.places).sum();
        let mut tools = self.len();
        while tools > TOOLS || (places > PLACES && tools > 1) {
            let oldest = self.tools().min_by_key(|(_, _, known)| known.at);
            let Some((server, tool, known)) = oldest else {
                return;
            };
            places -= known.places;
            let (server, tool) = (server.to_owned(), tool.to_owned());
            tools -= self.forget(Some(&server), Some(&tool));
        }
    }
}

impl ObservedTool {
    fn add(&mut self, shape: &Shape) {
        let widened = self.shape.absorb(shape);
        self.quiet = if widened {
            0
        } else {
            self.quiet.saturating_add(1)
        };
        self.calls = self.calls.saturating_add(1);
        self.places = self.shape.fit();
    }

    fn append(&mut self, later: &Self) {
        // Into nothing everything fits, however much it varied.
        let is_first = self.calls == 0;
        let widened = self.shape.absorb(&later.shape);
        // Of the later calls so many fitted what those before them had shown.
        self.quiet = if widened || is_first {
            later.quiet
        } else {
            self.quiet.saturating_add(later.calls)
        };
        self.calls = self.calls.saturating_add(later.calls);
        self.places = self.shape.fit();
    }

    fn is_settled(&self) -> bool {
        self.calls >= SETTLED_CALLS && self.quiet >= QUIET_CALLS
    }

    fn observation(&self) -> Observation {
        Observation {
            schema: schema::of_result(&self.shape),
            calls: self.calls,
        }
    }
}

#[cfg(test)]
mod tests;
