//! The script's own variables.

use std::ops::Deref;

use oxc::semantic::{Scoping, SymbolId};

/// The scopes of a program, with what is asked of its variables over and over.
pub(in super::super) struct Scopes<'s> {
    scoping: &'s Scoping,
    /// Whether variables are assigned to, by their numbers.
    mutated: Vec<bool>,
}

impl<'s> Scopes<'s> {
    pub(in super::super) fn new(scoping: &'s Scoping) -> Self {
        let symbols = scoping.symbol_ids();
        Self {
            scoping,
            mutated: symbols
                .map(|symbol| scoping.symbol_is_mutated(symbol))
                .collect(),
        }
    }

    /// Whether a variable is assigned to, other than where it is declared.
    pub(in super::super) fn symbol_is_mutated(&self, symbol: SymbolId) -> bool {
        self.mutated.get(symbol.index()).copied().unwrap_or(true)
    }

    /// Whether a variable is declared once; a type of the same name does not count.
    pub(in super::super) fn is_declared_once(&self, symbol: SymbolId) -> bool {
        let declared = self.symbol_redeclarations(symbol).iter();
        let values = declared.filter(|one| one.flags.is_value());
        values.count() <= 1
    }
}

impl Deref for Scopes<'_> {
    type Target = Scoping;

    fn deref(&self) -> &Scoping {
        self.scoping
    }
}
