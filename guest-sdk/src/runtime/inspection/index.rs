//! What is where in a program, found in one pass: by kind, and by the names of
//! properties.

use std::collections::{BTreeMap, BTreeSet};

use oxc::ast::AstKind;
use oxc::ast::ast::{
    ArrowFunctionBody, CallExpression, Expression, MethodDefinitionKind, ObjectPropertyKind,
};
use oxc::semantic::{AstNodes, NodeId};

use super::syntax::{self, Scopes};

/// Wrappers in wrappers that are followed, such as `!` and `as`.
const MAX_WRAPPERS: usize = 64;

/// What is around a node.
#[derive(Clone, Copy, Default)]
struct Around {
    /// The innermost function.
    function: Option<NodeId>,
    /// How many nodes.
    depth: u32,
}

/// Nodes of a program.
#[derive(Default)]
pub(super) struct Index<'a> {
    /// Calls, in the order of the source.
    pub(super) calls: Vec<NodeId>,
    /// Calls of methods by name.
    pub(super) method_calls: BTreeMap<&'a str, Vec<NodeId>>,
    /// Expressions that read a property, by its name.
    pub(super) members: BTreeMap<&'a str, Vec<NodeId>>,
    /// Properties in patterns of declarations, by name.
    pub(super) patterns: BTreeMap<&'a str, Vec<NodeId>>,
    /// To what something is assigned as a property, by name, and what; `None` where that
    /// is not one expression.
    pub(super) assigned: BTreeMap<&'a str, Vec<(NodeId, Option<NodeId>)>>,
    /// What is assigned to properties whose names cannot be told, and of what.
    pub(super) assigned_computed: Vec<(NodeId, Option<NodeId>)>,
    /// What functions return.
    pub(super) returns: BTreeMap<NodeId, Vec<Option<NodeId>>>,
    /// What generators yield, and whether it is handed on one by one.
    pub(super) yields: BTreeMap<NodeId, Vec<(Option<NodeId>, bool)>>,
    /// Functions of the script that are properties, by name.
    pub(super) functions: BTreeMap<&'a str, Vec<NodeId>>,
    /// Names of the script's own properties that may be functions made elsewhere.
    pub(super) handed: BTreeSet<&'a str>,
    /// Async functions that are no generators.
    pub(super) async_functions: Vec<NodeId>,
    /// Functions that await something.
    pub(super) awaiting: BTreeSet<NodeId>,
    /// Functions that read `arguments`.
    pub(super) takes_all: BTreeSet<NodeId>,
    /// Calls of `super` by the constructors around them.
    pub(super) super_calls: BTreeMap<NodeId, Vec<NodeId>>,
    /// Constructors by their classes.
    pub(super) constructors: BTreeMap<NodeId, NodeId>,
    /// Classes by the class they extend.
    pub(super) subclasses: BTreeMap<NodeId, Vec<NodeId>>,
    /// Whether a property with a name that cannot be told is read.
    pub(super) reads_computed: bool,
    /// Whether failures are coped with anywhere.
    pub(super) copes: bool,
    /// Whether there are names, or wrappers in wrappers, that nobody writes by hand:
    /// what looks at them over and over would take too long.
    pub(super) is_outlandish: bool,
    /// What is around each node, by its number.
    around: Vec<Around>,
    /// Nodes around the last one, one in the other, that only wrap.
    wrappers: usize,
}

impl<'a> Index<'a> {
    pub(super) fn new(nodes: &AstNodes<'a>, scoping: &Scopes<'_>) -> Self {
        let mut index = Self::default();
        for node in nodes.iter() {
            let around = index.around_next(node.id(), nodes);
            index.around.push(around);
            index.add(node.id(), node.kind(), nodes, scoping);
        }
        index
    }

    /// What is around a node, once that is known of all nodes before it.
    fn around_next(&self, node: NodeId, nodes: &AstNodes<'a>) -> Around {
        let parent = nodes.parent_id(node);
        let outer = self.around.get(parent.index()).copied();
        let outer = outer.filter(|_| parent != node).unwrap_or_default();
        let is_function = nodes.kind(parent).is_function_like() && parent != node;
        Around {
            function: is_function.then_some(parent).or(outer.function),
            depth: outer.depth + 1,
        }
    }

