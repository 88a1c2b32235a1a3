//! What variables hold when a call takes them.

use oxc::ast::AstKind;
use oxc::ast::ast::{
    Argument, BindingPattern, CallExpression, Expression, FormalParameter, ObjectPattern,
    StaticMemberExpression, TSEnumDeclaration, TSEnumMemberName, VariableDeclarator,
};
use oxc::semantic::{NodeId, SymbolId};
use oxc::span::GetSpan;
use oxc::syntax::operator::AssignmentOperator;

use super::super::Inspector;
use super::super::callers::{Caller, Role};
use super::super::syntax::{self, bare};
use super::{At, Budget, MAX_DEPTH, either, kind};
use crate::contract::Literal;

/// References of a variable that gets several values which are looked at.
const MAX_REFERENCES: usize = 64;
/// Expressions around a value that are looked at.
const MAX_CLIMB: usize = 8;
/// Methods that ask something about a value, or look for it.
const ASKING: [&str; 15] = [
    "endsWith",
    "every",
    "exec",
    "find",
    "get",
    "has",
    "includes",
    "indexOf",
    "match",
    "search",
    "some",
    "startsWith",
    "test",
    "hasOwn",
    "hasOwnProperty",
];
/// What a look at all assignments of a variable takes of the depth there is.
const ASSIGNMENTS_DEPTH: usize = 8;
/// Callers of a function that are looked at.
const MAX_CALLERS: usize = 8;

