//! What a script does to a list or an object before a call takes it.

use oxc::ast::AstKind;
use oxc::semantic::{NodeId, SymbolId};
use oxc::span::GetSpan;

use super::super::Inspector;
use super::super::syntax;
use super::{At, Budget};
use crate::contract::{Field, Literal};

/// Containers in containers that a value is followed through.
const MAX_CONTAINERS: usize = 8;

/// What may be done to a list or an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Touch {
    None,
    /// What is inside of it may be changed.
    Inner,
    /// It may be changed itself.
    Whole,
}

/// Methods of lists that hand nothing of it out.
const TELLING: [&str; 6] = [
    "includes",
    "indexOf",
    "join",
    "keys",
    "lastIndexOf",
    "toString",
];
/// Methods of lists that leave the list as it is.
const READING: [&str; 24] = [
    "at",
    "concat",
    "entries",
    "every",
    "filter",
    "find",
    "findIndex",
    "findLast",
    "flat",
    "flatMap",
    "forEach",
    "includes",
    "indexOf",
    "join",
    "keys",
    "lastIndexOf",
    "map",
    "reduce",
    "reduceRight",
    "slice",
    "some",
    "toReversed",
    "toSorted",
    "values",
];

impl Inspector<'_, '_> {
    /// A list or an object of a variable as a call takes it, with what the script
    /// did to it before.
    pub(super) fn as_changed(
        &mut self,
        symbol: SymbolId,
        mut value: Literal,
        at: At,
        budget: &mut Budget<'_>,
    ) -> Literal {
        let (nodes, scoping) = (self.nodes, self.scoping);
        for reference in scoping.get_resolved_references(symbol) {
            if !self.work.spend(1) {
                return Literal::Unknown;
            }
            // `typeof it`, where a type is meant.
            if reference.is_type() {
                continue;
            }
            let node = syntax::wrapped(nodes, reference.node_id());
            let member = nodes.parent_id(node);
            if let AstKind::StaticMemberExpression(read) = nodes.kind(member)
                && matches!(value, Literal::Object { .. })
            {
                let name = read.property.name.as_str();
                self.touch_field(&mut value, name, member, at, budget);
                continue;
            }
            match self.touch(node, 0) {
                Touch::None => {}
                Touch::Inner => forget_inner(&mut value),
                Touch::Whole => return Literal::Unknown,
            }
        }
        value
    }

    /// Notes what is done to a property of an object.
    fn touch_field(
        &mut self,
        object: &mut Literal,
        name: &str,
        member: NodeId,
        at: At,
        budget: &mut Budget<'_>,
    ) {
        let nodes = self.nodes;
        if syntax::is_written(nodes, member) {
            return self.write_field(object, name, member, at, budget);
        }
        let last = self.last_member(member);
        let is_called = syntax::called_by(nodes, last).is_some();
        // A method of the object's own may do anything to it.
        if is_called && last == member && has_methods(object) {
            *object = Literal::Unknown;
            return;
        }
        let is_touched =
            is_called || syntax::is_written(nodes, last) || self.touch(last, 0) != Touch::None;
        if is_touched && let Literal::Object { fields, .. } = object {
            let fields = fields.iter_mut().filter(|field| field.name == name);
            fields.for_each(|field| forget_container(&mut field.value));
        }
    }

    /// The last of the members that are read from each other: of `a.b` in `a.b.c.d`
    /// the whole.
    fn last_member(&self, member: NodeId) -> NodeId {
        let nodes = self.nodes;
        let mut last = member;
        loop {
            let outer = nodes.parent_id(syntax::wrapped(nodes, last));
            match syntax::object_of_member(nodes.kind(outer)) {
                Some(object) if object == last => last = outer,
                _ => return last,
            }
        }
    }

