//! Places that name the API without calling it there.

use std::collections::BTreeSet;

use oxc::ast::AstKind;
use oxc::semantic::NodeId;

use super::super::flow::{Fate, FateKind};
use super::super::sources::{Api, Sources};
use super::super::{Inspector, syntax};

impl<'a> Inspector<'a, '_> {
    /// Looks at what becomes of the ways to the API that a node names first.
    pub(super) fn look_at_births(&mut self, node: NodeId, sources: &Sources<'a>) {
        for (api, birth) in sources.api() {
            if birth == node {
                self.note_birth(node, api);
            }
        }
    }

    /// Notes a name of the API: handed on, mentioned, or called elsewhere.
    pub(in super::super) fn note_birth(&mut self, node: NodeId, api: Api<'a>) {
        let fates = match self.nodes.kind(node) {
            AstKind::BindingProperty(property) => self.fates_of_pattern(&property.value),
            _ => self.fates(node),
        };
        let fates = self.with_stored(fates);
        let mut is_called = false;
        let mut is_handed_on = false;
        for fate in &fates {
            match fate.kind {
                FateKind::Called(_) => is_called = true,
                FateKind::Argument(call, _) if self.only_looks(call) => {}
                FateKind::Member(_)
                | FateKind::Taken
                | FateKind::Tested
                | FateKind::Discarded(_)
                | FateKind::Converted
                | FateKind::Awaited(_) => {}
                _ => is_handed_on = true,
            }
        }
        if api.is_function() && api != Api::CallTool {
            if !is_called {
                self.uses_target(node, api, false);
            }
        } else if is_handed_on {
            self.guards.any_global |= api == Api::Global;
            self.uses_target(node, api, false);
        }
    }

    /// What becomes of a value, where it is kept in properties too.
    pub(in super::super) fn with_stored(&mut self, mut fates: Vec<Fate<'a>>) -> Vec<Fate<'a>> {
        let mut names = BTreeSet::new();
        let mut next = 0;
        while let Some(fate) = fates.get(next).copied() {
            next += 1;
            let FateKind::Stored(name) = fate.kind else {
                continue;
            };
            if self.index.reads_computed {
                fates.push(Fate {
                    kind: FateKind::Escapes,
                    in_list: fate.in_list,
                });
            }
            if names.insert(name) {
                let more = self.fates_of_property(name);
                if more.is_empty() {
                    // Whoever has the object has it.
                    fates.push(Fate {
                        kind: FateKind::Escapes,
                        in_list: fate.in_list,
                    });
                }
                fates.extend(more);
            }
        }
        fates.retain(|fate| !matches!(fate.kind, FateKind::Stored(_)));
        fates
    }

    /// Whether a call only looks at its argument.
    fn only_looks(&self, call: NodeId) -> bool {
        let AstKind::CallExpression(call) = self.nodes.kind(call) else {
            return false;
        };
        matches!(
            syntax::global_function(call, self.scoping),
            Some(
                (
                    "Object" | "Reflect",
                    "keys" | "getOwnPropertyNames" | "hasOwn" | "has" | "ownKeys"
                ) | ("console", _)
            )
        )
    }
}
