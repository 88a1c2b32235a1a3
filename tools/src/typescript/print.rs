//! A [`Shape`] as TypeScript text that a compiler accepts.
//!
//! What has no room is left out in a way that still accepts every right value, and
//! its place is noted for the count of what is missing.

mod object;
mod style;

pub(super) use self::style::{Notes, Style};
use super::comment::with_trailing_comment;
use super::coverage;
use super::shape::{Definition, Shape, Tuple, Type};
use crate::prose;

/// A definition used more than once gets a name when it is longer than this.
const INLINE_BYTES: usize = 40;

/// Where a type stands, which decides about parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Top,
    /// A part of an intersection, or before `[]`.
    Tight,
}

/// A named type as printed.
#[derive(Debug, Clone)]
pub(super) struct Alias {
    /// Its number among the definitions of the shape.
    pub(super) definition: usize,
    /// `type Name = …`.
    pub(super) text: String,
    /// The definitions it names.
    pub(super) names: Vec<usize>,
    /// Whether nothing of it was left out.
    pub(super) is_whole: bool,
}

/// What definitions are called and which are printed by name, by their number.
#[derive(Debug, Clone)]
pub(super) struct Naming {
    pub(super) names: Vec<String>,
    pub(super) by_name: Vec<bool>,
}

impl Naming {
    /// Under the shape's own names; `uses` says how often each is wanted.
    pub(super) fn of(shape: &Shape<'_>, uses: impl Fn(&Definition<'_>) -> usize) -> Self {
        let definitions = shape.definitions.iter();
        Self {
            names: definitions.clone().map(|one| one.name.clone()).collect(),
            by_name: definitions.map(|one| has_name(one, uses(one))).collect(),
        }
    }
}

fn has_name(definition: &Definition<'_>, uses: usize) -> bool {
    definition.recursive || (uses > 1 && definition.compact.len() > INLINE_BYTES)
}

/// Fills in what the definitions say, those first that others hold.
pub(super) fn measure(shape: &mut Shape<'_>, style: &Style) {
    let mut naming = Naming::of(shape, |_| 0);
    let all_by_name = Naming {
        by_name: vec![true; shape.definitions.len()],
        ..naming.clone()
    };
    let unlimited = Style::unlimited();
    for number in std::mem::take(&mut shape.read_in) {
        let ty = &shape.definitions[number].ty;
        let compact = Printer::new(shape, style, &naming).write(ty, Place::Top, 0, Notes::None);
        let mut printer = Printer::new(shape, &unlimited, &all_by_name);
        let whole = printer.write(ty, Place::Top, 0, Notes::None);
        let names = printer.touched;
        let definition = &mut shape.definitions[number];
        definition.compact = compact;
        definition.whole = whole;
        definition.names = names;
        naming.by_name[number] = has_name(definition, definition.uses);
    }
}

/// Prints the types of one shape.
pub(super) struct Printer<'s, 'a> {
    shape: &'s Shape<'a>,
    style: &'s Style,
    naming: &'s Naming,
    /// Definitions named so far, in order.
    named: Vec<usize>,
    /// Definitions named since this was last emptied.
    touched: Vec<usize>,
    /// Places of schemas that were left out.
    cuts: Vec<usize>,
    /// How often an object or a list of values was cut, whether or not it has a place.
    shortened: usize,
}

impl<'s, 'a> Printer<'s, 'a> {
    pub(super) fn new(shape: &'s Shape<'a>, style: &'s Style, naming: &'s Naming) -> Self {
        Self {
            shape,
            style,
            naming,
            named: Vec::new(),
            touched: Vec::new(),
            cuts: Vec::new(),
            shortened: 0,
        }
    }

    /// The whole type of an argument or a result.
    pub(super) fn top(&mut self, ty: &'s Type<'a>) -> String {
        self.write(ty, Place::Top, 0, self.style.notes)
    }

