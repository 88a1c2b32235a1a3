//! What a script's source says of its use of the API, before it runs.
//!
//! Starts from every name that is not the script's own and follows what it
//! stands for through constants, patterns, calls and callbacks. Owns no
//! judgement: what exists and what fits is the host's to say, and where
//! something cannot be told it must come out as guarded or unknown. Knows
//! nothing of the realm. Start at [`inspect`].

mod bindings;
mod calls;
mod facts;
mod flow;
mod literals;
mod methods;
mod names;
mod properties;
mod reach;
mod report;
mod returns;
mod syntax;
mod thing;

use std::collections::{BTreeMap, BTreeSet};

use oxc::ast::ast::Expression;
use oxc::semantic::{AstNodes, NodeId, Scoping, Semantic};

use self::reach::Reach;
use self::thing::Thing;
use super::source::positions::PositionMap;
use crate::contract::{ApiTarget, Inspection, Key, PromiseUseKind, ServerApi};

/// Uses that are written down.
const MAX_USES: usize = 1_000;
/// Reads of results and uses of promises that are written down.
const MAX_READS: usize = 4_000;
/// Places that are looked at.
const MAX_STEPS: usize = 50_000;

/// What inspection has to know of the realm.
pub(crate) struct Names<'n> {
    /// The servers of the API.
    pub(crate) servers: &'n [ServerApi],
    /// Whether a name is a global of the language or the sandbox.
    pub(crate) is_global: &'n dyn Fn(&str) -> bool,
}

/// Which function of the program the runtime calls.
#[derive(Clone, Copy)]
pub(crate) enum Entry<'e> {
    /// None: the statements are the script.
    None,
    /// The one of this name.
    Named(&'e str),
    /// The one that the last statement returns, if it does.
    Value,
}

/// What can be told of a program, which has its types still.
///
/// `semantic` was built with its nodes.
pub(crate) fn inspect(
    semantic: &Semantic<'_>,
    positions: &PositionMap,
    entry: Entry<'_>,
    names: Names<'_>,
) -> Inspection {
    let reach = Reach::new(semantic, entry);
    let mut inspector = Inspector {
        nodes: semantic.nodes(),
        scoping: semantic.scoping(),
        names,
        known: BTreeMap::new(),
        undeclared: Vec::new(),
        async_for_each: Vec::new(),
        queue: Vec::new(),
        seen: BTreeSet::new(),
        uses: Vec::new(),
        calls: Vec::new(),
        reads: 0,
        guards: Guards::default(),
        incomplete: false,
        overflows: false,
        reach,
    };
    inspector.start();
    inspector.follow_all();
    inspector.report(positions)
}

/// Inspection under way.
struct Inspector<'a, 's> {
    nodes: &'s AstNodes<'a>,
    scoping: &'s Scoping,
    names: Names<'s>,
    /// Global names seen so far.
    known: BTreeMap<String, names::Known>,
    /// Names that nothing declares.
    undeclared: Vec<NodeId>,
    /// Where `forEach` gets an async function.
    async_for_each: Vec<u32>,
    queue: Vec<Flow>,
    seen: BTreeSet<(NodeId, Thing, bool)>,
    uses: Vec<Use>,
    calls: Vec<CallFacts<'a>>,
    /// Reads and promise uses so far.
    reads: usize,
    guards: Guards,
    /// Whether there is code that cannot be seen.
    incomplete: bool,
    /// Whether there was too much to follow: then nothing is sure.
    overflows: bool,
    reach: Reach<'a, 's>,
}

/// An expression that stands for a thing, yet to be followed.
struct Flow {
    node: NodeId,
    thing: Thing,
    /// Whether it may stand for something else.
    unsure: bool,
}

/// A place that names the API.
struct Use {
    node: NodeId,
    /// Of the name.
    offset: u32,
    target: ApiTarget,
    guarded: bool,
    /// The call, as an index.
    call: Option<usize>,
}

/// What was found of a call so far.
struct CallFacts<'a> {
    /// Where in the list of uses it is.
    at: usize,
    /// The call expression.
    node: NodeId,
    arguments: Arguments<'a>,
    is_awaited: bool,
    goes_elsewhere: bool,
    /// Whether something has it that may cope with its failure.
    is_taken: bool,
    reads: Vec<Read>,
    promise_uses: Vec<PromiseRead>,
    /// Parts of the result that the script tests for.
    tested: BTreeSet<Vec<Key>>,
    /// Parts of the result below which there may be something else: the script
    /// assigns there, or asks for their type.
    changed: BTreeSet<Vec<Key>>,
}

/// The arguments of a call.
#[derive(Clone, Copy)]
enum Arguments<'a> {
    None,
    One(&'a Expression<'a>),
    Unknown,
}

struct Read {
    node: NodeId,
    offset: u32,
    path: Vec<Key>,
    guarded: bool,
    called: bool,
}

struct PromiseRead {
    node: NodeId,
    offset: u32,
    kind: PromiseUseKind,
}

/// What the script tests for before it uses it.
#[derive(Default)]
struct Guards {
    servers: BTreeSet<String>,
    /// Servers whose tools it looks up.
    tools_of: BTreeSet<String>,
    /// Whether it looks up the tools of any server.
    any_tool: bool,
    /// Strings that it compares with something or looks for.
    compared: BTreeSet<String>,
    targets: BTreeSet<ApiTarget>,
    /// Properties that it assigns to anything.
    assigned: BTreeSet<String>,
    /// Globals that it defines.
    globals: BTreeSet<String>,
    /// Whether it may define any global.
    any_global: bool,
}

#[cfg(test)]
mod tests;
