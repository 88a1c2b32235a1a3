//! From what was found to what is told.

mod places;

use std::collections::{BTreeMap, BTreeSet};

use oxc::ast::AstKind;
use oxc::ast::ast::Argument;
use oxc::semantic::NodeId;
use oxc::span::GetSpan;

use self::places::Places;
use super::callers::{Caller, Role};
use super::facts::{Arguments, CallFacts, PromiseRead, Use};
use super::flow::FateKind;
use super::literals::Budget;
use super::reach::Failure;
use super::waits::Wait;
use super::{Inspector, MAX_USES, syntax};
use crate::contract::{
    ApiTarget, ApiUse, AsyncCallback, CallUse, DroppedCall, Exposure, Handling, Inspection, Key,
    Literal, PromiseUse, PromiseUseKind, ResultRead, WaitFor,
};
use crate::runtime::source::positions::PositionMap;

/// Characters that are counted to find columns, over all places.
const MAX_COLUMNS: usize = 16 << 20;

/// What becomes of a promise.
struct Handled {
    end: End,
    /// Whether something has it that may cope with its failure.
    is_taken: bool,
    /// Where it is awaited.
    awaits: Vec<NodeId>,
}

#[derive(Clone, Copy)]
enum End {
    Awaited,
    /// Nothing becomes of it; what has it last, and whether in a list.
    Dropped(NodeId, bool),
    Elsewhere,
}

