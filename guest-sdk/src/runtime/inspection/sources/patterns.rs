//! Patterns, which take values apart, in declarations and in assignments.

use oxc::ast::AstKind;
use oxc::ast::ast::{ArrayPattern, BindingPattern, ObjectPattern};
use oxc::semantic::{NodeId, SymbolId};
use oxc::span::GetSpan;
use oxc::syntax::operator::AssignmentOperator;

use super::super::demand::{Demand, Step};
use super::super::{Inspector, syntax};
use super::{Search, Sources};

/// A way through a pattern.
enum Layer<'a> {
    Step(Step<'a>),
    /// Something else where there is nothing.
    Default(NodeId),
    /// What is left of a list.
    Rest,
}

/// What is assigned at a place.
enum Written {
    Whole(NodeId),
    /// One element of it after the other.
    Each(NodeId),
}

impl<'a> Inspector<'a, '_> {
    /// What a step from the value of a pattern leads to.
    pub(in super::super) fn sources_of_pattern(
        &mut self,
        pattern: NodeId,
        step: Step<'a>,
    ) -> Sources<'a> {
        let mut search = Search::default();
        match self.demands.then(step, Demand::ITSELF) {
            Some(demand) => self.expand_pattern(&mut search, pattern, demand),
            None => search.other(),
        }
        self.finish_search(search)
    }

    /// What a pattern takes apart, be it in a declaration or an assignment.
    fn expand_pattern(&mut self, search: &mut Search<'a>, pattern: NodeId, demand: Demand) {
        let nodes = self.nodes;
        let mut node = pattern;
        let mut demand = Some(demand);
        while let Some(asked) = demand {
            let parent = nodes.parent_id(node);
            match nodes.kind(parent) {
                AstKind::BindingProperty(property) => {
                    demand = self.demands.then(self.step_of_property(property), asked);
                }
                AstKind::AssignmentPattern(assignment) => {
                    search.ask(assignment.right.node_id(), asked);
                }
                AstKind::ObjectPattern(_) | AstKind::BindingRestElement(_) => {}
                AstKind::ArrayPattern(array) => {
                    self.work.spend(array.elements.len());
                    let span = nodes.kind(node).span();
                    let place = array
                        .elements
                        .iter()
                        .position(|element| element.as_ref().map(GetSpan::span) == Some(span));
                    demand = match place {
                        Some(place) => self.demands.then(Step::At(place), asked),
                        None => self.anywhere(asked),
                    };
                }
                AstKind::VariableDeclarator(declarator) => {
                    return self.expand_declared(search, parent, declarator, asked);
                }
                AstKind::FormalParameter(parameter) => {
                    return self.expand_given(search, parent, parameter, asked);
                }
                AstKind::CatchParameter(_) | AstKind::FormalParameterRest(_) => {
                    return search.other();
                }
                _ => return self.expand_write(search, node, asked),
            }
            node = parent;
        }
        search.other();
    }

    /// What a place that writes a variable writes.
    pub(super) fn expand_write(&mut self, search: &mut Search<'a>, place: NodeId, demand: Demand) {
        let mut layers = Vec::new();
        let value = self.written_value(place, &mut layers);
        layers.reverse();
        let demand = self.through(search, &layers, demand);
        match (value, demand) {
            (Some(Written::Whole(value)), Some(demand)) => search.ask(value, demand),
            (Some(Written::Each(list)), Some(demand)) => {
                self.ask_then(search, list, &[Step::Element], demand);
            }
            _ => search.other(),
        }
    }

    /// Climbs from an assignment's target to what is assigned, noting the way
    /// from the inside out.
    fn written_value(&self, place: NodeId, layers: &mut Vec<Layer<'a>>) -> Option<Written> {
        let nodes = self.nodes;
        let mut node = place;
        loop {
            let span = nodes.kind(node).span();
            let parent = nodes.parent_id(node);
            match nodes.kind(parent) {
                AstKind::AssignmentExpression(assignment) if assignment.left.span() == span => {
                    let is_plain = matches!(
                        assignment.operator,
                        AssignmentOperator::Assign
                            | AssignmentOperator::LogicalOr
                            | AssignmentOperator::LogicalNullish
                    );
                    return is_plain.then(|| Written::Whole(assignment.right.node_id()));
                }
                AstKind::ForOfStatement(each) if each.left.span() == span && !each.r#await => {
                    return Some(Written::Each(each.right.node_id()));
                }
                AstKind::AssignmentTargetWithDefault(target) => {
                    layers.push(Layer::Default(target.init.node_id()));
                }
                AstKind::AssignmentTargetPropertyIdentifier(property) => {
                    if let Some(init) = &property.init {
                        layers.push(Layer::Default(init.node_id()));
                    }
                    let name = property.binding.name.as_str();
                    layers.push(Layer::Step(Step::Name(name, parent)));
                }
                AstKind::AssignmentTargetPropertyProperty(property) => {
                    let computed = property.computed;
                    let name = syntax::key_name(&property.name, computed, nodes, self.scoping)?;
                    layers.push(Layer::Step(Step::Name(name, parent)));
                }
                AstKind::ArrayAssignmentTarget(target) => {
                    self.work.spend(target.elements.len());
                    let mut elements = target.elements.iter().flatten();
                    let at = elements.position(|element| element.span() == span)?;
                    layers.push(Layer::Step(Step::At(at)));
                }
                AstKind::ObjectAssignmentTarget(_) => {}
                kind if syntax::is_wrapper(&kind) => {}
                _ => return None,
            }
            node = parent;
        }
    }

    /// The demand on a pattern's value, given that on a variable in it.
    pub(super) fn in_pattern(
        &mut self,
        search: &mut Search<'a>,
        pattern: &'a BindingPattern<'a>,
        symbol: SymbolId,
        demand: Demand,
    ) -> Option<Demand> {
        let mut layers = Vec::new();
        if !self.find_in_pattern(pattern, symbol, &mut layers) {
            return None;
        }
        self.through(search, &layers, demand)
    }

    /// Finds the way from a pattern's value to one of its variables.
    fn find_in_pattern(
        &self,
        pattern: &'a BindingPattern<'a>,
        symbol: SymbolId,
        layers: &mut Vec<Layer<'a>>,
    ) -> bool {
        match pattern {
            BindingPattern::BindingIdentifier(identifier) => {
                identifier.symbol_id.get() == Some(symbol)
            }
            BindingPattern::AssignmentPattern(assignment) => {
                let default = Layer::Default(assignment.right.node_id());
                self.find_behind(default, &assignment.left, symbol, layers)
            }
            BindingPattern::ObjectPattern(object) => self.find_in_object(object, symbol, layers),
            BindingPattern::ArrayPattern(array) => self.find_in_array(array, symbol, layers),
        }
    }

    fn find_behind(
        &self,
        layer: Layer<'a>,
        pattern: &'a BindingPattern<'a>,
        symbol: SymbolId,
        layers: &mut Vec<Layer<'a>>,
    ) -> bool {
        layers.push(layer);
        let found = self.find_in_pattern(pattern, symbol, layers);
        if !found {
            layers.pop();
        }
        found
    }

    fn find_in_object(
        &self,
        object: &'a ObjectPattern<'a>,
        symbol: SymbolId,
        layers: &mut Vec<Layer<'a>>,
    ) -> bool {
        let mut properties = object.properties.iter();
        let found = properties.any(|property| {
            if !self.work.spend(1) {
                return false;
            }
            let step = self.step_of_property(property);
            self.find_behind(Layer::Step(step), &property.value, symbol, layers)
        });
        // What is left of an object has the properties it had.
        let rest = object.rest.as_ref();
        found || rest.is_some_and(|rest| self.find_in_pattern(&rest.argument, symbol, layers))
    }

    fn find_in_array(
        &self,
        array: &'a ArrayPattern<'a>,
        symbol: SymbolId,
        layers: &mut Vec<Layer<'a>>,
    ) -> bool {
        let mut elements = array.elements.iter().enumerate();
        let found = elements.any(|(place, element)| {
            if !self.work.spend(1) {
                return false;
            }
            let step = Layer::Step(Step::At(place));
            element
                .as_ref()
                .is_some_and(|element| self.find_behind(step, element, symbol, layers))
        });
        let rest = array.rest.as_ref();
        found
            || rest
                .is_some_and(|rest| self.find_behind(Layer::Rest, &rest.argument, symbol, layers))
    }

    /// The demand on the outside of layers, given that on the inside.
    fn through(
        &mut self,
        search: &mut Search<'a>,
        layers: &[Layer<'a>],
        mut demand: Demand,
    ) -> Option<Demand> {
        for layer in layers.iter().rev() {
            match layer {
                Layer::Step(step) => demand = self.demands.then(*step, demand)?,
                Layer::Default(value) => search.ask(*value, demand),
                Layer::Rest => demand = self.anywhere(demand)?,
            }
        }
        Some(demand)
    }

    /// The same of any element, where it is asked of the one at a place.
    pub(super) fn anywhere(&mut self, demand: Demand) -> Option<Demand> {
        match self.demands.first(demand) {
            Some((Step::At(_), rest)) => self.demands.then(Step::Element, rest),
            Some((Step::Await, rest)) => {
                let rest = self.anywhere(rest)?;
                self.demands.then(Step::Await, rest)
            }
            _ => Some(demand),
        }
    }
}