    /// The named types that were printed so far, and those they name.
    pub(super) fn aliases(&mut self) -> Vec<Alias> {
        let shape = self.shape;
        let mut aliases = Vec::new();
        let mut next = 0;
        while next < self.named.len() {
            let number = self.named[next];
            let definition = &shape.definitions[number];
            self.touched.clear();
            let left_out = self.left_out();
            let body = self.write(&definition.ty, Place::Top, 0, self.style.notes);
            let mut text = format!("type {} = {body}", self.naming.names[number]);
            if self.style.notes != Notes::None
                && let Some(description) = definition.description
            {
                text = with_trailing_comment(text, &prose::first_sentence(description, 100));
            }
            aliases.push(Alias {
                definition: number,
                text,
                names: std::mem::take(&mut self.touched),
                is_whole: self.left_out() == left_out,
            });
            next += 1;
        }
        aliases
    }

    /// A number that grows whenever something is left out.
    fn left_out(&self) -> usize {
        self.cuts.len() + self.shortened
    }

    /// Places of schemas that were left out.
    pub(super) fn cuts(self) -> Vec<usize> {
        self.cuts
    }

    fn write(&mut self, ty: &'s Type<'a>, place: Place, level: usize, notes: Notes) -> String {
        match ty {
            Type::Unknown => "unknown".to_owned(),
            Type::Never => "never".to_owned(),
            Type::Word(word) => (*word).to_owned(),
            Type::Literal(text) => text.clone(),
            Type::Named(i) => self.named(*i, place, level, notes),
            Type::Array(item) => format!("{}[]", self.write(item, Place::Tight, level, notes)),
            Type::Tuple(tuple) => self.tuple(tuple, level, notes),
            Type::Union(members) => {
                let text = self.union(members, level, notes);
                parenthesised(text, place)
            }
            Type::Intersection(parts) => {
                let parts: Vec<String> = parts
                    .iter()
                    .map(|part| self.write(part, Place::Tight, level, notes))
                    .collect();
                parenthesised(parts.join(" & "), place)
            }
            Type::Object(object) => self.object(object, level, notes),
        }
    }

    fn named(&mut self, number: usize, place: Place, level: usize, notes: Notes) -> String {
        let definition = &self.shape.definitions[number];
        if !self.naming.by_name[number] {
            return self.write(&definition.ty, place, level, notes);
        }
        if !self.named.contains(&number) {
            if self.named.len() == self.style.aliases {
                let schema = definition.schema.as_object();
                self.cuts.extend(schema.map(coverage::place));
                return "unknown".to_owned();
            }
            self.named.push(number);
        }
        self.touched.push(number);
        self.naming.names[number].clone()
    }

    fn tuple(&mut self, tuple: &'s Tuple<'a>, level: usize, notes: Notes) -> String {
        let mut parts = Vec::new();
        for (i, item) in tuple.items.iter().enumerate() {
            parts.push(if i < tuple.required {
                self.write(item, Place::Top, level, notes)
            } else {
                format!("{}?", self.write(item, Place::Tight, level, notes))
            });
        }
        if let Some(rest) = &tuple.rest {
            let rest = self.write(rest, Place::Tight, level, notes);
            parts.push(format!("...{rest}[]"));
        }
        format!("[{}]", parts.join(", "))
    }

    fn union(&mut self, members: &'s [Type<'a>], level: usize, notes: Notes) -> String {
        let literals = members
            .iter()
            .filter(|m| matches!(m, Type::Literal(_)))
            .count();
        // One left out would cost as much as it saves.
        let shown = if literals > self.style.members + 1 {
            self.style.members
        } else {
            literals
        };
        let mut parts = Vec::new();
        let mut seen = 0;
        for (i, member) in members.iter().enumerate() {
            if member.word().is_some() {
                seen += 1;
                if seen == shown + 1 {
                    self.shortened += 1;
                    let words = words_of(&members[i..]);
                    parts.push(format!("{words} /* {} more */", literals - shown));
                }
                if seen > shown {
                    continue;
                }
            }
            parts.push(self.write(member, Place::Top, level, notes));
        }
        parts.join(" | ")
    }
}

/// The plain types of the literals among `members`.
fn words_of(members: &[Type<'_>]) -> String {
    let mut words: Vec<&str> = members.iter().filter_map(Type::word).collect();
    words.sort_unstable();
    words.dedup();
    words.join(" | ")
}

fn parenthesised(text: String, place: Place) -> String {
    match place {
        Place::Top => text,
        Place::Tight => format!("({text})"),
    }
}