impl<'a> Inspector<'a, '_> {
    /// What was found, in the order of the source.
    pub(super) fn report(mut self, positions: &PositionMap) -> Inspection {
        let nodes = self.nodes;
        self.report_undeclared();
        let mut places = Places {
            positions,
            columns: 0,
        };
        let mut budget = Budget::new(positions);
        let dropped = self.dropped_calls(&mut places);
        let promise_uses = self.promise_uses(&mut places);
        let misused: BTreeSet<NodeId> = self.promise_uses.iter().map(|one| one.call).collect();
        let mut uses = std::mem::take(&mut self.uses);
        uses.sort_by_key(|found| (found.offset, nodes.kind(found.place).span().start));
        if uses.len() > MAX_USES {
            uses.truncate(MAX_USES);
            self.incomplete = true;
        }
        let mut told = Vec::with_capacity(uses.len());
        let mut called = Vec::with_capacity(uses.len());
        for found in uses {
            if places.columns > MAX_COLUMNS {
                self.incomplete = true;
                break;
            }
            let exposure = if found.guarded || self.work.is_over() || self.is_guarded(&found) {
                Exposure::Guarded
            } else {
                self.exposure(found.place, Failure::Thrown)
            };
            let call = found.call.map(|call| {
                let node = self.calls.facts[call].node;
                let handled = self.handling(node);
                let handling = match handled.end {
                    End::Awaited => Handling::Awaited,
                    End::Dropped(last, in_list) if !misused.contains(&node) => {
                        let wait = self.wait_for_dropped(node, last, in_list);
                        Handling::Dropped(self.wait_for(&wait, &places))
                    }
                    End::Dropped(..) | End::Elsewhere => Handling::Elsewhere,
                };
                // Whoever has the promise may take its failure.
                let is_taken = handled.is_taken && self.index.copes;
                let mut told = self.call_use(call, handling, &mut places, &mut budget);
                if exposure > Exposure::Guarded
                    && !is_taken
                    && !self.calls.facts[call].is_coped_with
                {
                    let here = self.exposure(found.place, Failure::Rejected);
                    let awaits = handled.awaits.iter();
                    let awaited = awaits.map(|node| self.exposure(*node, Failure::Thrown));
                    told.exposure = awaited.fold(exposure.min(here), Ord::min);
                }
                told
            });
            called.push(found.call.map(|call| self.calls.facts[call].node));
            told.push(ApiUse {
                place: places.at(found.offset),
                text: places.text(nodes.kind(found.birth)),
                target: found.target,
                exposure,
                call,
            });
        }
        // The arguments of all calls are known now.
        for (one, node) in told.iter_mut().zip(called) {
            if let Some(call) = &mut one.call
                && node.is_some_and(|node| self.passed.contains(&node))
                && matches!(call.handling, Handling::Dropped(_))
            {
                call.handling = Handling::Elsewhere;
            }
        }
        let waiting = std::mem::take(&mut self.async_callbacks);
        Inspection {
            uses: told,
            promise_uses,
            dropped,
            async_callbacks: waiting
                .iter()
                .take(MAX_USES)
                .map(|one| AsyncCallback {
                    place: places.at(one.offset),
                    method: one.method.to_owned(),
                })
                .collect(),
            incomplete: self.incomplete || self.work.is_over() || budget.is_full(),
        }
    }

    /// What becomes of the promise of a call.
    fn handling(&mut self, call: NodeId) -> Handled {
        if self.calls.facts[self.calls.by_node[&call]].is_unsure {
            return Handled {
                end: End::Elsewhere,
                is_taken: true,
                awaits: Vec::new(),
            };
        }
        let fates = self.fates(call);
        let (mut is_awaited, mut is_taken, mut is_kept) = (false, false, self.work.is_over());
        let mut awaits = Vec::new();
        let mut last = (call, false);
        for fate in self.with_stored(fates) {
            match fate.kind {
                FateKind::Awaited(node) => {
                    is_awaited = true;
                    awaits.push(node);
                }
                FateKind::Returned if !fate.in_list => is_awaited = true,
                FateKind::Member(_) | FateKind::Taken | FateKind::Tested => is_kept = true,
                // Whoever makes a promise by hand settles it as it likes.
                FateKind::Discarded(node) => {
                    last = (node, fate.in_list);
                    is_kept |= self.is_in_executor(call);
                }
                _ => is_taken = true,
            }
        }
        let end = match (is_awaited, is_taken || is_kept) {
            (true, _) => End::Awaited,
            (false, false) if self.is_exposed(call, Failure::None) => End::Dropped(last.0, last.1),
            (false, _) => End::Elsewhere,
        };
        Handled {
            end,
            is_taken,
            awaits,
        }
    }

    /// Whether a node is in a function that `new Promise` calls.
    pub(super) fn is_in_executor(&self, node: NodeId) -> bool {
        if !self.climbs(node) {
            return true;
        }
        let mut around = self.nodes.ancestor_kinds(node);
        around.any(|kind| match kind {
            AstKind::NewExpression(new) => {
                syntax::global_named(&new.callee, self.scoping) == Some("Promise")
            }
            _ => false,
        })
    }

    /// Calls of the script's async functions that nothing awaits, where those
    /// call tools.
    fn dropped_calls(&mut self, places: &mut Places<'_>) -> Vec<DroppedCall> {
        let index = self.index;
        let mut dropped: BTreeMap<NodeId, DroppedCall> = BTreeMap::new();
        for function in &index.async_functions {
            if !self.calls_tools(*function) {
                continue;
            }
            let callers = self.callers(*function);
            for caller in &callers.sites {
                if self.work.is_over() || dropped.len() == MAX_USES {
                    break;
                }
                let Some((last, several)) = self.dropped_by(*caller) else {
                    continue;
                };
                let is_call = self.nodes.kind(last).as_call_expression().is_some();
                let last = if is_call { last } else { caller.call };
                let call = self.nodes.kind(last).as_call_expression();
                let callee = call.map_or(last, |call| call.callee.node_id());
                let is_named = call.is_some_and(|call| syntax::function(&call.callee).is_none());
                if dropped.contains_key(&last) {
                    continue;
                }
                let wait = self.wait_for_dropped(last, last, several);
                let told = DroppedCall {
                    place: places.at(self.name_offset(callee)),
                    text: if is_named {
                        places.text(self.nodes.kind(callee))
                    } else {
                        String::new()
                    },
                    wait_for: self.wait_for(&wait, places),
                    guarded: !self.is_exposed(last, Failure::None),
                };
                dropped.insert(last, told);
            }
        }
        dropped.into_values().collect()
    }

    /// The expression that has the promise of an async function last, where nothing
    /// becomes of it, and whether it is one of several.
    fn dropped_by(&mut self, caller: Caller) -> Option<(NodeId, bool)> {
        let lists = match caller.role {
            Role::Called => 0,
            Role::Each(_) => 1,
            _ => return None,
        };
        if lists > 0
            && !matches!(
                self.method_of(caller.call),
                Some("map" | "flatMap" | "from")
            )
        {
            return None;
        }
        let mut last = None;
        for fate in self.fates_in(caller.call, lists) {
            match fate.kind {
                FateKind::Discarded(node) if !self.is_in_executor(node) => {
                    last = Some((node, lists > 0));
                }
                _ => return None,
            }
        }
        last
    }

    /// Whether there are calls of tools in a node.
    fn calls_tools(&self, node: NodeId) -> bool {
        // What is in a node has the numbers that follow its own.
        let next = self.calls.by_node.range(node..).next();
        next.is_some_and(|(call, _)| {
            let call = self.nodes.kind(*call).span();
            call.end <= self.nodes.kind(node).span().end
        })
    }

    fn promise_uses(&mut self, places: &mut Places<'_>) -> Vec<PromiseUse> {
        let mut found = std::mem::take(&mut self.promise_uses);
        found.sort_by_key(|one| one.offset);
        let mut told = Vec::new();
        for one in &found {
            if places.columns > MAX_COLUMNS {
                self.incomplete = true;
                break;
            }
            told.push(self.promise_use(one, places));
        }
        self.promise_uses = found;
        told
    }

    fn promise_use(&mut self, found: &PromiseRead, places: &mut Places<'_>) -> PromiseUse {
        let call = self.nodes.kind(found.call).as_call_expression();
        let guards = &self.guards;
        let is_guarded = self.work.is_over()
            || guards.promises.contains(&found.call)
            || matches!(
                &found.kind,
                PromiseUseKind::Property(name) if guards.assigned.contains(name)
                    && !self.index.is_assigned(name)
            );
        let callee = call.map_or(found.call, |call| call.callee.node_id());
        let called = call.filter(|call| syntax::function(&call.callee).is_none());
        let called = called.map(|call| places.text(self.nodes.kind(call.callee.node_id())));
        let wait = self.wait_before(found);
        PromiseUse {
            place: places.at(found.offset),
            text: places.text(self.nodes.kind(found.node)),
            called: called.unwrap_or_default(),
            called_at: places.at(self.name_offset(callee)).position,
            wait_for: self.wait_for(&wait, places),
            kind: found.kind.clone(),
            exposure: if is_guarded {
                Exposure::Guarded
            } else {
                self.exposure(found.node, Failure::Thrown)
            },
        }
    }

    fn wait_for(&self, wait: &Wait, places: &Places<'_>) -> WaitFor {
        let kind = self.nodes.kind(wait.node);
        let text = match kind.as_call_expression() {
            Some(call) => {
                let name = match syntax::function(&call.callee) {
                    Some(_) => "(…)".to_owned(),
                    None => places.text(self.nodes.kind(call.callee.node_id())),
                };
                let arguments = if call.arguments.is_empty() { "" } else { "…" };
                format!("{name}({arguments})")
            }
            None => places.text(kind),
        };
        // The syntax tree has no parentheses, the source may: `(load())?.title`.
        let read = wait.read.map(|span| places.written(span));
        let read = read.as_deref().unwrap_or_default();
        WaitFor {
            text,
            read: read.trim_start_matches([')', ' ']).to_owned(),
            kind: wait.kind,
            in_plain_function: !self.may_wait(wait.node),
        }
    }

    fn is_guarded(&self, found: &Use) -> bool {
        let guards = &self.guards;
        match &found.target {
            ApiTarget::Tool { server, tool } => {
                let full = format!("{server}.{tool}");
                let known = self
                    .names
                    .servers
                    .iter()
                    .any(|known| known.ident == *server || known.name == *server);
                guards.targets.contains(&found.target)
                    || (found.call.is_some() && guards.tested_far.contains(&found.target))
                    || guards.any_tool
                    || guards.tools_of.contains(server)
                    || guards.compared.contains(tool)
                    || guards.compared.contains(&full)
                    || !self.work.spend(guards.patterns.len())
                    || guards
                        .patterns
                        .iter()
                        .any(|text| text.contains(tool.as_str()))
                    || (!known && (guards.servers.contains(server) || guards.any_global))
            }
            ApiTarget::AnyToolOf { server } => {
                guards.targets.contains(&found.target)
                    || guards.any_global
                    || guards.servers.contains(server)
            }
            ApiTarget::AnyTool => guards.targets.contains(&found.target),
            ApiTarget::Undeclared { .. } => guards.any_global || self.incomplete,
            ApiTarget::TooEarly { .. } => false,
        }
    }

    fn call_use(
        &mut self,
        call: usize,
        handling: Handling,
        places: &mut Places<'_>,
        budget: &mut Budget<'_>,
    ) -> CallUse {
        let facts = &mut self.calls.facts[call];
        let (node, arguments) = (facts.node, facts.arguments);
        let mut reads = std::mem::take(&mut facts.reads);
        reads.sort_by_key(|read| read.offset);
        let mut told = Vec::new();
        for read in reads {
            if places.columns > MAX_COLUMNS {
                self.incomplete = true;
                break;
            }
            let facts = &self.calls.facts[call];
            if self.may_be_assigned(facts, &read.path) {
                continue;
            }
            let is_guarded = read.guarded
                || self.work.is_over()
                || facts.is_unsure
                || facts.tested.contains(&read.path);
            told.push(ResultRead {
                place: places.at(read.offset),
                text: places.text(self.nodes.kind(read.node)),
                guarded: is_guarded || !self.is_exposed(read.node, self.failure_of(read.node)),
                path: read.path,
                called: read.called,
            });
        }
        let callee = self.nodes.kind(node).as_call_expression();
        let callee = callee.map_or(node, |call| call.callee.node_id());
        CallUse {
            place: places.at(self.name_offset(callee)),
            text: places.text(self.nodes.kind(callee)),
            exposure: Exposure::Guarded,
            count: match arguments {
                Arguments::None => 0,
                Arguments::One(_) | Arguments::Unknown => 1,
                Arguments::Several(several) => self.count(several, node, budget),
            },
            arguments: match arguments {
                Arguments::None => None,
                Arguments::One(expression) => Some(self.literal(expression, node, budget)),
                Arguments::Several(_) | Arguments::Unknown => Some(Literal::Unknown),
            },
            handling,
            reads: told,
        }
    }

    /// What comes of it if a property that is read is not there: nothing at all, where
    /// nothing is read from it in turn.
    fn failure_of(&self, read: NodeId) -> Failure {
        let outer = syntax::wrapped(self.nodes, read);
        match self.nodes.parent_kind(outer) {
            AstKind::StaticMemberExpression(_)
            | AstKind::ComputedMemberExpression(_)
            | AstKind::CallExpression(_)
            | AstKind::ForOfStatement(_)
            | AstKind::SpreadElement(_) => Failure::Thrown,
            AstKind::VariableDeclarator(declarator) if declarator.id.is_object_pattern() => {
                Failure::Thrown
            }
            _ => Failure::None,
        }
    }

    /// How many arguments are sure to be something, up to the last of those.
    fn count(
        &mut self,
        arguments: &'a [Argument<'a>],
        call: NodeId,
        budget: &mut Budget<'_>,
    ) -> usize {
        let mut count = 1;
        for (place, argument) in arguments.iter().enumerate().skip(1) {
            let value = argument
                .as_expression()
                .map_or(Literal::Unknown, |argument| {
                    self.literal(argument, call, budget)
                });
            if !matches!(value, Literal::Unknown | Literal::Undefined) {
                count = place + 1;
            }
        }
        count
    }

    /// Whether the script may have put there what it reads.
    fn may_be_assigned(&self, facts: &CallFacts<'_>, path: &[Key]) -> bool {
        if let Some(Key::Name(name)) = path.last()
            && self.guards.sought.contains(name)
        {
            return true;
        }
        let named = path
            .iter()
            .any(|key| matches!(key, Key::Name(name) if self.guards.assigned.contains(name)));
        named || (0..path.len()).any(|length| facts.changed.contains(&path[..length]))
    }
}
