//! What a script's source says of its use of the API, before it runs.
//!
//! Every place of the program is looked at once (`sites`). Where the values there
//! come from is found by walking backwards (`sources`), where they go by walking
//! forwards (`flow`, `callers`), both through the script's own variables, objects
//! and functions. Owns no judgement: what exists and what fits is the host's to
//! say, and where something cannot be told it must come out as guarded or unknown.
//! Knows nothing of the realm. Start at [`inspect`].

mod callers;
mod demand;
mod facts;
mod flow;
mod index;
mod literals;
mod names;
mod reach;
mod report;
mod sites;
mod sources;
mod syntax;
mod waits;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use oxc::semantic::{AstNodes, NodeId, Semantic, SymbolId};

use self::callers::Callers;
use self::demand::Demands;
use self::facts::{AsyncCall, Calls, Guards, PromiseRead, Use};
use self::index::Index;
use self::reach::Reach;
use self::work::Work;
use super::source::may_be_globals;
use super::source::positions::PositionMap;
use crate::contract::{Inspection, ServerApi};

/// Uses that are written down.
const MAX_USES: usize = 1_000;
/// Reads of results and uses of promises that are written down.
const MAX_READS: usize = 4_000;

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
    let (nodes, scoping) = (semantic.nodes(), &syntax::Scopes::new(semantic.scoping()));
    let index = Index::new(nodes, scoping);
    let mut inspector = Inspector {
        nodes,
        scoping,
        names,
        index: &index,
        entry: None,
        gives_globals: false,
        reach: Reach::default(),
        demands: Demands::default(),
        known: BTreeMap::new(),
        known_callers: BTreeMap::new(),
        undeclared: Vec::new(),
        async_callbacks: Vec::new(),
        uses: Vec::new(),
        calls: Calls::default(),
        promise_uses: Vec::new(),
        passed: BTreeSet::new(),
        reads: 0,
        work: Work::default(),
        decided_by: BTreeMap::new(),
        guards: Guards::default(),
        incomplete: false,
        depth: 0,
    };
    inspector.entry = inspector.find_entry(entry);
    if let Some(entry) = inspector.entry {
        let parameters = syntax::parameters_of(nodes.kind(entry));
        inspector.gives_globals = parameters.is_some_and(may_be_globals);
    }
    if index.is_outlandish {
        inspector.work.stop();
    }
    inspector.look_around();
    inspector.report(positions)
}

/// Inspection under way.
struct Inspector<'a, 's> {
    nodes: &'s AstNodes<'a>,
    scoping: &'s syntax::Scopes<'s>,
    names: Names<'s>,
    index: &'s Index<'a>,
    /// The function that the runtime calls, if it calls one.
    entry: Option<NodeId>,
    /// Whether it gets the globals.
    gives_globals: bool,
    reach: Reach,
    demands: Demands<'a>,
    /// Global names seen so far.
    known: BTreeMap<String, names::Known>,
    /// Callers of functions found so far.
    known_callers: BTreeMap<NodeId, Rc<Callers>>,
    /// Names that nothing declares.
    undeclared: Vec<NodeId>,
    /// Methods that get an async function and do not wait for it, and where they are.
    async_callbacks: Vec<AsyncCall<'a>>,
    uses: Vec<Use>,
    calls: Calls<'a>,
    promise_uses: Vec<PromiseRead>,
    /// Calls whose promises are in the arguments of tools.
    passed: BTreeSet<NodeId>,
    /// Reads and promise uses so far.
    reads: usize,
    work: Work,
    /// Whether the script tests the values of variables, as far as it was asked.
    decided_by: BTreeMap<SymbolId, bool>,
    guards: Guards,
    /// Whether there is code that cannot be seen.
    incomplete: bool,
    /// Functions whose callers are being found.
    depth: usize,
}

#[cfg(test)]
mod tests;
