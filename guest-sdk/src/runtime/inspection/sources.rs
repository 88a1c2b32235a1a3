//! Where the value of an expression comes from.
//!
//! Walks backwards from an expression, with what is asked of its value, to the
//! calls of tools and the names of the API that it may come from. Whatever else
//! it may be is told as `other`. Nothing is assumed about the order in which
//! code runs: a variable may have any value that it is ever given.

mod bindings;
mod calls;
mod own;
mod patterns;

use std::collections::BTreeSet;

use oxc::ast::AstKind;
use oxc::ast::ast::{ArrayExpressionElement, ChainElement, Expression};
use oxc::semantic::{NodeId, SymbolId};
use oxc::syntax::operator::{AssignmentOperator, LogicalOperator};

use super::demand::{Demand, Step};
use super::work::VISIT;
use super::{Inspector, syntax};
use crate::contract::{ApiTarget, Key};

/// Places that are looked at for one expression.
const MAX_VISITS: usize = 400;
/// Places that wait to be looked at for one expression.
const MAX_WAITING: usize = 8_000;
/// Steps into a result that are told.
const MAX_PATH: usize = 12;
/// Sources that are told where a value may be a list or not.
const MAX_FOUND: usize = 32;

/// Where a value comes from.
#[derive(Debug, Default)]
pub(super) struct Sources<'a> {
    pub(super) found: Vec<Origin<'a>>,
    /// Functions of the script that it may be.
    pub(super) functions: Vec<NodeId>,
    /// Whether it may be something else as well.
    other: bool,
}

/// One source of a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Origin<'a> {
    /// A way to the API, by the node that names it.
    Api(Api<'a>, NodeId),
    /// A part of what a call of a tool results in.
    Result { call: NodeId, path: Vec<Key> },
    /// The promise of a call, of a tool or of an async function of the script,
    /// and what is asked of it as if it were the result.
    Promise {
        call: NodeId,
        own: bool,
        asked: Option<Step<'a>>,
    },
}

/// A way to the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Api<'a> {
    /// `globalThis`.
    Global,
    /// `tools`.
    Tools,
    /// The functions of a server, by the name the script uses.
    Namespace(&'a str),
    /// The functions of a server that cannot be told.
    AnyNamespace,
    /// `callTool`.
    CallTool,
    /// The function of a tool.
    Tool(&'a str, &'a str),
    /// The function of one of a server's tools.
    AnyToolOf(&'a str),
    /// The function of any tool.
    AnyTool,
}

impl Api<'_> {
    /// What calling it calls, or handing it on makes possible.
    pub(super) fn target(self) -> ApiTarget {
        match self {
            Self::Namespace(server) | Self::AnyToolOf(server) => ApiTarget::AnyToolOf {
                server: server.to_owned(),
            },
            Self::Tool(server, tool) => ApiTarget::Tool {
                server: server.to_owned(),
                tool: tool.to_owned(),
            },
            Self::Global | Self::Tools | Self::AnyNamespace | Self::CallTool | Self::AnyTool => {
                ApiTarget::AnyTool
            }
        }
    }

    /// Whether it calls a tool when it is called.
    pub(super) fn is_function(self) -> bool {
        matches!(
            self,
            Self::CallTool | Self::Tool(..) | Self::AnyToolOf(_) | Self::AnyTool
        )
    }
}

impl<'a> Sources<'a> {
    /// Whether it may be something else than what was found.
    pub(super) fn is_unsure(&self) -> bool {
        self.other || !self.functions.is_empty()
    }

    /// The one function of the script that it is.
    pub(super) fn only_function(&self) -> Option<NodeId> {
        match self.functions.as_slice() {
            [only] if !self.other && self.found.is_empty() => Some(*only),
            _ => None,
        }
    }

    /// Whether it is nothing but promises that were not awaited.
    pub(super) fn only_promises(&self) -> bool {
        let is_promise = |origin: &Origin<'_>| matches!(origin, Origin::Promise { .. });
        !self.is_unsure() && !self.found.is_empty() && self.found.iter().all(is_promise)
    }

