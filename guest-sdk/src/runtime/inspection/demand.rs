//! What is asked of an expression: the steps from its value to the one wanted.
//!
//! Demands are lists that share their tails, so that asking one step more costs
//! nothing, and equal ones have the same number.

use std::collections::BTreeMap;

use oxc::semantic::NodeId;

/// Steps that are followed.
const MAX_STEPS: u8 = 24;

/// One step from a value to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// What it settles with, if it is a promise.
    Await,
    /// A property, and the node that reads it.
    Name(&'a str, NodeId),
    /// The element at a place.
    At(usize),
    /// Any element.
    Element,
    /// Any element, if it is a list, or else the value itself.
    Flat,
    /// A property that cannot be told, and the node that reads it.
    Computed(NodeId),
    /// What a call of it returns.
    Call(NodeId),
}

impl Step<'_> {
    /// What tells it from others; a node reads one name only.
    fn key(self) -> (u8, usize) {
        match self {
            Self::Await => (0, 0),
            Self::Name(_, node) => (1, node.index()),
            Self::At(place) => (2, place),
            Self::Element => (3, 0),
            Self::Computed(node) => (4, node.index()),
            Self::Call(node) => (5, node.index()),
            Self::Flat => (6, 0),
        }
    }

    /// Whether it leads to an element of a list.
    pub(super) fn is_element(self) -> bool {
        matches!(
            self,
            Self::At(_) | Self::Element | Self::Flat | Self::Computed(_)
        )
    }
}

/// A list of steps, as its number in [`Demands`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Demand(u32);

impl Demand {
    /// The value itself.
    pub(super) const ITSELF: Self = Self(0);
}

/// All demands there are.
#[derive(Default)]
pub(super) struct Demands<'a> {
    cells: Vec<(Step<'a>, Demand, u8)>,
    known: BTreeMap<(u8, usize, Demand), Demand>,
}

impl<'a> Demands<'a> {
    /// `first`, and then `rest`; `None` where that is too long.
    pub(super) fn then(&mut self, first: Step<'a>, rest: Demand) -> Option<Demand> {
        let (kind, place) = first.key();
        if let Some(known) = self.known.get(&(kind, place, rest)) {
            return Some(*known);
        }
        let steps = self.len(rest) + 1;
        if steps > MAX_STEPS {
            return None;
        }
        self.cells.push((first, rest, steps));
        let demand = Demand(self.cells.len() as u32);
        self.known.insert((kind, place, rest), demand);
        Some(demand)
    }

    /// The first step and those after it.
    pub(super) fn first(&self, demand: Demand) -> Option<(Step<'a>, Demand)> {
        let at = demand.0.checked_sub(1)?;
        let (first, rest, _) = self.cells[at as usize];
        Some((first, rest))
    }

    /// The same without waiting first, and whether it waited.
    pub(super) fn awaited(&self, mut demand: Demand) -> (bool, Demand) {
        let mut waits = false;
        while let Some((Step::Await, rest)) = self.first(demand) {
            (waits, demand) = (true, rest);
        }
        (waits, demand)
    }

    fn len(&self, demand: Demand) -> u8 {
        let at = demand.0.checked_sub(1);
        at.map_or(0, |at| self.cells[at as usize].2)
    }
}
