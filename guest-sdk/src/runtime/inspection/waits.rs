//! Where `await` belongs, for a promise that is used too early or dropped.
//!
//! Goes back from the use, as far as the syntax tells, to the nearest call that
//! gives the promise or a list of promises: there the script can wait, whichever
//! function called the tool. Owns no words: what is to be written is the host's to say.

use oxc::ast::AstKind;
use oxc::ast::ast::{BindingPattern, ChainElement, Expression};
use oxc::semantic::NodeId;
use oxc::span::{GetSpan, Span};

use super::callers::Role;
use super::facts::PromiseRead;
use super::{Inspector, syntax};
use crate::contract::{PromiseUseKind, WaitKind};

/// Steps that are gone back from a use.
const MAX_STEPS: usize = 40;

/// What to wait for.
pub(super) struct Wait {
    /// What has the promise, or the list.
    pub(super) node: NodeId,
    pub(super) kind: WaitKind,
    /// What is read from it right there.
    pub(super) read: Option<Span>,
}

/// A place that holds a promise, in so many lists.
type Held = (NodeId, usize);

impl Inspector<'_, '_> {
    /// What to wait for where a promise is used as if it were its result.
    pub(super) fn wait_before(&mut self, found: &PromiseRead) -> Wait {
        let first = self.held_at(found);
        let mut list = None;
        let mut last = first;
        for _ in 0..MAX_STEPS {
            let Some((node, lists)) = last else { break };
            if lists == 1 && self.nodes.kind(node).as_identifier_reference().is_some() {
                list = Some(node);
            }
            match self.held_before(node, lists) {
                Some(before) => last = Some(before),
                None => break,
            }
        }
        let is_call = |node| self.nodes.kind(node).as_call_expression().is_some();
        let (node, kind) = match (last, list) {
            (Some((node, 0)), _) if is_call(node) => (node, WaitKind::Promise),
            (Some((node, 1)), _) if is_call(node) => (node, WaitKind::List),
            (_, Some(list)) => (list, WaitKind::List),
            (Some(_), None) if !self.may_wait(found.call) => (
                first.map_or(found.call, |(node, _)| node),
                WaitKind::Promise,
            ),
            _ => (found.call, WaitKind::Promise),
        };
        let read = self.read_from(found).filter(|_| {
            let held = first.map(|(held, _)| self.unwrapped(held));
            kind == WaitKind::Promise && held == Some(self.unwrapped(node))
        });
        Wait { node, kind, read }
    }

    /// What to wait for where a call's promise is dropped by what has it last.
    pub(super) fn wait_for_dropped(&mut self, call: NodeId, last: NodeId, in_list: bool) -> Wait {
        let nodes = self.nodes;
        let last = match nodes.kind(last) {
            AstKind::VariableDeclarator(declarator) => {
                declarator.init.as_ref().map_or(last, Expression::node_id)
            }
            _ => last,
        };
        let last = match nodes.kind(self.unwrapped(last)) {
            AstKind::AwaitExpression(awaited) => self.unwrapped(awaited.argument.node_id()),
            _ => self.unwrapped(last),
        };
        let (node, mut kind) = match nodes.kind(last).as_call_expression() {
            Some(_) if in_list => (last, WaitKind::List),
            Some(_) => (last, WaitKind::Promise),
            None => (call, WaitKind::Promise),
        };
        let is_for_each = self.method_of(node) == Some("forEach");
        if is_for_each || (!self.may_wait(node) && self.is_for_each(node)) {
            kind = WaitKind::ForEach;
        }
        Wait {
            node,
            kind,
            read: None,
        }
    }

    /// Whether `await` can stand at a node: in an async function, or in none.
    pub(super) fn may_wait(&self, node: NodeId) -> bool {
        let function = syntax::function_around(self.nodes, node);
        function.is_none_or(|function| syntax::kind_of_function(self.nodes.kind(function)).0)
    }

    /// Whether a node is in a function that `forEach` calls.
    fn is_for_each(&mut self, node: NodeId) -> bool {
        let Some(function) = syntax::function_around(self.nodes, node) else {
            return false;
        };
        let callers = self.callers(function);
        let mut sites = callers.sites.iter();
        sites.any(|site| {
            matches!(site.role, Role::Each(_)) && self.method_of(site.call) == Some("forEach")
        })
    }

    /// What has the promise where it is used.
    fn held_at(&mut self, found: &PromiseRead) -> Option<Held> {
        let nodes = self.nodes;
        let is_property = matches!(found.kind, PromiseUseKind::Property(_));
        match nodes.kind(found.node) {
            AstKind::StaticMemberExpression(member) if is_property => {
                Some((member.object.node_id(), 0))
            }
            AstKind::ComputedMemberExpression(member) if is_property => {
                Some((member.object.node_id(), 0))
            }
            AstKind::SpreadElement(spread) => Some((spread.argument.node_id(), 0)),
            AstKind::BindingProperty(_) => {
                let pattern = nodes.parent_id(found.node);
                self.given_to(nodes.parent_id(pattern), 0)
            }
            AstKind::ArrayPattern(_) => self.given_to(nodes.parent_id(found.node), 0),
            AstKind::AssignmentTargetPropertyIdentifier(_)
            | AstKind::AssignmentTargetPropertyProperty(_)
            | AstKind::ArrayAssignmentTarget(_) => None,
            _ => Some((found.node, 0)),
        }
    }