    /// The ways to the API among them.
    pub(super) fn api(&self) -> impl Iterator<Item = (Api<'a>, NodeId)> {
        self.found.iter().filter_map(|origin| match origin {
            Origin::Api(api, birth) => Some((*api, *birth)),
            _ => None,
        })
    }

    /// The results among them: the call, and the way from its result.
    pub(super) fn results(&self) -> impl Iterator<Item = (NodeId, &[Key])> {
        self.found.iter().filter_map(|origin| match origin {
            Origin::Result { call, path } => Some((*call, path.as_slice())),
            _ => None,
        })
    }

    /// Calls whose promises are among them.
    pub(super) fn promises(&self) -> impl Iterator<Item = NodeId> {
        self.found.iter().filter_map(|origin| match origin {
            Origin::Promise { call, .. } => Some(*call),
            _ => None,
        })
    }

    /// Something is asked of a promise.
    fn add_promise(&mut self, call: NodeId, own: bool, asked: Option<Step<'a>>) {
        match asked {
            Some(Step::Call(_) | Step::Await) => self.other = true,
            asked => self.add(Origin::Promise { call, own, asked }),
        }
    }

    fn add(&mut self, origin: Origin<'a>) {
        if !self.found.contains(&origin) {
            self.found.push(origin);
        }
    }
}

/// A search under way.
#[derive(Default)]
struct Search<'a> {
    work: Vec<(NodeId, Demand)>,
    seen: BTreeSet<(NodeId, Demand)>,
    /// Lists whose additions were looked for.
    lists: BTreeSet<(SymbolId, Demand)>,
    sources: Sources<'a>,
}

impl Search<'_> {
    fn ask(&mut self, node: NodeId, demand: Demand) {
        self.work.push((node, demand));
    }

    /// It may be something that is not followed.
    fn other(&mut self) {
        self.sources.other = true;
    }
}