    /// What may be done to a list or an object at a place.
    fn touch(&self, node: NodeId, depth: usize) -> Touch {
        let (nodes, scoping) = (self.nodes, self.scoping);
        if !self.work.spend(1) {
            return Touch::Whole;
        }
        let parent = nodes.parent_id(node);
        let span = nodes.kind(node).span();
        match nodes.kind(parent) {
            AstKind::TemplateLiteral(_)
            | AstKind::BinaryExpression(_)
            | AstKind::IfStatement(_)
            | AstKind::ExpressionStatement(_) => Touch::None,
            AstKind::UnaryExpression(unary)
                if !unary.operator.is_keyword() || unary.operator.is_typeof() =>
            {
                Touch::None
            }
            AstKind::ConditionalExpression(branch) if branch.test.span() == span => Touch::None,
            // The copy has what is inside as well.
            AstKind::SpreadElement(_) => {
                let outer = syntax::wrapped(nodes, nodes.parent_id(parent));
                self.inside(outer, depth).min(Touch::Inner)
            }
            AstKind::ForInStatement(each) if each.right.span() == span => Touch::None,
            AstKind::ForOfStatement(each) if each.right.span() == span => Touch::Inner,
            AstKind::StaticMemberExpression(member) => {
                let name = member.property.name.as_str();
                let is_written = syntax::is_written(nodes, parent);
                match syntax::called_by(nodes, parent) {
                    _ if is_written => Touch::Whole,
                    Some(_) if TELLING.contains(&name) => Touch::None,
                    Some(_) if READING.contains(&name) => Touch::Inner,
                    Some(_) => Touch::Whole,
                    None if name == "length" => Touch::None,
                    None => Touch::Inner,
                }
            }
            AstKind::CallExpression(call) if call.callee.span() != span => {
                match syntax::global_function(call, scoping) {
                    _ if self.calls.contains(parent) => Touch::None,
                    Some(("console" | "JSON", _) | ("Object", "keys") | ("Array", "isArray")) => {
                        Touch::None
                    }
                    Some(("Object", "values" | "entries")) => Touch::Inner,
                    _ => Touch::Whole,
                }
            }
            // In a container it is as safe as what is inside of that.
            AstKind::ObjectProperty(_) if depth < MAX_CONTAINERS => {
                let object = syntax::wrapped(nodes, nodes.parent_id(parent));
                self.inside(object, depth)
            }
            AstKind::ArrayExpression(_) if depth < MAX_CONTAINERS => {
                self.inside(syntax::wrapped(nodes, parent), depth)
            }
            AstKind::VariableDeclarator(declarator) if declarator.id.is_object_pattern() => {
                Touch::Inner
            }
            AstKind::VariableDeclarator(declarator) if depth > 0 && depth < MAX_CONTAINERS => {
                let identifier = declarator.id.get_binding_identifier();
                let symbol = identifier.and_then(|identifier| identifier.symbol_id.get());
                let symbol = symbol.filter(|symbol| syntax::is_constant(*symbol, scoping));
                let Some(symbol) = symbol else {
                    return Touch::Whole;
                };
                let places = scoping.get_resolved_references(symbol).map(|reference| {
                    let node = syntax::wrapped(nodes, reference.node_id());
                    self.touch(node, depth + 1)
                });
                places.max().unwrap_or(Touch::None)
            }
            _ => Touch::Whole,
        }
    }

    /// What may be done to something that is in a container at a place.
    fn inside(&self, container: NodeId, depth: usize) -> Touch {
        match self.touch(container, depth + 1) {
            Touch::None => Touch::None,
            Touch::Inner | Touch::Whole => Touch::Whole,
        }
    }

    /// Applies an assignment to a property of an object.
    fn write_field(
        &mut self,
        object: &mut Literal,
        name: &str,
        member: NodeId,
        at: At,
        budget: &mut Budget<'_>,
    ) {
        let is_sure = self.happens_before(member, at.call);
        let value = syntax::assigned_expression(self.nodes, member);
        let is_deleted = value.is_none();
        let value = value.map(|value| self.value(value, at.deeper(), budget));
        let is_plain = syntax::is_plainly_assigned(self.nodes, member);
        if name == "toJSON" {
            *object = Literal::Unknown;
        }
        let Literal::Object { fields, open } = object else {
            return;
        };
        let known = fields.iter().any(|field| field.name == name);
        if let Some(value) = value
            && is_sure
            && !known
            && (is_plain || !*open)
        {
            let start = self.nodes.kind(member).span().start;
            let position = budget.positions.of_offset(start);
            budget.columns += position.column as usize;
            fields.push(Field {
                name: name.to_owned(),
                position,
                value,
            });
            return;
        }
        if is_deleted {
            fields.retain(|field| field.name != name);
        }
        *open |= is_deleted || !known;
        forget_field(object, name);
    }

    /// Whether an assignment is sure to have happened when a call is made: it is a
    /// statement before the one with the call, of the same list.
    fn happens_before(&self, member: NodeId, call: NodeId) -> bool {
        let nodes = self.nodes;
        if !self.climbs(call) {
            return false;
        }
        let assignment = nodes.parent_id(syntax::wrapped(nodes, member));
        let statement = nodes.parent_id(assignment);
        if !matches!(nodes.kind(statement), AstKind::ExpressionStatement(_)) {
            return false;
        }
        let list = nodes.parent_id(statement);
        let mut inner = call;
        for ancestor in nodes.ancestor_ids(call) {
            if ancestor == list {
                let (before, after) = (nodes.kind(statement).span(), nodes.kind(inner).span());
                return before.end <= after.start;
            }
            // A function may be called before it is reached.
            if matches!(nodes.kind(ancestor), AstKind::Function(_)) {
                return false;
            }
            inner = ancestor;
        }
        false
    }
}

/// A property may have any value.
fn forget_field(object: &mut Literal, name: &str) {
    if let Literal::Object { fields, .. } = object {
        let fields = fields.iter_mut().filter(|field| field.name == name);
        fields.for_each(|field| field.value = Literal::Unknown);
    }
}

/// Whether an object has functions, which may change it.
fn has_methods(object: &Literal) -> bool {
    match object {
        Literal::Object { fields, open } => {
            *open
                || fields
                    .iter()
                    .any(|field| matches!(field.value, Literal::Function | Literal::Unknown))
        }
        _ => true,
    }
}

/// What is inside may have changed, as far as it can.
fn forget_inner(value: &mut Literal) {
    match value {
        Literal::Object { fields, .. } => {
            let fields = fields.iter_mut();
            fields.for_each(|field| forget_container(&mut field.value));
        }
        Literal::Array { items, .. } => items.iter_mut().for_each(forget_container),
        _ => {}
    }
}

fn forget_container(value: &mut Literal) {
    if matches!(value, Literal::Object { .. } | Literal::Array { .. }) {
        *value = Literal::Unknown;
    }
}
