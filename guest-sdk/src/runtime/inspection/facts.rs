//! What is noted of things where they end.

use oxc::ast::AstKind;
use oxc::ast::ast::MemberExpression;
use oxc::semantic::NodeId;
use oxc::span::GetSpan;

use super::syntax;
use super::thing::Thing;
use super::{Inspector, PromiseRead, Use};
use crate::contract::{ApiTarget, Key, PromiseUseKind};

impl Inspector<'_, '_> {
    /// A thing goes where it is not followed.
    pub(super) fn escape(&mut self, node: NodeId, thing: &Thing) {
        match thing {
            Thing::Global => {
                self.guards.any_global = true;
                self.uses_target(node, ApiTarget::AnyTool, false);
            }
            Thing::Tools | Thing::AnyNamespace | Thing::CallTool => {
                self.uses_target(node, ApiTarget::AnyTool, false);
            }
            Thing::Namespace(server) => {
                let server = server.clone();
                self.uses_target(node, ApiTarget::AnyToolOf { server }, false);
            }
            Thing::Function(_) => self.mentions(node, thing),
            Thing::Value { .. } => {}
            Thing::Promise(inner) => match inner.call() {
                Some(call) => {
                    self.calls[call].goes_elsewhere = true;
                    self.calls[call].is_taken = true;
                }
                None => self.escape(node, inner),
            },
            Thing::Settled(inner)
            | Thing::List(inner)
            | Thing::At(_, inner)
            | Thing::Field(_, inner) => self.escape(node, inner),
        }
    }

    /// A thing is named and nothing becomes of it.
    pub(super) fn mentions(&mut self, node: NodeId, thing: &Thing) {
        if let Thing::Function(target) = thing {
            self.uses_target(node, target.clone(), false);
        }
    }

    /// A use without a call.
    pub(super) fn uses_target(&mut self, node: NodeId, target: ApiTarget, guarded: bool) {
        let offset = self.name_offset(node);
        self.uses.push(Use {
            node,
            offset,
            target,
            guarded,
            call: None,
        });
    }

    /// Where the name is in an expression that ends with one.
    pub(super) fn name_offset(&self, node: NodeId) -> u32 {
        match self.nodes.kind(node) {
            AstKind::StaticMemberExpression(member) => member.property.span.start,
            AstKind::ComputedMemberExpression(member) => member.expression.span().start,
            kind if syntax::is_wrapper(&kind) => match kind {
                AstKind::ChainExpression(chain) => chain
                    .expression
                    .member_expression()
                    .and_then(MemberExpression::static_property_info)
                    .map_or(chain.span.start, |(span, _)| span.start),
                other => other.span().start,
            },
            other => other.span().start,
        }
    }

    /// Whether a thing is there decides what the script does.
    pub(super) fn tests(&mut self, node: NodeId, thing: &Thing) {
        match thing {
            Thing::Namespace(server) => {
                self.guards.servers.insert(server.clone());
            }
            Thing::Function(target) => {
                self.guards.targets.insert(target.clone());
                self.mentions(node, thing);
            }
            Thing::Value { call, path } => {
                self.calls[*call].tested.insert(path.clone());
            }
            Thing::Promise(_) => self.escape(node, thing),
            _ => {}
        }
    }

    /// What kind of value a thing is decides what the script does: then what is
    /// below is no longer known.
    pub(super) fn asks_for_type(&mut self, node: NodeId, thing: &Thing) {
        self.tests(node, thing);
        if let Thing::Value { call, path } = thing {
            self.calls[*call].changed.insert(path.clone());
        }
    }

    /// The script asks whether a thing has a property; `None` where the name is
    /// computed.
    pub(super) fn looks_up(&mut self, thing: &Thing, name: Option<&str>) {
        match (thing, name) {
            (Thing::Tools, Some(name)) => {
                self.guards.servers.insert(name.to_owned());
            }
            (Thing::Namespace(server), Some(tool)) => {
                self.guards.targets.insert(ApiTarget::Tool {
                    server: server.clone(),
                    tool: tool.to_owned(),
                });
            }
            (Thing::Namespace(server), None) => {
                self.guards.tools_of.insert(server.clone());
            }
            (Thing::AnyNamespace, _) => self.guards.any_tool = true,
            (Thing::Global, Some(name)) => {
                self.guards.globals.insert(name.to_owned());
                self.guards.servers.insert(name.to_owned());
            }
            (Thing::Tools | Thing::Global, None) => self.guards.any_global = true,
            (Thing::Value { call, path }, name) => {
                let mut path = path.clone();
                match name {
                    Some(name) => {
                        path.push(Key::Name(name.to_owned()));
                        self.calls[*call].tested.insert(path);
                    }
                    None => {
                        self.calls[*call].changed.insert(path);
                    }
                }
            }
            _ => {}
        }
    }

    /// Something is awaited, or waited for in another way.
    pub(super) fn awaits(&mut self, thing: &Thing) {
        if thing.has_promise()
            && let Some(call) = thing.call()
        {
            self.calls[call].is_awaited = true;
        }
    }

    pub(super) fn awaits_if(&mut self, condition: bool, thing: &Thing) {
        if condition {
            self.awaits(thing);
        }
    }

    /// A thing becomes text or a number.
    pub(super) fn converts(&mut self, node: NodeId, thing: &Thing) {
        let offset = self.nodes.kind(node).span().start;
        self.uses_promise(node, offset, thing, PromiseUseKind::Converted);
    }

    /// A promise is used as if it were its value.
    pub(super) fn uses_promise(
        &mut self,
        node: NodeId,
        offset: u32,
        thing: &Thing,
        kind: PromiseUseKind,
    ) {
        if matches!(thing, Thing::Promise(_))
            && let Some(call) = thing.call()
        {
            self.reads += 1;
            self.calls[call]
                .promise_uses
                .push(PromiseRead { node, offset, kind });
        }
    }
}