    /// The source of what is read from a promise: `.title`.
    fn read_from(&self, found: &PromiseRead) -> Option<Span> {
        let (object, member) = match self.nodes.kind(found.node) {
            AstKind::StaticMemberExpression(member) => (member.object.span(), member.span),
            AstKind::ComputedMemberExpression(member) => (member.object.span(), member.span),
            _ => return None,
        };
        let is_property = matches!(found.kind, PromiseUseKind::Property(_));
        is_property.then(|| Span::new(object.end, member.end))
    }

    /// From a place that holds a promise to where that comes from; `None` from a
    /// call that gives it, and from what is not followed.
    fn held_before(&mut self, node: NodeId, lists: usize) -> Option<Held> {
        let nodes = self.nodes;
        match nodes.kind(node) {
            AstKind::IdentifierReference(identifier) => {
                let symbol = syntax::symbol_of(identifier, self.scoping)?;
                if !syntax::is_constant(symbol, self.scoping) {
                    return None;
                }
                let declared = self.scoping.symbol_declaration(symbol);
                let pattern = match nodes.kind(declared) {
                    AstKind::VariableDeclarator(declarator) => &declarator.id,
                    AstKind::FormalParameter(parameter) => &parameter.pattern,
                    _ => return None,
                };
                let is_it = |pattern: &BindingPattern<'_>| {
                    let name = pattern.get_binding_identifier();
                    name.is_some_and(|name| name.symbol_id.get() == Some(symbol))
                };
                match pattern {
                    BindingPattern::ArrayPattern(array)
                        if array.elements.iter().flatten().any(is_it) =>
                    {
                        self.given_to(declared, lists + 1)
                    }
                    pattern if is_it(pattern) => self.given_to(declared, lists),
                    _ => None,
                }
            }
            AstKind::ComputedMemberExpression(member) => {
                let name = syntax::string(&member.expression, nodes, self.scoping);
                let list = member.object.node_id();
                name.is_none().then_some((list, lists + 1))
            }
            AstKind::AwaitExpression(awaited) if lists > 0 => {
                Some((awaited.argument.node_id(), lists))
            }
            AstKind::CallExpression(call) => {
                let (name, _) = syntax::method(call)?;
                if self.index.functions.contains_key(name) {
                    return None;
                }
                let list = syntax::object_of_method(call)?;
                match name {
                    "at" | "pop" | "shift" | "find" | "findLast" => Some((list, lists + 1)),
                    "slice" | "filter" | "reverse" | "toReversed" | "splice" if lists > 0 => {
                        Some((list, lists))
                    }
                    _ => None,
                }
            }
            _ => {
                let inner = self.unwrapped(node);
                (inner != node).then_some((inner, lists))
            }
        }
    }

    /// What a declaration or a call gives to a variable or a parameter.
    fn given_to(&mut self, declared: NodeId, lists: usize) -> Option<Held> {
        let nodes = self.nodes;
        match nodes.kind(declared) {
            AstKind::VariableDeclarator(declarator) => match &declarator.init {
                Some(init) => Some((init.node_id(), lists)),
                None => match nodes.parent_kind(nodes.parent_id(declared)) {
                    AstKind::ForOfStatement(each) if !each.r#await => {
                        Some((each.right.node_id(), lists + 1))
                    }
                    _ => None,
                },
            },
            AstKind::FormalParameter(_) => {
                let (function, place) = syntax::place_of_parameter(nodes, declared)?;
                let callers = self.callers(function);
                let [only] = callers.sites.as_slice() else {
                    return None;
                };
                match only.role {
                    _ if callers.escapes => None,
                    Role::Each(list) if place == 0 => Some((list, lists + 1)),
                    Role::Called => {
                        let call = nodes.kind(only.call).as_call_expression()?;
                        Some((syntax::argument(call, place)?.node_id(), lists))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The node that others only wrap.
    fn unwrapped(&self, mut node: NodeId) -> NodeId {
        loop {
            node = match self.nodes.kind(node) {
                AstKind::ChainExpression(chain) => match &chain.expression {
                    ChainElement::CallExpression(call) => call.node_id.get(),
                    ChainElement::TSNonNullExpression(inner) => inner.node_id.get(),
                    other => other.node_id(),
                },
                kind => match syntax::wrapped_by(&kind) {
                    Some(inner) => inner.node_id(),
                    None => return node,
                },
            };
        }
    }
}