    /// The innermost function around a node.
    pub(super) fn function_around(&self, node: NodeId) -> Option<NodeId> {
        self.around.get(node.index())?.function
    }

    /// How many nodes are around a node: what it costs to climb.
    pub(super) fn depth(&self, node: NodeId) -> usize {
        let around = self.around.get(node.index());
        around.map_or(0, |around| around.depth as usize)
    }

    fn add(&mut self, id: NodeId, kind: AstKind<'a>, nodes: &AstNodes<'a>, scoping: &Scopes<'_>) {
        if syntax::kind_of_function(kind) == (true, false) {
            self.async_functions.push(id);
        }
        self.wrappers = if syntax::is_wrapper(&kind) {
            self.wrappers + 1
        } else {
            0
        };
        self.is_outlandish |= self.wrappers > MAX_WRAPPERS || has_long_name(kind);
        match kind {
            AstKind::CallExpression(call) => {
                self.calls.push(id);
                if let Some(function) = syntax::global_function(call, scoping) {
                    self.copes |= matches!(function, ("Promise", "any" | "race"));
                    if fills(function) {
                        self.add_filled(call, nodes, scoping);
                    }
                }
                if call.callee.is_super()
                    && let Some(constructor) = self.function_around(id)
                {
                    self.super_calls.entry(constructor).or_default().push(id);
                }
                if let Some((name, _)) = syntax::method(call) {
                    self.copes |= is_coping(name, call);
                    self.method_calls.entry(name).or_default().push(id);
                }
            }
            AstKind::AwaitExpression(_) => {
                self.awaiting.extend(self.function_around(id));
            }
            AstKind::ForOfStatement(each) if each.r#await => {
                self.awaiting.extend(self.function_around(id));
            }
            AstKind::IdentifierReference(identifier) if identifier.name == "arguments" => {
                let mut around = nodes.ancestor_ids(id);
                let function = around.find(|one| matches!(nodes.kind(*one), AstKind::Function(_)));
                self.takes_all.extend(function);
            }
            AstKind::TryStatement(attempt) => self.copes |= attempt.handler.is_some(),
            AstKind::StaticMemberExpression(_)
            | AstKind::ComputedMemberExpression(_)
            | AstKind::PrivateFieldExpression(_) => {
                let Some(name) = syntax::member_name(kind, nodes, scoping) else {
                    if let Some(object) = syntax::object_of_member(kind)
                        && syntax::is_written(nodes, id)
                    {
                        let value = syntax::assigned_to(nodes, id);
                        self.assigned_computed.push((object, value));
                    }
                    let is_index = kind
                        .as_computed_member_expression()
                        .is_some_and(|member| syntax::index(&member.expression).is_some());
                    self.reads_computed |= !is_index;
                    return;
                };
                if syntax::is_written(nodes, id) {
                    let value = syntax::assigned_to(nodes, id);
                    let object = syntax::object_of_member(kind).unwrap_or(id);
                    self.assigned.entry(name).or_default().push((object, value));
                } else {
                    self.members.entry(name).or_default().push(id);
                }
            }
            AstKind::BindingProperty(property) => {
                if let Some(name) =
                    syntax::key_name(&property.key, property.computed, nodes, scoping)
                {
                    self.patterns.entry(name).or_default().push(id);
                }
            }
            AstKind::ReturnStatement(statement) => {
                let value = statement.argument.as_ref().map(Expression::node_id);
                if let Some(function) = self.function_around(id) {
                    self.returns.entry(function).or_default().push(value);
                }
            }
            AstKind::ArrowFunctionExpression(arrow)
                if !matches!(arrow.body, ArrowFunctionBody::FunctionBody(_)) =>
            {
                let value = arrow.body.as_expression().map(Expression::node_id);
                self.returns.entry(id).or_default().push(value);
            }
            AstKind::YieldExpression(yielded) => {
                let value = yielded.argument.as_ref().map(Expression::node_id);
                if let Some(function) = self.function_around(id) {
                    let yields = self.yields.entry(function).or_default();
                    yields.push((value, yielded.delegate));
                }
            }
            AstKind::ObjectProperty(property) if syntax::function(&property.value).is_some() => {
                let key = syntax::key_name(&property.key, property.computed, nodes, scoping);
                self.add_function(key, syntax::bare(&property.value).node_id());
            }
            AstKind::ObjectProperty(property) if !syntax::bare(&property.value).is_literal() => {
                let key = syntax::key_name(&property.key, property.computed, nodes, scoping);
                self.handed.extend(key);
            }
            // Of overloads the one with a body is called.
            AstKind::MethodDefinition(method)
                if method.kind == MethodDefinitionKind::Constructor
                    && method.value.body.is_some() =>
            {
                let class = nodes.parent_id(nodes.parent_id(id));
                self.constructors.insert(class, method.value.node_id.get());
            }
            AstKind::MethodDefinition(method)
                if method.kind == MethodDefinitionKind::Constructor => {}
            AstKind::MethodDefinition(method) => {
                let key = syntax::key_name(&method.key, method.computed, nodes, scoping);
                self.add_function(key, method.value.node_id.get());
            }
            AstKind::PropertyDefinition(field) => {
                let key = syntax::key_name(&field.key, field.computed, nodes, scoping);
                match &field.value {
                    Some(value) if syntax::function(value).is_some() => {
                        self.add_function(key, syntax::bare(value).node_id());
                    }
                    _ => self.handed.extend(key),
                }
            }
            AstKind::Class(class) => {
                let extended = class
                    .heritage
                    .as_ref()
                    .and_then(|heritage| syntax::class_named(&heritage.expression, nodes, scoping));
                if let Some(extended) = extended {
                    self.subclasses.entry(extended).or_default().push(id);
                }
            }
            _ => {}
        }
    }

    /// `Object.assign`, `Reflect.set` and the like put something into an object.
    fn add_filled(
        &mut self,
        call: &'a CallExpression<'a>,
        nodes: &AstNodes<'a>,
        scoping: &Scopes<'_>,
    ) {
        let Some(target) = syntax::argument(call, 0).map(syntax::bare) else {
            return;
        };
        // What is made there is nothing else.
        if matches!(target, Expression::ObjectExpression(_)) {
            return;
        }
        let target = target.node_id();
        for argument in call.arguments.iter().skip(1) {
            match argument.as_expression().map(syntax::bare) {
                Some(Expression::ObjectExpression(object)) => {
                    for property in &object.properties {
                        let ObjectPropertyKind::ObjectProperty(property) = property else {
                            self.assigned_computed.push((target, None));
                            continue;
                        };
                        let (key, value) = (&property.key, property.value.node_id());
                        match syntax::key_name(key, property.computed, nodes, scoping) {
                            Some(name) => {
                                let assigned = self.assigned.entry(name).or_default();
                                assigned.push((target, Some(value)));
                            }
                            None => self.assigned_computed.push((target, Some(value))),
                        }
                    }
                }
                Some(Expression::StringLiteral(name)) => {
                    let assigned = self.assigned.entry(name.value.as_str()).or_default();
                    return assigned.push((target, None));
                }
                _ => self.assigned_computed.push((target, None)),
            }
        }
    }

    fn add_function(&mut self, name: Option<&'a str>, function: NodeId) {
        if let Some(name) = name {
            self.functions.entry(name).or_default().push(function);
        }
    }

    /// Whether a method of that name may be the script's own.
    pub(super) fn may_be_own(&self, name: &str) -> bool {
        self.functions.contains_key(name) || self.handed.contains(name) || self.is_assigned(name)
    }

    /// Whether anything is assigned to properties of that name.
    pub(super) fn is_assigned(&self, name: &str) -> bool {
        self.assigned.contains_key(name)
    }
}

/// Whether a function of the language puts something into an object.
pub(super) fn fills(function: (&str, &str)) -> bool {
    matches!(
        function,
        (
            "Object" | "Reflect",
            "assign" | "defineProperty" | "defineProperties" | "set" | "setPrototypeOf"
        )
    )
}

fn has_long_name(kind: AstKind<'_>) -> bool {
    let name = match kind {
        AstKind::IdentifierName(identifier) => identifier.name.as_str(),
        AstKind::IdentifierReference(identifier) => identifier.name.as_str(),
        AstKind::PrivateIdentifier(identifier) => identifier.name.as_str(),
        _ => return false,
    };
    name.len() > syntax::MAX_NAME
}

/// Whether a method takes failures.
pub(super) fn is_coping(name: &str, call: &CallExpression<'_>) -> bool {
    match name {
        "catch" | "allSettled" => true,
        "then" => call.arguments.len() > 1,
        _ => false,
    }
}
