//! Properties that are read from things.

use oxc::semantic::NodeId;

use super::methods::Method;
use super::syntax::{self, Named};
use super::thing::Thing;
use super::{Inspector, Read};
use crate::contract::{ApiTarget, Key, PromiseUseKind};

/// What every object has, a promise too.
const OF_ANY_OBJECT: [&str; 8] = [
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
    "__proto__",
];

/// What a promise has besides.
const OF_PROMISES: [&str; 3] = ["then", "catch", "finally"];

impl Inspector<'_, '_> {
    /// A member expression reads from a thing, or writes to it.
    pub(super) fn member(
        &mut self,
        node: NodeId,
        named: &Named,
        optional: bool,
        thing: &Thing,
        unsure: bool,
    ) {
        if optional && !matches!(thing, Thing::Promise(_)) {
            self.tests(node, thing);
        }
        if syntax::is_written(self.nodes, node) {
            self.written(node, named, thing);
            return;
        }
        if let Some((call_node, call)) = syntax::called_by(self.nodes, node)
            && let Some(name) = &named.name
        {
            let method = Method {
                name,
                offset: named.offset,
                member: node,
                call_node,
                call,
            };
            if self.method(&method, thing, unsure || optional) {
                return;
            }
        }
        let unsure_here = unsure || (optional && matches!(thing, Thing::Value { .. }));
        if let Some(inner) = self.property(node, named, thing, unsure_here) {
            self.push(node, inner, unsure);
        }
    }

    /// What a property of a thing is, after noting that it is read.
    pub(super) fn property(
        &mut self,
        node: NodeId,
        named: &Named,
        thing: &Thing,
        unsure: bool,
    ) -> Option<Thing> {
        match (thing, &named.name) {
            (Thing::Global, Some(name)) => self.global(name),
            (Thing::Tools, Some(server)) => Some(Thing::Namespace(server.clone())),
            (Thing::Tools, None) => Some(Thing::AnyNamespace),
            (Thing::Namespace(server), Some(tool)) => Some(Thing::Function(ApiTarget::Tool {
                server: server.clone(),
                tool: tool.clone(),
            })),
            (Thing::Namespace(server), None) => Some(Thing::Function(ApiTarget::AnyToolOf {
                server: server.clone(),
            })),
            (Thing::AnyNamespace, _) => Some(Thing::Function(ApiTarget::AnyTool)),
            (Thing::Value { .. }, Some(name)) => {
                let key = Key::Name(name.clone());
                self.read(node, named.offset, thing, key.clone(), false, unsure);
                thing.step(key)
            }
            (Thing::Value { .. }, None) => {
                if named.index.is_some() {
                    self.read(node, named.offset, thing, Key::Element, false, unsure);
                }
                thing.step(Key::Element)
            }
            (Thing::Promise(inner), name) => {
                let name = name
                    .clone()
                    .or_else(|| named.index.map(|index| index.to_string()));
                match name {
                    Some(name)
                        if !OF_PROMISES.contains(&&*name) && !OF_ANY_OBJECT.contains(&&*name) =>
                    {
                        let kind = PromiseUseKind::Property(name);
                        self.uses_promise(node, named.offset, thing, kind);
                    }
                    _ if inner.call().is_none() => self.escape(node, inner),
                    _ => self.escape(node, thing),
                }
                None
            }
            (Thing::Settled(inner), Some(name)) => (name == "value").then(|| (**inner).clone()),
            (Thing::List(_) | Thing::At(..), None) => {
                if let Some(index) = named.index {
                    return thing.element_at(index);
                }
                self.escape(node, thing);
                thing.element()
            }
            (Thing::Field(field, inner), Some(name)) => (field == name).then(|| (**inner).clone()),
            (Thing::List(_) | Thing::At(..), Some(_)) => None,
            (Thing::Global | Thing::CallTool | Thing::Function(_), _)
            | (Thing::Settled(_) | Thing::Field(..), None) => {
                self.escape(node, thing);
                None
            }
        }
    }

    /// Notes that a step into a result is read.
    pub(super) fn read(
        &mut self,
        node: NodeId,
        offset: u32,
        thing: &Thing,
        key: Key,
        called: bool,
        guarded: bool,
    ) {
        let Thing::Value { call, path } = thing else {
            return;
        };
        let mut path = path.clone();
        path.push(key);
        self.reads += 1;
        self.calls[*call].reads.push(Read {
            node,
            offset,
            path,
            guarded,
            called,
        });
    }

    fn written(&mut self, node: NodeId, named: &Named, thing: &Thing) {
        match (thing, &named.name) {
            (Thing::Global, Some(name)) => {
                self.guards.globals.insert(name.clone());
            }
            (Thing::Value { call, path }, name) => {
                let mut path = path.clone();
                if let Some(name) = name {
                    path.push(Key::Name(name.clone()));
                }
                self.calls[*call].changed.insert(path);
            }
            (Thing::List(_) | Thing::At(..) | Thing::Field(..) | Thing::Settled(_), _) => {}
            _ => self.escape(node, thing),
        }
    }
}