impl<'a> Inspector<'a, '_> {
    /// Where what is asked of an expression comes from.
    pub(super) fn sources(&mut self, node: NodeId, demand: Demand) -> Sources<'a> {
        let mut search = Search::default();
        search.ask(node, demand);
        self.finish_search(search)
    }

    fn finish_search(&mut self, mut search: Search<'a>) -> Sources<'a> {
        while let Some((node, demand)) = search.work.pop() {
            if !search.seen.insert((node, demand)) {
                continue;
            }
            let is_long = search.seen.len() > MAX_VISITS || search.work.len() > MAX_WAITING;
            if is_long || !self.work.spend(VISIT) {
                search.other();
                break;
            }
            let waiting = search.work.len();
            self.expand(&mut search, node, demand);
            self.work.spend(search.work.len().saturating_sub(waiting));
        }
        if self.work.is_over() {
            search.other();
        }
        search.sources
    }

    /// Where the value of an expression itself comes from.
    pub(super) fn origins(&mut self, expression: &Expression<'a>) -> Sources<'a> {
        self.sources(expression.node_id(), Demand::ITSELF)
    }

    /// Where one step from an expression's value leads.
    pub(super) fn step_from(&mut self, node: NodeId, step: Step<'a>) -> Sources<'a> {
        match self.demands.then(step, Demand::ITSELF) {
            Some(demand) => self.sources(node, demand),
            None => Sources::default(),
        }
    }

    /// Asks for `first` and then `rest`.
    fn ask_then(
        &mut self,
        search: &mut Search<'a>,
        node: NodeId,
        first: &[Step<'a>],
        rest: Demand,
    ) {
        let mut demand = rest;
        for step in first.iter().rev() {
            match self.demands.then(*step, demand) {
                Some(longer) => demand = longer,
                None => return search.other(),
            }
        }
        search.ask(node, demand);
    }

    fn expand(&mut self, search: &mut Search<'a>, node: NodeId, demand: Demand) {
        match self.nodes.kind(node) {
            AstKind::IdentifierReference(identifier) => {
                self.expand_identifier(search, node, identifier, demand);
            }
            AstKind::ChainExpression(chain) => {
                let inner = match &chain.expression {
                    ChainElement::CallExpression(call) => call.node_id.get(),
                    ChainElement::TSNonNullExpression(inner) => inner.node_id.get(),
                    other => other.node_id(),
                };
                search.ask(inner, demand);
            }
            AstKind::ObjectExpression(_)
            | AstKind::Function(_)
            | AstKind::ArrowFunctionExpression(_)
            | AstKind::Class(_)
                if let Some((Step::Flat, rest)) = self.demands.first(demand) =>
            {
                search.ask(node, rest);
            }
            kind if syntax::is_wrapper(&kind) => match syntax::wrapped_by(&kind) {
                Some(inner) => search.ask(inner.node_id(), demand),
                None => search.other(),
            },
            AstKind::AwaitExpression(awaited) => {
                let inner = awaited.argument.node_id();
                self.ask_then(search, inner, &[Step::Await], demand);
            }
            AstKind::StaticMemberExpression(member) => {
                let step = Step::Name(member.property.name.as_str(), node);
                self.ask_then(search, member.object.node_id(), &[step], demand);
            }
            AstKind::ComputedMemberExpression(member) => {
                let step = self.computed_step(node, &member.expression);
                self.ask_then(search, member.object.node_id(), &[step], demand);
            }
            AstKind::PrivateFieldExpression(member) => {
                let step = Step::Name(syntax::private_name(&member.field, self.nodes), node);
                self.ask_then(search, member.object.node_id(), &[step], demand);
            }
            AstKind::CallExpression(call) => {
                self.expand_call(search, node, call, demand);
                self.expand_replaced(search, node, demand);
            }
            AstKind::NewExpression(new) => self.expand_new(search, node, new, demand),
            AstKind::ThisExpression(_) => self.expand_this(search, node, demand),
            AstKind::Super(_) => self.expand_super(search, node, demand),
            AstKind::LogicalExpression(logical) => {
                // What is on the left of `&&` is used only where it is nothing.
                if logical.operator != LogicalOperator::And {
                    search.ask(logical.left.node_id(), demand);
                }
                search.ask(logical.right.node_id(), demand);
            }
            AstKind::ConditionalExpression(conditional) => {
                search.ask(conditional.consequent.node_id(), demand);
                search.ask(conditional.alternate.node_id(), demand);
            }
            AstKind::SequenceExpression(sequence) => match sequence.expressions.last() {
                Some(last) => search.ask(last.node_id(), demand),
                None => search.other(),
            },
            AstKind::AssignmentExpression(assignment) => match assignment.operator {
                AssignmentOperator::Assign => search.ask(assignment.right.node_id(), demand),
                AssignmentOperator::LogicalNullish | AssignmentOperator::LogicalOr => {
                    search.ask(assignment.right.node_id(), demand);
                    search.ask(assignment.left.node_id(), demand);
                }
                _ => search.other(),
            },
            AstKind::ArrayExpression(array) => {
                self.expand_array(search, node, &array.elements, demand);
                self.expand_kept_list(search, node, demand);
                self.expand_replaced(search, node, demand);
            }
            AstKind::ObjectExpression(object) => self.expand_object(search, node, object, demand),
            AstKind::Function(_) | AstKind::ArrowFunctionExpression(_) => {
                self.expand_function(search, node, demand);
            }
            AstKind::Class(_) => {
                self.expand_members(search, node, true, demand);
            }
            AstKind::NullLiteral(_) => {}
            _ => search.other(),
        }
    }

    /// The step that a computed member takes.
    pub(super) fn computed_step(&self, node: NodeId, expression: &'a Expression<'a>) -> Step<'a> {
        if let Some(name) = syntax::string(expression, self.nodes, self.scoping) {
            return Step::Name(name, node);
        }
        match syntax::index(expression) {
            Some(index) => Step::At(index),
            None => Step::Computed(node),
        }
    }

    fn expand_array(
        &mut self,
        search: &mut Search<'a>,
        node: NodeId,
        elements: &'a [ArrayExpressionElement<'a>],
        demand: Demand,
    ) {
        let (step, rest) = match self.demands.first(demand) {
            // A list is not waited for.
            Some((Step::Await, rest)) => return search.ask(node, rest),
            Some((step, rest)) if step.is_element() => (step, rest),
            _ if elements.is_empty() => return,
            _ => return search.other(),
        };
        // Behind a spread places are not known.
        let mut is_behind = false;
        for (place, element) in elements.iter().enumerate().take(syntax::MAX_PLACES) {
            match element {
                ArrayExpressionElement::SpreadElement(spread) => {
                    is_behind = true;
                    let list = spread.argument.node_id();
                    self.ask_then(search, list, &[Step::Element], rest);
                }
                ArrayExpressionElement::Elision(_) => {}
                element => {
                    let is_meant = match step {
                        Step::At(wanted) => is_behind || wanted == place,
                        _ => true,
                    };
                    if is_meant && let Some(element) = element.as_expression() {
                        search.ask(element.node_id(), rest);
                    }
                }
            }
        }
        if elements.len() > syntax::MAX_PLACES {
            search.other();
        }
    }

    /// Follows a demand from a way to the API.
    pub(super) fn expand_api(
        &mut self,
        search: &mut Sources<'a>,
        mut api: Api<'a>,
        mut birth: NodeId,
        mut demand: Demand,
    ) {
        while let Some((step, rest)) = self.demands.first(demand) {
            demand = rest;
            match (api, step) {
                (_, Step::Await) => {}
                (Api::Global, Step::Name(name, node)) => match self.global(name) {
                    Some(known) => (api, birth) = (known, node),
                    None => return search.other = true,
                },
                (Api::Tools, Step::Name(server, node)) => {
                    (api, birth) = (Api::Namespace(server), node);
                }
                (Api::Tools, Step::Computed(node)) => (api, birth) = (Api::AnyNamespace, node),
                (Api::Namespace(server), Step::Name(tool, node)) => {
                    (api, birth) = (Api::Tool(server, tool), node);
                }
                (Api::Namespace(server), Step::Computed(node)) => {
                    (api, birth) = (Api::AnyToolOf(server), node);
                }
                (Api::AnyNamespace, Step::Name(_, node) | Step::Computed(node)) => {
                    (api, birth) = (Api::AnyTool, node);
                }
                // `tool.call(null, …)` calls it too.
                (api, Step::Name("call", _)) if api.is_function() => {
                    match self.demands.first(demand) {
                        Some((Step::Call(call), rest)) => {
                            return self.expand_result(search, call, rest);
                        }
                        _ => return search.other = true,
                    }
                }
                (api, Step::Call(call)) if api.is_function() => {
                    return self.expand_result(search, call, demand);
                }
                _ => return search.other = true,
            }
        }
        search.add(Origin::Api(api, birth));
    }

    /// Follows a demand from the promise of a tool's call.
    fn expand_result(&mut self, search: &mut Sources<'a>, call: NodeId, demand: Demand) {
        let (waits, demand) = self.demands.awaited(demand);
        if waits {
            return self.expand_path(search, call, Vec::new(), demand);
        }
        let asked = self.asked_of_promise(demand);
        search.add_promise(call, false, asked);
    }

    /// The first step that is asked of a promise, which is no list.
    fn asked_of_promise(&self, mut demand: Demand) -> Option<Step<'a>> {
        while let Some((Step::Flat, rest)) = self.demands.first(demand) {
            demand = rest;
        }
        self.demands.first(demand).map(|(step, _)| step)
    }

    /// Follows a demand from a part of a tool's result.
    fn expand_path(
        &mut self,
        search: &mut Sources<'a>,
        call: NodeId,
        mut path: Vec<Key>,
        mut demand: Demand,
    ) {
        while let Some((step, rest)) = self.demands.first(demand) {
            demand = rest;
            match step {
                // It may be a list or not: whatever lacks something lacks it as both.
                Step::Flat if search.found.len() < MAX_FOUND && self.work.spend(VISIT) => {
                    let mut element = path.clone();
                    element.push(Key::Element);
                    self.expand_path(search, call, element, rest);
                }
                Step::Flat => search.other = true,
                Step::Await => {}
                Step::Name(name, _) => {
                    self.work.spend(name.len() / VISIT);
                    path.push(Key::Name(name.to_owned()));
                }
                Step::At(_) | Step::Element => path.push(Key::Element),
                Step::Computed(_) => path.push(Key::Value),
                Step::Call(_) => return search.other = true,
            }
            if path.len() > MAX_PATH {
                return search.other = true;
            }
        }
        search.add(Origin::Result { call, path });
    }
}
