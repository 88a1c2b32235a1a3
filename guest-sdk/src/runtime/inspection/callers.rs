//! Who calls a function of the script, and with what.

use std::collections::BTreeSet;
use std::rc::Rc;

use oxc::ast::AstKind;
use oxc::ast::ast::{CallExpression, Expression, FunctionType, MethodDefinitionKind};
use oxc::semantic::NodeId;

use super::flow::{Fate, FateKind};
use super::work::VISIT;
use super::{Inspector, syntax};

/// Callers of a function that are told apart.
const MAX_CALLERS: usize = 1_000;
/// Functions whose callers are looked for through each other.
const MAX_DEPTH: usize = 24;

/// Methods of lists that call a function with an element first.
const EACH: [&str; 10] = [
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

/// Methods of lists, maps and promises, which say little of whose they are.
const OF_CONTAINERS: [&str; 22] = [
    "add", "at", "catch", "concat", "delete", "entries", "filter", "find", "flat", "forEach",
    "get", "has", "includes", "keys", "map", "push", "reduce", "set", "slice", "sort", "then",
    "values",
];

/// All that is known of a function's callers.
#[derive(Debug, Default)]
pub(super) struct Callers {
    pub(super) sites: Vec<Caller>,
    /// Whether others may call it.
    pub(super) escapes: bool,
    /// Whether nothing has it at all.
    pub(super) is_empty: bool,
    known: BTreeSet<Caller>,
}

impl Callers {
    fn add(&mut self, call: NodeId, role: Role) {
        let caller = Caller { call, role };
        if self.sites.len() == MAX_CALLERS {
            self.escapes = true;
        } else if self.known.insert(caller) {
            self.sites.push(caller);
        }
    }
}

/// A place where a function is called, or handed to what calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Caller {
    pub(super) call: NodeId,
    pub(super) role: Role,
}

/// How a function is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// With the arguments of the call.
    Called,
    /// For each element of a list.
    Each(NodeId),
    /// For two elements of a list.
    Compare(NodeId),
    /// For what became of the elements before and the next one.
    Fold(NodeId),
    /// With what a promise settles with.
    Then(NodeId),
    /// With something that is not known.
    Plain,
}

