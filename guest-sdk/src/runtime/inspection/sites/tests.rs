//! What the script tests for, and what it changes: there it knows better.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::NodeId;

use super::super::demand::{Demand, Step};
use super::super::sources::{Api, Sources};
use super::super::{Inspector, syntax};
use super::OF_PROMISES;
use crate::contract::{ApiTarget, Key};

impl<'a> Inspector<'a, '_> {
    /// Whether a value is there decides what the script does.
    pub(super) fn tests(&mut self, expression: &'a Expression<'a>) {
        self.tests_member(expression, false);
        if let Expression::CallExpression(call) = syntax::bare(expression)
            && let Some(("Boolean" | "Number" | "String" | "parseInt" | "parseFloat", "")) =
                syntax::global_function(call, self.scoping)
            && let Some(argument) = syntax::argument(call, 0)
        {
            self.tests(argument);
        }
        let sources = self.origins(expression);
        self.note_tested_at(expression, &sources);
    }

    fn note_tested_at(&mut self, expression: &'a Expression<'a>, sources: &Sources<'a>) {
        for (api, birth) in sources.api() {
            if api.is_function() && self.is_near(expression, birth) {
                self.guards.targets.insert(api.target());
            }
        }
        self.note_tested(sources);
    }

    /// Whether an expression is what names a thing, or the variable that has it.
    fn is_near(&self, expression: &'a Expression<'a>, birth: NodeId) -> bool {
        let expression = syntax::bare(expression);
        if expression.node_id() == birth {
            return true;
        }
        let inner = match expression {
            Expression::ChainExpression(chain) => chain.expression.node_id() == birth,
            _ => false,
        };
        let symbol = expression
            .get_identifier_reference()
            .and_then(|identifier| syntax::symbol_of(identifier, self.scoping));
        let initial = symbol
            .and_then(|symbol| syntax::initial_value(symbol, self.nodes, self.scoping))
            .map(Expression::node_id);
        let is_taken = matches!(self.nodes.kind(birth), AstKind::BindingProperty(_));
        inner || initial == Some(birth) || (symbol.is_some() && is_taken)
    }

    pub(super) fn note_tested(&mut self, sources: &Sources<'a>) {
        for (api, _) in sources.api() {
            match api {
                Api::Namespace(server) => {
                    self.guards.servers.insert(server.to_owned());
                }
                Api::Tool(..) | Api::AnyToolOf(_) | Api::AnyTool => {
                    self.guards.tested_far.insert(api.target());
                }
                Api::Global | Api::Tools | Api::AnyNamespace | Api::CallTool => {}
            }
        }
        for (call, path) in sources.results() {
            if let Some(&at) = self.calls.by_node.get(&call) {
                self.calls.facts[at].tested.insert(path.to_vec());
            }
        }
    }

    /// What kind of value it is decides what the script does: then what is below
    /// is no longer known.
    pub(super) fn asks_for_kind(&mut self, expression: &'a Expression<'a>) {
        let sources = self.origins(expression);
        self.note_tested_at(expression, &sources);
        self.note_asked(&sources);
        for (call, path) in sources.results() {
            self.note_changed(call, path.to_vec());
        }
    }

    /// What is found out about a promise tells it from what it promises.
    fn note_asked(&mut self, sources: &Sources<'a>) {
        self.guards.promises.extend(sources.promises());
    }

    /// Something of a value is asked for before it is used: `value.then`,
    /// `value.data ?? value`, `value.cancel?.()`.
    pub(super) fn tests_member(&mut self, member: &'a Expression<'a>, is_kind: bool) {
        let inner = match syntax::bare(member) {
            Expression::ChainExpression(chain) => chain.expression.as_member_expression(),
            other => other.as_member_expression(),
        };
        let Some(member) = inner else { return };
        let is_of_promises = match member.static_property_name() {
            Some(name) => OF_PROMISES.contains(&name),
            // `value[Symbol.iterator]`
            None => true,
        };
        if is_kind || is_of_promises {
            let sources = self.origins(member.object());
            self.note_asked(&sources);
        }
    }

    /// The script asks whether something has a property; `None` where the name
    /// cannot be told.
    pub(super) fn looks_up(&mut self, object: &'a Expression<'a>, name: Option<&str>) {
        self.looks_up_in(object.node_id(), name);
    }

    pub(super) fn looks_up_in(&mut self, object: NodeId, name: Option<&str>) {
        let sources = self.sources(object, Demand::ITSELF);
        for (api, _) in sources.api() {
            match (api, name) {
                (Api::Tools, Some(name)) => {
                    self.guards.servers.insert(name.to_owned());
                }
                (Api::Namespace(server), Some(tool)) => {
                    self.guards.targets.insert(ApiTarget::Tool {
                        server: server.to_owned(),
                        tool: tool.to_owned(),
                    });
                }
                (Api::Namespace(server), None) => {
                    self.guards.tools_of.insert(server.to_owned());
                }
                (Api::AnyNamespace, _) => self.guards.any_tool = true,
                (Api::Global, Some(name)) => {
                    self.guards.globals.insert(name.to_owned());
                    self.guards.servers.insert(name.to_owned());
                }
                (Api::Tools | Api::Global, None) => self.guards.any_global = true,
                _ => {}
            }
        }
        self.note_asked(&sources);
        for (call, path) in sources.results() {
            let mut path = path.to_vec();
            match name {
                Some(name) => {
                    path.push(Key::Name(name.to_owned()));
                    if let Some(&at) = self.calls.by_node.get(&call) {
                        self.calls.facts[at].tested.insert(path);
                    }
                }
                None => self.note_changed(call, path),
            }
        }
    }

    /// A part of a result is no longer what the tool gave.
    pub(super) fn note_changed(&mut self, call: NodeId, path: Vec<Key>) {
        if let Some(&at) = self.calls.by_node.get(&call) {
            self.calls.facts[at].changed.insert(path);
        }
    }

    /// A property is assigned to, counted up or deleted.
    pub(super) fn look_at_written(&mut self, object: &'a Expression<'a>, step: Step<'a>) {
        let name = match step {
            Step::Name(name, _) => Some(name),
            _ => None,
        };
        if let Some(name) = name {
            self.guards.assigned.insert(name.to_owned());
        }
        // In a function that is called as such it is the global object.
        if let (Expression::ThisExpression(_), Some(name)) = (syntax::bare(object), name) {
            self.guards.globals.insert(name.to_owned());
        }
        let sources = self.origins(object);
        for (api, birth) in sources.api() {
            match (api, name) {
                (Api::Global, Some(name)) => {
                    self.guards.globals.insert(name.to_owned());
                }
                (Api::Global, None) => self.guards.any_global = true,
                // A function of its own in a namespace.
                (Api::Namespace(server), Some(tool)) => {
                    let (server, tool) = (server.to_owned(), tool.to_owned());
                    self.guards.targets.insert(ApiTarget::Tool { server, tool });
                }
                (Api::Namespace(server), None) => {
                    self.guards.tools_of.insert(server.to_owned());
                }
                (api, _) => self.uses_target(birth, api, false),
            }
        }
        for (call, path) in sources.results() {
            let mut path = path.to_vec();
            path.extend(name.map(|name| Key::Name(name.to_owned())));
            self.note_changed(call, path);
        }
    }
}
