//! What the script's own objects, classes and functions hold and return.

use oxc::ast::AstKind;
use oxc::ast::ast::{
    Argument, BindingProperty, ClassElement, Expression, MethodDefinition, MethodDefinitionKind,
    NewExpression, ObjectExpression, ObjectPropertyKind, PropertyKey, PropertyKind,
};
use oxc::semantic::NodeId;

use super::super::demand::{Demand, Step};
use super::super::{Inspector, syntax};
use super::{Api, Search};

/// Classes that extend each other which are followed.
const MAX_FAMILY: usize = 16;

impl<'a> Inspector<'a, '_> {
    pub(super) fn expand_object(
        &mut self,
        search: &mut Search<'a>,
        node: NodeId,
        object: &'a ObjectExpression<'a>,
        demand: Demand,
    ) {
        let (name, reader, rest) = match self.demands.first(demand) {
            Some((Step::Await, rest)) => return search.ask(node, rest),
            Some((Step::Name(name, reader), rest)) => (Some(name), reader, rest),
            Some((Step::Computed(_) | Step::At(_), rest)) => (None, node, rest),
            _ if object.properties.is_empty() => return,
            _ => return search.other(),
        };
        if let Some(name) = name {
            self.expand_assigned(search, name, rest);
        }
        self.expand_assigned_to(search, node, rest);
        for property in object.properties.iter().rev() {
            if !self.work.spend(1) {
                return;
            }
            match property {
                ObjectPropertyKind::SpreadProperty(spread) => {
                    search.ask(spread.argument.node_id(), demand);
                }
                ObjectPropertyKind::ObjectProperty(property) => {
                    let key = syntax::key_name(
                        &property.key,
                        property.computed,
                        self.nodes,
                        self.scoping,
                    );
                    if key.is_some() && name.is_some() && key != name {
                        continue;
                    }
                    let value = property.value.node_id();
                    match property.kind {
                        PropertyKind::Init => search.ask(value, rest),
                        PropertyKind::Get => {
                            self.ask_then(search, value, &[Step::Call(reader)], rest);
                        }
                        PropertyKind::Set => search.other(),
                    }
                    if key.is_some() && name.is_some() {
                        return;
                    }
                }
            }
        }
    }

    /// What is assigned to a property of that name anywhere.
    fn expand_assigned(&mut self, search: &mut Search<'a>, name: &str, rest: Demand) {
        let index = self.index;
        for (_, value) in index.assigned.get(name).into_iter().flatten() {
            match value {
                Some(value) => search.ask(*value, rest),
                None => search.other(),
            }
        }
    }

    /// What is put in the place of elements of a list later on.
    pub(super) fn expand_replaced(
        &mut self,
        search: &mut Search<'a>,
        node: NodeId,
        demand: Demand,
    ) {
        let (_, inner) = self.demands.awaited(demand);
        if let Some((step, rest)) = self.demands.first(inner)
            && step.is_element()
        {
            self.expand_assigned_to(search, node, rest);
        }
    }

    /// What is assigned to properties of an object whose names cannot be told.
    fn expand_assigned_to(&mut self, search: &mut Search<'a>, object: NodeId, rest: Demand) {
        let (nodes, scoping, index) = (self.nodes, self.scoping, self.index);
        if index.assigned_computed.len() > syntax::MAX_PLACES {
            return search.other();
        }
        for (target, value) in &index.assigned_computed {
            if !self.work.spend(1) {
                return;
            }
            let may_be = match nodes.kind(*target) {
                AstKind::IdentifierReference(identifier) => {
                    let symbol = syntax::symbol_of(identifier, scoping);
                    let initial =
                        symbol.and_then(|symbol| syntax::initial_value(symbol, nodes, scoping));
                    match initial {
                        Some(
                            value @ (Expression::ObjectExpression(_)
                            | Expression::ArrayExpression(_)),
                        ) => value.node_id() == object,
                        _ => true,
                    }
                }
                kind => match syntax::member_name(kind, nodes, scoping) {
                    Some(name) => syntax::property_of_value(nodes, scoping, object) == Some(name),
                    None => true,
                },
            };
            if may_be {
                match value {
                    Some(value) => search.ask(*value, rest),
                    None => search.other(),
                }
            }
        }
    }

    /// A function of the script: what it returns, where it is called.
    pub(super) fn expand_function(
        &mut self,
        search: &mut Search<'a>,
        node: NodeId,
        demand: Demand,
    ) {
        let (call, rest) = match self.demands.first(demand) {
            // `act.call(null, …)` calls it too, and so will `act.bind(…)`.
            Some((Step::Await | Step::Name("call", _), rest)) => return search.ask(node, rest),
            Some((Step::Call(call), rest)) => (call, rest),
            None if search.sources.functions.contains(&node) => return,
            None => return search.sources.functions.push(node),
            Some((Step::Name("bind", _), rest)) => match self.demands.first(rest) {
                Some((Step::Call(_), rest)) => return search.ask(node, rest),
                _ => return search.other(),
            },
            _ => return search.other(),
        };
        let (is_async, is_generator) = syntax::kind_of_function(self.nodes.kind(node));
        if is_generator {
            return self.expand_yields(search, node, is_async, rest);
        }
        let index = self.index;
        let returned = index.returns.get(&node).into_iter().flatten().flatten();
        if is_async && !matches!(self.demands.first(rest), Some((Step::Await, _))) {
            let asked = self.asked_of_promise(rest);
            search.sources.add_promise(call, true, asked);
            return;
        }
        for value in returned {
            search.ask(*value, rest);
        }
    }

    fn expand_yields(
        &mut self,
        search: &mut Search<'a>,
        node: NodeId,
        is_async: bool,
        demand: Demand,
    ) {
        let (_, inner) = self.demands.awaited(demand);
        let rest = match self.demands.first(inner) {
            Some((step, rest)) if step.is_element() => rest,
            _ => return search.other(),
        };
        let index = self.index;
        for (value, is_delegated) in index.yields.get(&node).into_iter().flatten() {
            let Some(value) = *value else { continue };
            let steps: &[Step<'a>] = match (is_delegated, is_async) {
                (true, _) => &[Step::Element],
                (false, true) => &[Step::Await],
                (false, false) => &[],
            };
            self.ask_then(search, value, steps, rest);
        }
    }

    pub(super) fn expand_new(
        &mut self,
        search: &mut Search<'a>,
        node: NodeId,
        new: &'a NewExpression<'a>,
        demand: Demand,
    ) {
        if let Some(class) = syntax::class_named(&new.callee, self.nodes, self.scoping) {
            return self.expand_instance(search, class, demand);
        }
        let (step, rest) = match self.demands.first(demand) {
            Some((Step::Await, rest)) => return search.ask(node, rest),
            Some(first) => first,
            None => return search.other(),
        };
        match (syntax::global_named(&new.callee, self.scoping), step) {
            (Some("Map"), Step::Computed(_)) => self.expand_map(search, new, rest),
            (Some("Map"), step) if step.is_element() => match self.demands.first(rest) {
                Some((Step::At(1), rest)) => self.expand_map(search, new, rest),
                _ => search.other(),
            },
            (Some("Set"), step) if step.is_element() => {
                self.expand_added(search, "add", 0, rest);
                if let Some(list) = new.arguments.first().and_then(Argument::as_expression) {
                    self.ask_then(search, list.node_id(), &[Step::Element], rest);
                }
            }
            _ => search.other(),
        }
    }

    /// What a map holds: what it begins with, and what is set in any map.
    fn expand_map(&mut self, search: &mut Search<'a>, new: &'a NewExpression<'a>, rest: Demand) {
        self.expand_added(search, "set", 1, rest);
        if let Some(pairs) = new.arguments.first().and_then(Argument::as_expression) {
            self.ask_then(search, pairs.node_id(), &[Step::Element, Step::At(1)], rest);
        }
    }

    /// An argument of all calls of methods of a name.
    fn expand_added(&mut self, search: &mut Search<'a>, name: &str, place: usize, rest: Demand) {
        let index = self.index;
        for node in index.method_calls.get(name).into_iter().flatten() {
            if !self.work.spend(1) {
                return;
            }
            let Some(call) = self.nodes.kind(*node).as_call_expression() else {
                continue;
            };
            if self.calls.contains(*node) {
                continue;
            }
            match syntax::argument(call, place) {
                Some(argument) => search.ask(argument.node_id(), rest),
                None => search.other(),
            }
        }
    }

    /// What is put later on into a list that is kept in a property.
    pub(super) fn expand_kept_list(
        &mut self,
        search: &mut Search<'a>,
        node: NodeId,
        demand: Demand,
    ) {
        let rest = match self.demands.first(demand) {
            Some((step, rest)) if step.is_element() => rest,
            _ => return,
        };
        let (nodes, index) = (self.nodes, self.index);
        let Some(name) = syntax::property_of_value(nodes, self.scoping, node) else {
            return;
        };
        for method in ["push", "unshift"] {
            for call in index.method_calls.get(method).into_iter().flatten() {
                if !self.work.spend(1) {
                    return;
                }
                let Some(call) = nodes.kind(*call).as_call_expression() else {
                    continue;
                };
                let object = syntax::object_of_method(call);
                let kept = object
                    .map(|object| syntax::member_name(nodes.kind(object), nodes, self.scoping));
                if kept != Some(Some(name)) {
                    continue;
                }
                self.ask_added(search, call.arguments.iter(), rest);
            }
        }
    }

    /// `this`, as far as the syntax around it tells.
    pub(super) fn expand_this(&mut self, search: &mut Search<'a>, node: NodeId, demand: Demand) {
        if !self.climbs(node) {
            return;
        }
        match syntax::this_at(self.nodes, node) {
            Some(syntax::This::Instance(class)) => {
                self.expand_instance(search, class, demand);
                // It may be one of a class that extends this.
                let heirs = self.extending(class);
                if heirs.len() >= MAX_FAMILY {
                    search.other();
                }
                for class in heirs {
                    self.expand_members(search, class, false, demand);
                }
            }
            Some(syntax::This::Class(class)) => {
                self.expand_members(search, class, true, demand);
            }
            Some(syntax::This::Object(object)) => search.ask(object, demand),
            None if syntax::is_global_this(self.nodes, node) => {
                self.expand_api(&mut search.sources, Api::Global, node, demand);
            }
            None => search.other(),
        }
    }

    /// `super.name`.
    pub(super) fn expand_super(&mut self, search: &mut Search<'a>, node: NodeId, demand: Demand) {
        if !self.climbs(node) {
            return;
        }
        match syntax::this_at(self.nodes, node) {
            Some(syntax::This::Instance(class)) => match self.extended_by(class) {
                Some(extended) => self.expand_instance(search, extended, demand),
                None => search.other(),
            },
            _ => search.other(),
        }
    }

    /// An object of a class, with what it inherits.
    fn expand_instance(&mut self, search: &mut Search<'a>, class: NodeId, demand: Demand) {
        let mut class = class;
        for _ in 0..MAX_FAMILY {
            if self.expand_members(search, class, false, demand) {
                return;
            }
            let extends = matches!(
                self.nodes.kind(class),
                AstKind::Class(class) if class.heritage.is_some()
            );
            match self.extended_by(class) {
                Some(extended) => class = extended,
                None if extends => return search.other(),
                None => return,
            }
        }
        search.other();
    }

    /// What a class itself says of a property of its objects, or of its own.
    /// Whether it declares it.
    pub(super) fn expand_members(
        &mut self,
        search: &mut Search<'a>,
        node: NodeId,
        is_static: bool,
        demand: Demand,
    ) -> bool {
        let AstKind::Class(class) = self.nodes.kind(node) else {
            search.other();
            return true;
        };
        let (name, reader, rest) = match self.demands.first(demand) {
            Some((Step::Await, rest)) => {
                return self.expand_members(search, node, is_static, rest);
            }
            Some((Step::Name(name, reader), rest)) => (name, reader, rest),
            _ => {
                search.other();
                return true;
            }
        };
        self.expand_assigned(search, name, rest);
        self.expand_assigned_to(search, node, rest);
        let mut is_declared = false;
        for element in &class.body.body {
            if !self.work.spend(1) {
                return true;
            }
            match element {
                ClassElement::MethodDefinition(method) if method.r#static == is_static => {
                    if method.kind == MethodDefinitionKind::Constructor {
                        is_declared |= self.expand_property_parameter(search, method, name, rest);
                        continue;
                    }
                    if self.key(&method.key, method.computed) != Some(name) {
                        continue;
                    }
                    is_declared = true;
                    let value = method.value.node_id.get();
                    match method.kind {
                        MethodDefinitionKind::Get => {
                            self.ask_then(search, value, &[Step::Call(reader)], rest);
                        }
                        MethodDefinitionKind::Set => search.other(),
                        _ => search.ask(value, rest),
                    }
                }
                ClassElement::PropertyDefinition(field) if field.r#static == is_static => {
                    if self.key(&field.key, field.computed) != Some(name) {
                        continue;
                    }
                    is_declared = true;
                    if let Some(value) = &field.value {
                        search.ask(value.node_id(), rest);
                    }
                }
                ClassElement::AccessorProperty(_) => search.other(),
                _ => {}
            }
        }
        is_declared
    }

    /// `constructor(private name: …)`, which is a property too.
    fn expand_property_parameter(
        &mut self,
        search: &mut Search<'a>,
        constructor: &'a MethodDefinition<'a>,
        name: &str,
        rest: Demand,
    ) -> bool {
        let parameters = &constructor.value.params.items;
        if !self.work.spend(parameters.len()) {
            return true;
        }
        for parameter in parameters {
            let is_property = parameter.accessibility.is_some() || parameter.readonly;
            let identifier = parameter.pattern.get_binding_identifier();
            if is_property && identifier.is_some_and(|identifier| identifier.name == name) {
                self.expand_given(search, parameter.node_id.get(), parameter, rest);
                return true;
            }
        }
        false
    }

    /// The constructor that makes objects of a class, its own or an inherited one.
    pub(in super::super) fn constructor_of(&self, class: NodeId) -> Option<NodeId> {
        let mut class = Some(class);
        for _ in 0..MAX_FAMILY {
            let known = class?;
            if let Some(own) = self.index.constructors.get(&known) {
                return Some(*own);
            }
            class = self.extended_by(known);
        }
        None
    }

    /// The class of the script that a class extends.
    fn extended_by(&self, class: NodeId) -> Option<NodeId> {
        let AstKind::Class(class) = self.nodes.kind(class) else {
            return None;
        };
        let heritage = class.heritage.as_ref()?;
        syntax::class_named(&heritage.expression, self.nodes, self.scoping)
    }

    /// Classes that extend one, and those that extend these.
    fn extending(&self, class: NodeId) -> Vec<NodeId> {
        let mut family = vec![class];
        let mut next = 0;
        while next < family.len() && family.len() < MAX_FAMILY {
            let more = self.index.subclasses.get(&family[next]);
            for class in more.into_iter().flatten().take(MAX_FAMILY) {
                if !family.contains(class) {
                    family.push(*class);
                }
            }
            next += 1;
        }
        family.split_off(1)
    }

    fn key(&self, key: &'a PropertyKey<'a>, computed: bool) -> Option<&'a str> {
        syntax::key_name(key, computed, self.nodes, self.scoping)
    }

    /// The step that a property of a pattern takes.
    pub(in super::super) fn step_of_property(&self, property: &'a BindingProperty<'a>) -> Step<'a> {
        let node = property.node_id.get();
        match self.key(&property.key, property.computed) {
            Some(name) => Step::Name(name, node),
            None => match property.key.as_expression() {
                Some(key) if property.computed => self.computed_step(node, key),
                _ => Step::Computed(node),
            },
        }
    }
}
