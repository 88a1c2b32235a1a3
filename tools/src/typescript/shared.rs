//! What the declarations of one answer share: a type with a name is printed once,
//! and different types never have the same name.
//!
//! Two named types are the same if they read the same, with all that they name in
//! turn. Start at [`Shared::of`].

use std::collections::{HashMap, HashSet};

use super::print::{Alias, Naming};
use super::shape::{Definition, Shape};
use super::tool::{ToolTypes, Written};

/// Names that were given, and how often types are wanted.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    /// How often a definition is used over all tools, by its name and its text.
    uses: HashMap<String, usize>,
    /// The name of what was printed, by its identity.
    given: HashMap<String, String>,
    taken: HashSet<String>,
}

/// A named type of one declaration.
#[derive(Debug, Clone, Default)]
pub(super) struct NamedType {
    pub(super) name: String,
    /// `type Name = …`.
    pub(super) line: String,
    /// The text of it and of all that it names, under the names of its shape.
    pub(super) identity: String,
    /// Whether the answer does not have it yet.
    pub(super) is_new: bool,
}

impl Shared {
    /// For an answer about these tools.
    pub(crate) fn of<'t, 'a: 't>(tools: impl IntoIterator<Item = &'t ToolTypes<'a>>) -> Self {
        let mut shared = Self::default();
        for definition in tools
            .into_iter()
            .flat_map(ToolTypes::shapes)
            .flat_map(definitions)
        {
            *shared.uses.entry(key(definition)).or_default() += definition.uses;
        }
        shared
    }

    /// Remembers that a declaration is part of the answer.
    pub(crate) fn keep(&mut self, written: &Written) {
        for one in &written.types {
            self.taken.insert(one.name.clone());
            self.given.insert(one.identity.clone(), one.name.clone());
        }
    }

    /// What the whole answer wants of a shape, under the shape's own names.
    pub(super) fn naming(&self, shape: &Shape<'_>) -> Naming {
        Naming::of(shape, |one| {
            let uses = self.uses.get(&key(one)).copied().unwrap_or(0);
            uses.max(one.uses)
        })
    }

    /// Gives the aliases of a shape their names: those that the answer or `beside`,
    /// the same declaration, has for them, or others that are free. The lines are
    /// still to be printed.
    pub(super) fn rename(
        &self,
        aliases: &[Alias],
        beside: &[NamedType],
        naming: &mut Naming,
    ) -> Vec<NamedType> {
        let mut taken: HashSet<String> = beside.iter().map(|one| one.name.clone()).collect();
        let identities = (0..aliases.len()).map(|at| identity(aliases, at));
        let identities = identities.map(|text| {
            let beside = beside.iter().find(|one| one.identity == text);
            let name = self
                .given
                .get(&text)
                .or(beside.map(|one| &one.name))
                .cloned();
            (text, name)
        });
        let identities: Vec<_> = identities.collect();
        taken.extend(identities.iter().filter_map(|(_, name)| name.clone()));
        let mut renamed = Vec::new();
        for (alias, (text, known)) in aliases.iter().zip(identities) {
            let is_new = known.is_none();
            let name = &mut naming.names[alias.definition];
            *name = known.unwrap_or_else(|| self.free(name, &taken));
            taken.insert(name.clone());
            renamed.push(NamedType {
                name: name.clone(),
                identity: text,
                is_new,
                ..NamedType::default()
            });
        }
        renamed
    }

    fn free(&self, wanted: &str, taken: &HashSet<String>) -> String {
        let is_free = |name: &String| !self.taken.contains(name) && !taken.contains(name);
        let numbered = (2..).map(|count| format!("{wanted}{count}"));
        let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
        names.find(is_free).expect("counting does not end")
    }
}

impl From<Alias> for NamedType {
    fn from(alias: Alias) -> Self {
        Self {
            line: alias.text,
            ..Self::default()
        }
    }
}

fn definitions<'s, 'a>(shape: &'s Shape<'a>) -> &'s [Definition<'a>] {
    &shape.definitions
}

/// What tells a definition from others of its name, well enough to count them.
fn key(definition: &Definition<'_>) -> String {
    format!("{} {}", definition.name, definition.compact)
}

/// The text of an alias and of all that it names, directly or not.
fn identity(aliases: &[Alias], at: usize) -> String {
    let mut reached = vec![aliases[at].definition];
    let mut text = String::new();
    let mut next = 0;
    while next < reached.len() {
        if let Some(alias) = aliases.iter().find(|one| one.definition == reached[next]) {
            text.push_str(&alias.text);
            text.push('\n');
            let names = alias.names.iter();
            let more: Vec<usize> = names
                .filter(|name| !reached.contains(name))
                .copied()
                .collect();
            reached.extend(more);
        }
        next += 1;
    }
    text
}
