//! From what was found to what is told.

use std::collections::BTreeSet;

use oxc::ast::AstKind;
use oxc::semantic::SymbolFlags;
use oxc::span::{GetSpan, Span};

use super::literals::Literals;
use super::names;
use super::syntax;
use super::thing::Thing;
use super::{Arguments, CallFacts, Inspector, MAX_USES, Use};
use crate::contract::{
    ApiTarget, ApiUse, CallUse, Handling, Inspection, Key, Literal, Place, PromiseUse, ResultRead,
};
use crate::runtime::source::positions::PositionMap;

/// Characters of an expression that are shown.
const SHOWN_CHARS: usize = 100;
/// Characters that are counted to find columns, over all places.
const MAX_COLUMNS: usize = 16 << 20;

/// Where things are in the source.
struct Places<'p> {
    positions: &'p PositionMap,
    columns: usize,
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
        let mut literals = Literals::new(nodes, self.scoping, positions);
        literals.calls = self.calls.iter().map(|call| call.node).collect();
        literals.promises = self
            .seen
            .iter()
            .filter(|(_, thing, unsure)| matches!(thing, Thing::Promise(_)) && !unsure)
            .map(|(node, _, _)| *node)
            .collect();
        let mut uses = std::mem::take(&mut self.uses);
        uses.sort_by_key(|found| found.offset);
        if uses.len() > MAX_USES {
            uses.truncate(MAX_USES);
            self.incomplete = true;
        }
        let mut calls: Vec<Option<CallFacts<'_>>> = std::mem::take(&mut self.calls)
            .into_iter()
            .map(Some)
            .collect();
        self.incomplete |= self.overflows;
        let mut told = Vec::with_capacity(uses.len());
        for found in uses {
            if places.columns > MAX_COLUMNS {
                self.incomplete = true;
                break;
            }
            let guarded = found.guarded || self.overflows || self.is_guarded(&found);
            let call = found.call.and_then(|call| calls[call].take());
            // Whoever has the promise may take its failure.
            let is_taken = call.as_ref().is_some_and(|call| call.is_taken);
            let guarded = guarded || (is_taken && self.reach.copes());
            told.push(ApiUse {
                place: places.at(found.offset),
                text: places.text(nodes.kind(found.node)),
                target: found.target,
                guarded,
                call: call.map(|facts| self.call_use(facts, &mut places, &mut literals)),
            });
        }
        Inspection {
            uses: told,
            async_for_each: self
                .async_for_each
                .iter()
                .take(MAX_USES)
                .map(|offset| places.at(*offset))
                .collect(),
            incomplete: self.incomplete || literals.is_full(),
        }
    }

    fn is_guarded(&mut self, found: &Use) -> bool {
        let guards = &self.guards;
        let tested = match &found.target {
            ApiTarget::Tool { server, tool } => {
                let full = format!("{server}.{tool}");
                let known = self
                    .names
                    .servers
                    .iter()
                    .any(|known| known.ident == *server || known.name == *server);
                guards.targets.contains(&found.target)
                    || guards.any_tool
                    || guards.tools_of.contains(server)
                    || guards.compared.contains(tool)
                    || guards.compared.contains(&full)
                    || (!known && (guards.servers.contains(server) || guards.any_global))
            }
            ApiTarget::AnyToolOf { server } => {
                guards.targets.contains(&found.target)
                    || guards.any_global
                    || guards.servers.contains(server)
            }
            ApiTarget::AnyTool => guards.targets.contains(&found.target),
            ApiTarget::Undeclared { .. } => guards.any_global || self.incomplete,
        };
        tested || !self.reach.is_sure(found.node)
    }

    /// Turns names that nothing declares into uses.
    fn report_undeclared(&mut self) {
        // Out of strict mode a function in a block is known outside of it.
        let functions: BTreeSet<&str> = self
            .scoping
            .symbol_ids()
            .filter(|symbol| {
                self.scoping
                    .symbol_flags(*symbol)
                    .contains(SymbolFlags::Function)
            })
            .map(|symbol| self.scoping.symbol_name(symbol))
            .collect();
        for node in std::mem::take(&mut self.undeclared) {
            let kind = self.nodes.kind(node);
            let Some(identifier) = kind.as_identifier_reference() else {
                continue;
            };
            let name = identifier.name.as_str();
            if functions.contains(name) || self.guards.globals.contains(name) {
                continue;
            }
            let outer = syntax::wrapped(self.nodes, node);
            let member = names::member_read(self.nodes.parent_kind(outer), self.nodes.kind(outer));
            self.uses.push(Use {
                node,
                offset: identifier.span.start,
                target: ApiTarget::Undeclared {
                    name: name.to_owned(),
                    member: member.map(str::to_owned),
                },
                guarded: false,
                call: None,
            });
        }
    }

    fn call_use(
        &mut self,
        mut facts: CallFacts<'a>,
        places: &mut Places<'_>,
        literals: &mut Literals<'a, '_>,
    ) -> CallUse {
        facts.reads.sort_by_key(|read| read.offset);
        facts.promise_uses.sort_by_key(|found| found.offset);
        let handling = if facts.is_awaited {
            Handling::Awaited
        } else if facts.goes_elsewhere || self.overflows || !facts.promise_uses.is_empty() {
            Handling::Elsewhere
        } else {
            Handling::Dropped
        };
        let reads = std::mem::take(&mut facts.reads);
        let mut told = Vec::new();
        for read in reads {
            if places.columns > MAX_COLUMNS {
                self.incomplete = true;
                break;
            }
            if self.may_be_assigned(&facts, &read.path) {
                continue;
            }
            told.push(ResultRead {
                place: places.at(read.offset),
                text: places.text(self.nodes.kind(read.node)),
                guarded: read.guarded
                    || self.overflows
                    || facts.tested.contains(&read.path)
                    || !self.reach.is_sure(read.node),
                path: read.path,
                called: read.called,
            });
        }
        let mut promise_uses = Vec::new();
        for found in facts.promise_uses {
            if places.columns > MAX_COLUMNS {
                break;
            }
            promise_uses.push(PromiseUse {
                place: places.at(found.offset),
                text: places.text(self.nodes.kind(found.node)),
                kind: found.kind,
                guarded: self.overflows || !self.reach.is_sure(found.node),
            });
        }
        CallUse {
            arguments: match facts.arguments {
                Arguments::None => None,
                Arguments::One(expression) => Some(literals.read(expression)),
                Arguments::Unknown => Some(Literal::Unknown),
            },
            handling,
            reads: told,
            promise_uses,
        }
    }

    /// Whether the script may have put there what it reads.
    fn may_be_assigned(&self, facts: &CallFacts<'_>, path: &[Key]) -> bool {
        let named = path
            .iter()
            .any(|key| matches!(key, Key::Name(name) if self.guards.assigned.contains(name)));
        named || (0..path.len()).any(|length| facts.changed.contains(&path[..length]))
    }
}

impl Places<'_> {
    fn at(&mut self, offset: u32) -> Place {
        let position = self.positions.of_offset(offset);
        self.columns += position.column as usize;
        Place {
            position,
            source_line: self.positions.line_text(position).unwrap_or_default(),
        }
    }

    /// The text of a node, cut at its beginning: its end says what is named.
    fn text(&self, kind: AstKind<'_>) -> String {
        let span = shown(kind);
        let text = self
            .positions
            .text(span.start, span.end)
            .unwrap_or_default();
        let tail = text
            .char_indices()
            .rev()
            .nth(8 * SHOWN_CHARS)
            .map_or(text, |(start, _)| &text[start..]);
        let joined = tail.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = joined.chars().count();
        if length <= SHOWN_CHARS && tail.len() == text.len() {
            return joined;
        }
        let skipped = (length + 1).saturating_sub(SHOWN_CHARS);
        let kept: String = joined.chars().skip(skipped).collect();
        format!("…{kept}")
    }
}

fn shown(kind: AstKind<'_>) -> Span {
    match kind {
        AstKind::BindingProperty(property) => property.key.span(),
        other => other.span(),
    }
}
