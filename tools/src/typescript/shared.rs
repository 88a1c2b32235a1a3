//! What the declarations of one answer share: a type with a name is printed once,
//! and different types never have the same name.
//!
//! Two named types are the same if they say the same, with all that they name in turn;
//! words about them make no difference. One of which something had to be left out is
//! the same only as what reads like it. Start at [`Shared::of`].

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use super::print::{Alias, Naming};
use super::shape::{Definition, Shape};
use super::tool::{ToolTypes, Written};

/// Longest text by which types are compared.
const IDENTITY_BYTES: usize = 256 << 10;

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
    /// What it says, with all that it names, under the names of its shape.
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
        shape: &Shape<'_>,
        aliases: &[Alias],
        beside: &[NamedType],
        naming: &mut Naming,
    ) -> Vec<NamedType> {
        let mut taken: HashSet<String> = beside.iter().map(|one| one.name.clone()).collect();
        let identities = (0..aliases.len()).map(|at| identity(shape, aliases, at));
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
    format!("{} {}", definition.name, definition.whole)
}

/// What an alias says with all that it names, directly or not: the whole of it, or its
/// text where something is left out.
fn identity(shape: &Shape<'_>, aliases: &[Alias], at: usize) -> String {
    let alias_of = |number: &usize| aliases.iter().find(|one| one.definition == *number);
    let start = aliases[at].definition;
    let printed = reached(start, |number| {
        alias_of(&number).map_or(&[], |alias| &alias.names)
    });
    if !printed
        .iter()
        .filter_map(alias_of)
        .all(|alias| alias.is_whole)
    {
        let lines = printed.iter().filter_map(alias_of);
        return lines.map(|alias| format!("{}\n", alias.text)).collect();
    }
    let mut text = String::new();
    for number in reached(start, |number| &shape.definitions[number].names) {
        let Definition { name, whole, .. } = &shape.definitions[number];
        if text.len() + whole.len() > IDENTITY_BYTES {
            // Too long to be compared: nothing else is the same.
            return format!(
                "at {}",
                std::ptr::from_ref(&shape.definitions[start]) as usize
            );
        }
        let _ = writeln!(text, "type {name} = {whole}");
    }
    text
}

/// The definitions that `start` names, directly or not, itself first.
fn reached<'s>(start: usize, names: impl Fn(usize) -> &'s [usize]) -> Vec<usize> {
    let mut reached = vec![start];
    let mut seen = HashSet::from([start]);
    let mut next = 0;
    while next < reached.len() {
        let names = names(reached[next]).iter();
        reached.extend(names.filter(|name| seen.insert(**name)));
        next += 1;
    }
    reached
}
