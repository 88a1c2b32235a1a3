//! Methods of promises and lists, which hand things to callbacks and on.

use oxc::ast::AstKind;
use oxc::ast::ast::{CallExpression, Expression};
use oxc::semantic::NodeId;

use super::Inspector;
use super::syntax;
use super::thing::Thing;
use crate::contract::Key;

/// Methods of lists that call a function with an element first.
pub(super) const EACH: [&str; 10] = [
    "map",
    "flatMap",
    "filter",
    "find",
    "findLast",
    "findIndex",
    "findLastIndex",
    "some",
    "every",
    "forEach",
];

/// Methods that put something into a list.
const ADDING: [&str; 5] = ["push", "unshift", "splice", "fill", "copyWithin"];

/// A call of a method.
pub(super) struct Method<'a, 'n> {
    pub(super) name: &'n str,
    /// Where the name is.
    pub(super) offset: u32,
    pub(super) member: NodeId,
    pub(super) call_node: NodeId,
    pub(super) call: &'a CallExpression<'a>,
}

impl<'a> Inspector<'a, '_> {
    /// A method of a thing is called. Says whether that was all there is to it.
    pub(super) fn method(&mut self, method: &Method<'a, '_>, thing: &Thing, unsure: bool) -> bool {
        match thing {
            Thing::Promise(inner) => self.promise_method(method, inner, unsure),
            Thing::Value { .. } => {
                let key = Key::Name(method.name.to_owned());
                self.read(method.member, method.offset, thing, key, true, unsure);
                if method.name == "hasOwnProperty" {
                    let property = syntax::argument(method.call, 0);
                    let property =
                        property.and_then(|name| syntax::string(name, self.nodes, self.scoping));
                    self.looks_up(thing, property);
                } else {
                    self.list_method(method, thing, unsure);
                }
                true
            }
            Thing::List(_) | Thing::At(..) => {
                self.list_method(method, thing, unsure);
                true
            }
            _ => false,
        }
    }

    fn promise_method(&mut self, method: &Method<'a, '_>, inner: &Thing, unsure: bool) -> bool {
        let promise = inner.clone().promised();
        match method.name {
            "then" => {
                self.awaits(&promise);
                if method.call.arguments.len() > 1 {
                    self.copes(inner);
                }
                let callback = syntax::argument(method.call, 0);
                if let Some((parameters, _)) = callback.and_then(syntax::function) {
                    self.bind_parameter(parameters, 0, inner.clone(), unsure);
                }
            }
            "catch" => {
                self.awaits(&promise);
                self.copes(inner);
                self.push(method.call_node, promise, true);
            }
            "finally" => {
                self.awaits(&promise);
                self.push(method.call_node, promise, unsure);
            }
            _ => return false,
        }
        true
    }

    /// The script copes with the failure of a call.
    pub(super) fn copes(&mut self, thing: &Thing) {
        if let Some(call) = thing.call() {
            let at = self.calls[call].at;
            self.uses[at].guarded = true;
        }
    }

    fn list_method(&mut self, method: &Method<'a, '_>, list: &Thing, unsure: bool) {
        let Method {
            name,
            call_node,
            call,
            ..
        } = *method;
        let Some(element) = list.any_element() else {
            return;
        };
        // Of a list with it at one place the others are something else.
        let mixed = unsure || matches!(list, Thing::At(..));
        let places: &[usize] = match name {
            _ if EACH.contains(&name) => &[0],
            "sort" | "toSorted" => &[0, 1],
            "reduce" | "reduceRight" => &[1],
            _ => &[],
        };
        if !places.is_empty() {
            match syntax::argument(call, 0).and_then(syntax::function) {
                Some((parameters, _)) => {
                    for place in places {
                        self.bind_parameter(parameters, *place, element.clone(), mixed);
                    }
                }
                None => self.escape(call_node, &element),
            }
        }
        if ADDING.contains(&name)
            && let (Thing::Value { .. }, Thing::Value { call, path }) = (list, &element)
        {
            self.calls[*call].changed.insert(path.clone());
        }
        match name {
            "splice" | "filter" | "slice" | "sort" | "toSorted" | "reverse" | "toReversed"
            | "values" => {
                let same = match list {
                    Thing::At(..) => element.list(),
                    other => other.clone(),
                };
                self.push(call_node, same, mixed);
            }
            "find" | "findLast" | "at" | "pop" | "shift" => self.push(call_node, element, mixed),
            _ if !places.is_empty() || ADDING.contains(&name) => {}
            _ => self.escape(call_node, &element),
        }
    }

    /// Follows what is pushed to a list that the script starts empty. Says
    /// whether that was done.
    pub(super) fn collects(
        &mut self,
        call: &'a CallExpression<'a>,
        element: &Thing,
        unsure: bool,
    ) -> bool {
        let Some(("push" | "unshift", _)) = syntax::method(call) else {
            return false;
        };
        let Expression::StaticMemberExpression(member) = syntax::bare(&call.callee) else {
            return false;
        };
        let Expression::Identifier(identifier) = syntax::bare(&member.object) else {
            return false;
        };
        let Some(symbol) = syntax::symbol_of(identifier, self.scoping) else {
            return false;
        };
        let starts_empty = matches!(
            syntax::constant_value(symbol, self.nodes, self.scoping),
            Some(Expression::ArrayExpression(array)) if array.elements.is_empty()
        );
        if !starts_empty {
            return false;
        }
        // What else gets in may be something else.
        let additions = self
            .scoping
            .get_resolved_references(symbol)
            .filter(|reference| self.may_add(reference.node_id()))
            .count();
        let list = element.clone().list();
        self.bind_symbol(symbol, member.node_id.get(), &list, unsure || additions > 1);
        true
    }

    /// Whether something is put into a list at a place that names it.
    fn may_add(&self, node: NodeId) -> bool {
        let parent = self.nodes.parent_id(syntax::wrapped(self.nodes, node));
        match self.nodes.kind(parent) {
            AstKind::StaticMemberExpression(_) => syntax::called_by(self.nodes, parent)
                .and_then(|(_, call)| syntax::method(call))
                .is_some_and(|(name, _)| ADDING.contains(&name)),
            AstKind::ComputedMemberExpression(_) => syntax::is_written(self.nodes, parent),
            AstKind::CallExpression(call) => syntax::global_function(call, self.scoping).is_none(),
            _ => false,
        }
    }
}