impl<'a> Inspector<'a, '_> {
    /// A property of an object that is written out, or a member of an enum.
    pub(super) fn member(
        &mut self,
        member: &'a StaticMemberExpression<'a>,
        at: At,
        budget: &mut Budget<'_>,
    ) -> Literal {
        let name = member.property.name.as_str();
        let whole = match bare(&member.object) {
            Expression::Identifier(identifier) => {
                let Some(symbol) = syntax::symbol_of(identifier, self.scoping) else {
                    return Literal::Unknown;
                };
                let declared = self.scoping.symbol_declaration(symbol);
                if let AstKind::TSEnumDeclaration(declared) = self.nodes.kind(declared) {
                    return self.enum_member(declared, name, at, budget);
                }
                self.variable(symbol, at.deeper(), budget)
            }
            Expression::StaticMemberExpression(inner) if at.depth < MAX_DEPTH => {
                self.member(inner, at.deeper(), budget)
            }
            _ => return Literal::Unknown,
        };
        match whole {
            Literal::Object {
                fields,
                open: false,
            } => {
                let field = fields.into_iter().find(|field| field.name == name);
                field.map_or(Literal::Undefined, |field| field.value)
            }
            _ => Literal::Unknown,
        }
    }

    fn enum_member(
        &mut self,
        declared: &'a TSEnumDeclaration<'a>,
        name: &str,
        at: At,
        budget: &mut Budget<'_>,
    ) -> Literal {
        let mut members = declared.body.members.iter();
        if !self.work.spend(members.len()) {
            return Literal::Unknown;
        }
        let member = members.find(|member| match &member.id {
            TSEnumMemberName::Identifier(id) => id.name == name,
            TSEnumMemberName::String(id) => id.value == name,
            _ => false,
        });
        match member.map(|member| &member.initializer) {
            Some(Some(value)) => self.value(value, at.deeper(), budget),
            // Numbered by its place.
            Some(None) => Literal::AnyNumber,
            None => Literal::Unknown,
        }
    }

    pub(super) fn variable(
        &mut self,
        symbol: SymbolId,
        at: At,
        budget: &mut Budget<'_>,
    ) -> Literal {
        let declaration = self.scoping.symbol_declaration(symbol);
        // What the script decides by is another thing in each branch.
        let references = self.scoping.get_resolved_reference_ids(symbol).len();
        if references > syntax::MAX_REFERENCES || self.is_decided_by(symbol) {
            return Literal::Unknown;
        }
        let value = match self.nodes.kind(declaration) {
            AstKind::FormalParameter(_) => return self.given(symbol, declaration, at, budget),
            AstKind::VariableDeclarator(declarator) if declarator.init.is_none() => {
                return self.element_of_loop(symbol, declaration, declarator, at, budget);
            }
            AstKind::VariableDeclarator(declarator) => {
                match syntax::constant_value(symbol, self.nodes, self.scoping) {
                    Some(init) => self.value(init, at.when(init), budget),
                    None => match &declarator.id {
                        BindingPattern::ObjectPattern(pattern)
                            if syntax::is_constant(symbol, self.scoping) =>
                        {
                            let init = declarator.init.as_ref();
                            let whole =
                                init.map(|init| self.value(init, at.when(init).deeper(), budget));
                            self.taken(pattern, whole, symbol, at, budget)
                        }
                        BindingPattern::BindingIdentifier(_) => {
                            return self.any_assigned(symbol, at, budget);
                        }
                        _ => return Literal::Unknown,
                    },
                }
            }
            _ => return Literal::Unknown,
        };
        match value {
            // It may have been awaited since.
            Literal::Promise => Literal::Unknown,
            Literal::Object { .. } | Literal::Array { .. } => {
                self.as_changed(symbol, value, at, budget)
            }
            value => value,
        }
    }

    /// What a loop gives to its variable.
    fn element_of_loop(
        &mut self,
        symbol: SymbolId,
        declaration: NodeId,
        declarator: &'a VariableDeclarator<'a>,
        at: At,
        budget: &mut Budget<'_>,
    ) -> Literal {
        let is_one = declarator.id.is_binding_identifier();
        if !is_one || !syntax::is_constant(symbol, self.scoping) {
            return Literal::Unknown;
        }
        let around = self.nodes.parent_id(self.nodes.parent_id(declaration));
        match self.nodes.kind(around) {
            AstKind::ForOfStatement(each) if !each.r#await => {
                self.element(&each.right, at.when(&each.right), budget)
            }
            AstKind::ForInStatement(_) => Literal::AnyString,
            _ => Literal::Unknown,
        }
    }

    /// Whether the script decides by a variable's value.
    fn is_decided_by(&mut self, symbol: SymbolId) -> bool {
        if let Some(known) = self.decided_by.get(&symbol) {
            return *known;
        }
        let mut references = self.scoping.get_resolved_references(symbol);
        let is_decided = references.any(|reference| self.decides(reference.node_id(), 0));
        self.decided_by.insert(symbol, is_decided);
        is_decided
    }

    /// Whether the script decides by the value of a node.
    fn decides(&self, node: NodeId, depth: usize) -> bool {
        let nodes = self.nodes;
        let node = syntax::wrapped(nodes, node);
        let parent = nodes.parent_id(node);
        let span = nodes.kind(node).span();
        if depth > MAX_CLIMB {
            return true;
        }
        match nodes.kind(parent) {
            AstKind::IfStatement(_) | AstKind::SwitchStatement(_) => true,
            AstKind::ConditionalExpression(branch) => branch.test.span() == span,
            AstKind::LogicalExpression(logical) => logical.left.span() == span,
            AstKind::BinaryExpression(binary) => {
                binary.operator.is_equality() || binary.operator.is_relational()
            }
            AstKind::UnaryExpression(unary) => {
                unary.operator.is_typeof() || unary.operator.is_not()
            }
            AstKind::StaticMemberExpression(member) => {
                let name = member.property.name.as_str();
                match syntax::called_by(nodes, parent) {
                    Some((call, _)) => ASKING.contains(&name) || self.decides(call, depth + 1),
                    None => self.decides(parent, depth + 1),
                }
            }
            AstKind::TemplateLiteral(_) => self.decides(parent, depth + 1),
            // What is kept under it may be known.
            AstKind::ComputedMemberExpression(member) => member.expression.span() == span,
            AstKind::CallExpression(call) if call.callee.span() != span => {
                self.asks(parent, call, depth)
            }
            _ => false,
        }
    }

    /// Whether a call that gets a value asks something about it.
    fn asks(&self, node: NodeId, call: &'a CallExpression<'a>, depth: usize) -> bool {
        if self.calls.contains(node) {
            return false;
        }
        if let Some((of, name)) = syntax::global_function(call, self.scoping) {
            return matches!(of, "Number" | "Array") && name.starts_with("is")
                || matches!(of, "isNaN" | "isFinite")
                || self.decides(node, depth + 1);
        }
        match syntax::method(call) {
            Some((name, _)) => ASKING.contains(&name) || self.decides(node, depth + 1),
            // A function of the script's own may do so.
            None => true,
        }
    }

    /// What a pattern takes out of an object that is written out.
    fn taken(
        &mut self,
        pattern: &'a ObjectPattern<'a>,
        whole: Option<Literal>,
        symbol: SymbolId,
        at: At,
        budget: &mut Budget<'_>,
    ) -> Literal {
        let Some(Literal::Object {
            mut fields,
            open: false,
        }) = whole
        else {
            return Literal::Unknown;
        };
        let mut taken = Vec::new();
        let is_it = |pattern: &BindingPattern<'_>| {
            let identifier = pattern.get_binding_identifier();
            identifier.is_some_and(|identifier| identifier.symbol_id.get() == Some(symbol))
        };
        for property in &pattern.properties {
            if !self.work.spend(1) {
                return Literal::Unknown;
            }
            let (key, computed) = (&property.key, property.computed);
            let Some(name) = syntax::key_name(key, computed, self.nodes, self.scoping) else {
                return Literal::Unknown;
            };
            taken.push(name);
            let field = fields.iter().find(|field| field.name == name);
            let value = field.map_or(Literal::Undefined, |field| field.value.clone());
            match &property.value {
                BindingPattern::AssignmentPattern(assignment) if is_it(&assignment.left) => {
                    return match value {
                        Literal::Undefined => self.value(&assignment.right, at.deeper(), budget),
                        Literal::Unknown => Literal::Unknown,
                        value => value,
                    };
                }
                pattern if is_it(pattern) => return value,
                _ => {}
            }
        }
        match &pattern.rest {
            Some(rest) if is_it(&rest.argument) => {
                fields.retain(|field| !taken.contains(&&*field.name));
                Literal::Object {
                    fields,
                    open: false,
                }
            }
            _ => Literal::Unknown,
        }
    }

    /// What kind of value a variable has, whatever it is assigned.
    fn any_assigned(&mut self, symbol: SymbolId, at: At, budget: &mut Budget<'_>) -> Literal {
        let (nodes, scoping) = (self.nodes, self.scoping);
        let at = At {
            depth: at.depth + ASSIGNMENTS_DEPTH,
            ..at
        };
        let Some(init) = syntax::initial_value(symbol, nodes, scoping) else {
            return Literal::Unknown;
        };
        let is_single = scoping.symbol_redeclarations(symbol).is_empty();
        if scoping.get_resolved_reference_ids(symbol).len() > MAX_REFERENCES {
            return Literal::Unknown;
        }
        let mut all = kind(self.value(init, at, budget));
        for reference in scoping.get_resolved_references(symbol) {
            if all == Literal::Unknown || !is_single {
                return Literal::Unknown;
            }
            if !reference.is_write() {
                continue;
            }
            let assigned = match nodes.parent_kind(reference.node_id()) {
                AstKind::UpdateExpression(_) => Literal::AnyNumber,
                AstKind::AssignmentExpression(assignment) => {
                    let value = kind(self.value(&assignment.right, at, budget));
                    match (assignment.operator, &all) {
                        (AssignmentOperator::Assign, _) => value,
                        // What is added to a text becomes one.
                        (AssignmentOperator::Addition, Literal::AnyString) => Literal::AnyString,
                        (operator, Literal::AnyNumber) if operator.is_arithmetic() => value,
                        _ => Literal::Unknown,
                    }
                }
                _ => Literal::Unknown,
            };
            all = either(all, assigned);
        }
        all
    }

    /// What the callers of a function give to a parameter that never changes, where it
    /// is the same.
    fn given(
        &mut self,
        symbol: SymbolId,
        parameter: NodeId,
        at: At,
        budget: &mut Budget<'_>,
    ) -> Literal {
        let Some(declared) = self.nodes.kind(parameter).as_formal_parameter() else {
            return Literal::Unknown;
        };
        if !syntax::is_constant(symbol, self.scoping) {
            return Literal::Unknown;
        }
        let Some((function, place)) = syntax::place_of_parameter(self.nodes, parameter) else {
            return Literal::Unknown;
        };
        if self.is_entry(function) {
            return Literal::Unknown;
        }
        let callers = self.callers(function);
        let sites = callers.sites.as_slice();
        if callers.escapes || sites.len() > MAX_CALLERS {
            return Literal::Unknown;
        }
        let given = sites
            .iter()
            .map(|caller| self.given_by(*caller, declared, place, symbol, at, budget));
        given.reduce(either).unwrap_or(Literal::Unknown)
    }

    fn given_by(
        &mut self,
        caller: Caller,
        declared: &'a FormalParameter<'a>,
        place: usize,
        symbol: SymbolId,
        at: At,
        budget: &mut Budget<'_>,
    ) -> Literal {
        let Some(call) = self.nodes.kind(caller.call).as_call_expression() else {
            return Literal::Unknown;
        };
        if let (Role::Each(_), 0, BindingPattern::BindingIdentifier(_)) =
            (caller.role, place, &declared.pattern)
        {
            let list = call.callee.as_member_expression();
            let at = At {
                call: caller.call,
                depth: at.depth + 1,
            };
            let list = list.filter(|list| list.static_property_name() != Some("from"));
            return list.map_or(Literal::Unknown, |list| {
                self.element(list.object(), at, budget)
            });
        }
        if caller.role != Role::Called {
            return Literal::Unknown;
        }
        if call
            .arguments
            .iter()
            .take(place + 1)
            .any(Argument::is_spread)
        {
            return Literal::Unknown;
        }
        let at = At {
            call: caller.call,
            depth: at.depth + 1,
        };
        let argument = syntax::argument(call, place);
        let value = argument.map_or(Literal::Undefined, |argument| {
            self.value(argument, at, budget)
        });
        let value = match (&declared.initializer, value) {
            (Some(initial), Literal::Undefined) => self.value(initial, at, budget),
            (_, value) => value,
        };
        let value = match &declared.pattern {
            BindingPattern::BindingIdentifier(_) => value,
            BindingPattern::ObjectPattern(pattern) => {
                self.taken(pattern, Some(value), symbol, at, budget)
            }
            _ => Literal::Unknown,
        };
        match value {
            Literal::Promise => Literal::Unknown,
            Literal::Object { .. } | Literal::Array { .. } => {
                self.as_changed(symbol, value, at, budget)
            }
            value => value,
        }
    }
}
