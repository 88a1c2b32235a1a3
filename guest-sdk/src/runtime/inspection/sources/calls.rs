//! What calls return: of the script's own functions, and of what the language
//! has for lists and promises.

use oxc::ast::ast::{Argument, CallExpression, Expression};
use oxc::semantic::NodeId;

use super::super::demand::{Demand, Step};
use super::super::{Inspector, syntax};
use super::Search;

impl<'a> Inspector<'a, '_> {
    pub(super) fn expand_call(
        &mut self,
        search: &mut Search<'a>,
        node: NodeId,
        call: &'a CallExpression<'a>,
        demand: Demand,
    ) {
        if let Some(function) = syntax::global_function(call, self.scoping)
            && self.global(function.0).is_none()
        {
            return self.expand_global_call(search, node, call, function, demand);
        }
        if let Some((name, _)) = syntax::method(call)
            && let Some(object) = syntax::object_of_method(call)
            && is_builtin(name)
            && !self.calls.contains(node)
        {
            let is_own = self.index.functions.contains_key(name);
            if !is_own || self.function_called(call).is_none() {
                self.expand_method(search, node, call, name, object, demand);
                if !is_own {
                    return;
                }
                search.other();
            }
        }
        self.ask_then(search, call.callee.node_id(), &[Step::Call(node)], demand);
    }

    /// A function of the language.
    fn expand_global_call(
        &mut self,
        search: &mut Search<'a>,
        node: NodeId,
        call: &'a CallExpression<'a>,
        function: (&str, &str),
        demand: Demand,
    ) {
        let Some(argument) = syntax::argument(call, 0).map(Expression::node_id) else {
            return search.other();
        };
        let (waits, inner) = self.demands.awaited(demand);
        match function {
            ("Promise", "all" | "allSettled" | "race" | "any") if !waits => {
                let asked = self.demands.first(inner).map(|(step, _)| step);
                search.sources.add_promise(node, true, asked);
            }
            ("Promise", "all") => {
                if let Some((step, rest)) = self.element_asked(inner) {
                    self.ask_then(search, argument, &[step, Step::Await], rest);
                } else {
                    search.other();
                }
            }
            ("Promise", "allSettled") => {
                if let Some((step, rest)) = self.element_asked(inner)
                    && let Some((Step::Name("value", _), rest)) = self.demands.first(rest)
                {
                    self.ask_then(search, argument, &[step, Step::Await], rest);
                } else {
                    search.other();
                }
            }
            ("Promise", "race" | "any") => {
                self.ask_then(search, argument, &[Step::Element, Step::Await], inner);
            }
            ("Promise", "resolve")
            | ("Object", "freeze" | "seal" | "preventExtensions")
            | ("structuredClone", "") => search.ask(argument, demand),
            ("Object", "assign") => {
                for argument in &call.arguments {
                    match argument.as_expression() {
                        Some(argument) => search.ask(argument.node_id(), demand),
                        None => search.other(),
                    }
                }
            }
            ("Object", "values") => match self.element_asked(inner) {
                Some((_, rest)) => self.ask_then(search, argument, &[Step::Computed(node)], rest),
                None => search.other(),
            },
            ("Object", "entries") => {
                if let Some((_, rest)) = self.element_asked(inner)
                    && let Some((Step::At(1), rest)) = self.demands.first(rest)
                {
                    self.ask_then(search, argument, &[Step::Computed(node)], rest);
                } else {
                    search.other();
                }
            }
            ("Object" | "Map", "groupBy") => match self.demands.first(inner) {
                // A group is a part of the list.
                Some((Step::Name(..) | Step::Computed(_), rest)) => search.ask(argument, rest),
                _ => search.other(),
            },
            ("Object", "fromEntries") => match self.demands.first(inner) {
                Some((Step::Name(..) | Step::At(_) | Step::Computed(_), rest)) => {
                    self.ask_then(search, argument, &[Step::Element, Step::At(1)], rest);
                }
                _ => search.other(),
            },
            ("Array", "of") => {
                let Some((_, rest)) = self.element_asked(inner) else {
                    return search.other();
                };
                let arguments = call.arguments.iter().filter_map(Argument::as_expression);
                arguments.for_each(|argument| search.ask(argument.node_id(), rest));
            }
            ("Array", "from") => match syntax::argument(call, 1) {
                None => search.ask(argument, demand),
                Some(callback) => match self.element_asked(inner) {
                    Some((_, rest)) => {
                        let callback = callback.node_id();
                        self.ask_then(search, callback, &[Step::Call(node)], rest);
                    }
                    None => search.other(),
                },
            },
            ("Array", "fromAsync") if waits && call.arguments.len() == 1 => {
                match self.element_asked(inner) {
                    Some((step, rest)) => {
                        self.ask_then(search, argument, &[step, Step::Await], rest);
                    }
                    None => search.other(),
                }
            }
            _ => search.other(),
        }
    }

    /// A method that lists or promises have.
    fn expand_method(
        &mut self,
        search: &mut Search<'a>,
        node: NodeId,
        call: &'a CallExpression<'a>,
        name: &str,
        object: NodeId,
        demand: Demand,
    ) {
        let callback = syntax::argument(call, 0).map(Expression::node_id);
        let (waits, inner) = self.demands.awaited(demand);
        match name {
            // What is asked of a promise made of another.
            "then" | "catch" if !waits => search.ask(object, demand),
            "then" | "catch" => {
                if name == "catch" || callback.is_none() {
                    search.ask(object, demand);
                }
                for callback in call.arguments.iter().filter_map(Argument::as_expression) {
                    let steps = [Step::Call(node), Step::Await];
                    self.ask_then(search, callback.node_id(), &steps, inner);
                }
            }
            "finally" => search.ask(object, demand),
            "get" => self.ask_then(search, object, &[Step::Computed(node)], demand),
            "find" | "findLast" | "at" | "pop" | "shift" => {
                self.ask_then(search, object, &[Step::Element], demand);
            }
            "values" => match self.element_asked(inner) {
                Some((_, rest)) => self.ask_then(search, object, &[Step::Computed(node)], rest),
                None => search.other(),
            },
            "filter" | "slice" | "sort" | "toSorted" | "reverse" | "toReversed" | "splice"
            | "toSpliced" | "concat" | "flat" | "with" => {
                let Some((_, rest)) = self.element_asked(inner) else {
                    return match self.demands.first(inner) {
                        Some((Step::Name("length", _), _)) => search.other(),
                        // It has what the list has.
                        _ => search.ask(object, inner),
                    };
                };
                if name == "flat" {
                    return self.ask_then(search, object, &[Step::Element, Step::Flat], rest);
                }
                self.ask_then(search, object, &[Step::Element], rest);
                match name {
                    "concat" => {
                        for argument in &call.arguments {
                            let Some(argument) = argument.as_expression() else {
                                search.other();
                                continue;
                            };
                            self.ask_then(search, argument.node_id(), &[Step::Flat], rest);
                        }
                    }
                    "with" | "toSpliced" => search.other(),
                    _ => {}
                }
            }
            "entries" => match self.element_asked(inner) {
                Some((_, rest)) => match self.demands.first(rest) {
                    Some((Step::At(1), rest)) => {
                        self.ask_then(search, object, &[Step::Element], rest);
                    }
                    _ => search.other(),
                },
                None => search.other(),
            },
            "map" | "flatMap" => {
                let (Some((_, rest)), Some(callback)) = (self.element_asked(inner), callback)
                else {
                    return search.other();
                };
                let call = Step::Call(node);
                if name == "map" {
                    self.ask_then(search, callback, &[call], rest);
                } else {
                    self.ask_then(search, callback, &[call, Step::Flat], rest);
                }
            }
            "reduce" | "reduceRight" => {
                if let Some(callback) = callback {
                    self.ask_then(search, callback, &[Step::Call(node)], demand);
                }
                match syntax::argument(call, 1) {
                    Some(initial) => search.ask(initial.node_id(), demand),
                    None => self.ask_then(search, object, &[Step::Element], demand),
                }
            }
            _ => search.other(),
        }
    }

    /// An element, if one is asked of, and what of it.
    fn element_asked(&self, demand: Demand) -> Option<(Step<'a>, Demand)> {
        self.demands
            .first(demand)
            .filter(|(step, _)| step.is_element())
    }
}

/// Whether lists or promises have a method of that name that is followed.
fn is_builtin(name: &str) -> bool {
    const NAMES: [&str; 24] = [
        "get",
        "then",
        "catch",
        "finally",
        "find",
        "findLast",
        "at",
        "pop",
        "shift",
        "filter",
        "slice",
        "sort",
        "toSorted",
        "reverse",
        "toReversed",
        "splice",
        "toSpliced",
        "values",
        "concat",
        "flat",
        "with",
        "entries",
        "map",
        "flatMap",
    ];
    NAMES.contains(&name) || matches!(name, "reduce" | "reduceRight")
}