impl<'a> Inspector<'a, '_> {
    /// Who calls a function.
    pub(super) fn callers(&mut self, function: NodeId) -> Rc<Callers> {
        if let Some(known) = self.known_callers.get(&function) {
            return Rc::clone(known);
        }
        // While they are being found nothing is known of them.
        let unknown = Rc::new(Callers {
            escapes: true,
            ..Callers::default()
        });
        if self.depth > MAX_DEPTH {
            return unknown;
        }
        self.known_callers.insert(function, unknown);
        self.depth += 1;
        let mut callers = self.find_callers(function);
        callers.known = BTreeSet::new();
        let callers = Rc::new(callers);
        self.depth -= 1;
        self.known_callers.insert(function, Rc::clone(&callers));
        callers
    }

    /// The function of the script that a call calls, where that can be told.
    pub(super) fn function_called(&mut self, call: &'a CallExpression<'a>) -> Option<NodeId> {
        if let Some(function) = self.function_named(call) {
            return Some(function);
        }
        let is_known = syntax::global_function(call, self.scoping).is_some();
        if is_known || self.depth > MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let sources = self.origins(&call.callee);
        self.depth -= 1;
        sources.only_function()
    }

    /// The same, where the syntax tells.
    fn function_named(&self, call: &'a CallExpression<'a>) -> Option<NodeId> {
        let callee = syntax::bare(&call.callee);
        if syntax::function(callee).is_some() {
            return Some(callee.node_id());
        }
        if let Some(identifier) = callee.get_identifier_reference() {
            let symbol = syntax::symbol_of(identifier, self.scoping)?;
            return syntax::function_of_symbol(symbol, self.nodes, self.scoping);
        }
        let (name, _) = syntax::method(call)?;
        if OF_CONTAINERS.contains(&name) {
            return None;
        }
        let owned = self.index.functions.get(name)?;
        match owned.as_slice() {
            [only] if !self.index.is_assigned(name) => Some(*only),
            _ => None,
        }
    }

    fn find_callers(&mut self, function: NodeId) -> Callers {
        let mut callers = Callers::default();
        if syntax::is_getter(self.nodes, function) {
            return self.readers(function);
        }
        let mut fates = Vec::new();
        let kind = self.nodes.kind(function);
        if let AstKind::Function(declared) = kind
            && let Some(symbol) = declared.id.as_ref().and_then(|id| id.symbol_id.get())
        {
            fates.extend(self.fates_of_symbol(symbol));
        }
        let is_declaration = matches!(
            kind,
            AstKind::Function(declared) if declared.r#type == FunctionType::FunctionDeclaration
        );
        if !is_declaration {
            let parent = self.nodes.parent_id(function);
            match self.nodes.kind(parent) {
                AstKind::MethodDefinition(method)
                    if method.kind == MethodDefinitionKind::Constructor =>
                {
                    let mut around = self.nodes.ancestor_ids(parent);
                    let class = around.find(|outer| self.nodes.kind(*outer).as_class().is_some());
                    if let Some(class) = class {
                        fates.extend(self.fates_of_class(class, 0));
                    }
                }
                _ => fates.extend(self.fates(function)),
            }
        }
        let mut next = 0;
        let mut names = BTreeSet::new();
        while let Some(fate) = fates.get(next).copied() {
            next += 1;
            if let FateKind::Stored(name) = fate.kind
                && !fate.in_list
                && names.insert(name)
            {
                callers.escapes |= self.index.reads_computed;
                fates.extend(self.fates_of_property(name));
            } else {
                self.add_caller(&mut callers, fate);
            }
        }
        callers.escapes |= self.work.is_over();
        callers.is_empty = fates.is_empty();
        callers
    }

    /// Where a getter is read.
    fn readers(&self, getter: NodeId) -> Callers {
        let name = match self.nodes.parent_kind(getter) {
            AstKind::MethodDefinition(method) => {
                syntax::key_name(&method.key, method.computed, self.nodes, self.scoping)
            }
            AstKind::ObjectProperty(property) => {
                syntax::key_name(&property.key, property.computed, self.nodes, self.scoping)
            }
            _ => None,
        };
        let reads = name.and_then(|name| self.index.members.get(name));
        let mut callers = Callers::default();
        for member in reads.into_iter().flatten() {
            if callers.escapes || !self.work.spend(VISIT) {
                break;
            }
            callers.add(*member, Role::Called);
        }
        callers.escapes |= self.index.reads_computed
            || self.work.is_over()
            || name.is_none_or(|name| self.index.patterns.contains_key(name));
        callers
    }

    /// What becomes of what is under a name of any object.
    pub(super) fn fates_of_property(&mut self, name: &str) -> Vec<Fate<'a>> {
        let index = self.index;
        let mut fates = Vec::new();
        for member in index.members.get(name).into_iter().flatten() {
            fates.extend(self.fates(*member));
            if self.work.is_over() {
                return fates;
            }
        }
        for pattern in index.patterns.get(name).into_iter().flatten() {
            if self.work.is_over() {
                return fates;
            }
            if let AstKind::BindingProperty(property) = self.nodes.kind(*pattern) {
                fates.extend(self.fates_of_pattern(&property.value));
            }
        }
        fates
    }

    /// What becomes of a class, and of those that inherit its constructor.
    fn fates_of_class(&mut self, class: NodeId, depth: usize) -> Vec<Fate<'a>> {
        let nodes = self.nodes;
        let mut fates = Vec::new();
        let Some(class) = nodes.kind(class).as_class().filter(|_| depth < MAX_DEPTH) else {
            return fates;
        };
        if let Some(symbol) = class.id.as_ref().and_then(|id| id.symbol_id.get()) {
            fates.extend(self.fates_of_symbol(symbol));
        }
        if class.is_expression() {
            fates.extend(self.fates(class.node_id.get()));
        }
        let index = self.index;
        let heirs = index.subclasses.get(&class.node_id.get());
        for heir in heirs.into_iter().flatten() {
            if !self.work.spend(VISIT) {
                return fates;
            }
            match index.constructors.get(heir) {
                Some(constructor) => {
                    let calls = index.super_calls.get(constructor);
                    fates.extend(calls.into_iter().flatten().map(|call| Fate {
                        kind: FateKind::Called(*call),
                        in_list: false,
                    }));
                }
                None => fates.extend(self.fates_of_class(*heir, depth + 1)),
            }
        }
        fates
    }

    fn add_caller(&self, callers: &mut Callers, fate: Fate<'a>) {
        match fate.kind {
            FateKind::Called(call) | FateKind::Built(call) if !fate.in_list => {
                callers.add(call, Role::Called);
            }
            FateKind::Executed(call) if !fate.in_list => callers.add(call, Role::Plain),
            FateKind::Argument(call, place) if !fate.in_list => {
                match self.role_of_argument(call, place) {
                    Some(role) => callers.add(call, role),
                    None => callers.escapes = true,
                }
            }
            FateKind::Member(member) => {
                let name = syntax::member_name(self.nodes.kind(member), self.nodes, self.scoping);
                if matches!(name, Some("call" | "bind"))
                    && let Some((call, _)) = syntax::called_by(self.nodes, member)
                {
                    callers.add(call, Role::Plain);
                }
                callers.escapes |= matches!(name, Some("call" | "apply" | "bind") | None);
            }
            FateKind::Tested | FateKind::Taken | FateKind::Discarded(_) | FateKind::Awaited(_) => {}
            _ => callers.escapes = true,
        }
    }

    /// How a call calls the function that is one of its arguments.
    fn role_of_argument(&self, node: NodeId, place: usize) -> Option<Role> {
        let AstKind::CallExpression(call) = self.nodes.kind(node) else {
            return None;
        };
        if let Some(("Array", "from") | ("Object" | "Map", "groupBy")) =
            syntax::global_function(call, self.scoping)
        {
            let list = syntax::argument(call, 0).map(Expression::node_id);
            return list.filter(|_| place == 1).map(Role::Each);
        }
        if let Some(("setTimeout" | "setInterval" | "queueMicrotask", "")) =
            syntax::global_function(call, self.scoping)
        {
            return (place == 0).then_some(Role::Plain);
        }
        let (name, _) = syntax::method(call)?;
        let object = syntax::object_of_method(call)?;
        if self.index.functions.contains_key(name) {
            return None;
        }
        match (name, place) {
            ("then", 0) => Some(Role::Then(object)),
            ("finally", 0) => Some(Role::Plain),
            ("sort" | "toSorted", 0) => Some(Role::Compare(object)),
            ("reduce" | "reduceRight", 0) => Some(Role::Fold(object)),
            (name, 0) if EACH.contains(&name) => Some(Role::Each(object)),
            _ => None,
        }
    }
}
