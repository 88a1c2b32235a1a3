//! Replacement templates: `$1`, `$&`, `$<name>` and their kin, read once and
//! filled in for each match.

use boa_engine::{Context, JsObject, JsResult, JsString, JsValue, js_string, string::JsStr};

use super::Joined;

/// A template, for matches with a given number of groups.
pub(in super::super) struct Template {
    source: JsString,
    parts: Vec<Part>,
}

enum Part {
    /// A range of the template that stands for itself.
    Literal(usize, usize),
    Match,
    Before,
    After,
    Group(usize),
    Named(JsString),
}

/// One match: everything a template can refer to.
pub(in super::super) struct Matched<'a> {
    pub(in super::super) text: JsStr<'a>,
    pub(in super::super) start: usize,
    pub(in super::super) end: usize,
    /// The groups, from `$1` on: their ranges in the text.
    pub(in super::super) groups: &'a [Option<std::ops::Range<usize>>],
}

impl Template {
    /// Reads a template. `named` says whether the expression has named groups,
    /// without which `$<` stands for itself.
    pub(in super::super) fn new(source: JsString, groups: usize, named: bool) -> Self {
        let units = source.to_vec();
        let mut parts = Vec::new();
        let mut literal = 0;
        let mut at = 0;
        while let Some(offset) = units
            .get(at..)
            .and_then(|rest| rest.iter().position(|&unit| unit == u16::from(b'$')))
        {
            at += offset;
            let Some((part, length)) = reference(&units[at..], groups, named) else {
                at += 1;
                continue;
            };
            if literal < at {
                parts.push(Part::Literal(literal, at));
            }
            parts.push(match part {
                // The second dollar stands for both.
                Part::Literal(..) => Part::Literal(at, at + 1),
                part => part,
            });
            at += length;
            literal = at;
        }
        if literal < units.len() {
            parts.push(Part::Literal(literal, units.len()));
        }
        Self { source, parts }
    }

    /// Appends the template to `out`, filled in. `named` is the object of named
    /// groups, which only the general path needs.
    pub(in super::super) fn fill(
        &self,
        matched: &Matched<'_>,
        named: Option<&JsObject>,
        out: &mut Joined,
        context: &mut Context,
    ) -> JsResult<()> {
        let Matched {
            text,
            start,
            end,
            groups,
        } = matched;
        for part in &self.parts {
            let piece = match part {
                Part::Literal(from, to) => self.source.as_str().get(*from..*to),
                Part::Match => text.get(*start..*end),
                Part::Before => text.get(..*start),
                Part::After => text.get(*end..),
                Part::Group(number) => groups
                    .get(number - 1)
                    .and_then(Clone::clone)
                    .and_then(|range| text.get(range)),
                Part::Named(name) => {
                    let group = match named {
                        Some(named) => named.get(name.clone(), context)?,
                        None => JsValue::undefined(),
                    };
                    if !group.is_undefined() {
                        out.push(group.to_string(context)?.as_str())?;
                    }
                    None
                }
            };
            if let Some(piece) = piece {
                out.push(piece)?;
            }
        }
        Ok(())
    }

    /// Whether the object of named groups is needed.
    pub(in super::super) fn is_named(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Named(_)))
    }
}

/// The reference that begins with the dollar at the start of `units`, and its
/// length.
fn reference(units: &[u16], groups: usize, named: bool) -> Option<(Part, usize)> {
    let digit = |at: usize| {
        let unit = *units.get(at)?;
        char::from_u32(u32::from(unit))?
            .to_digit(10)
            .map(|digit| digit as usize)
    };
    let second = char::from_u32(u32::from(*units.get(1)?))?;
    match second {
        '$' => Some((Part::Literal(0, 0), 2)),
        '&' => Some((Part::Match, 2)),
        '`' => Some((Part::Before, 2)),
        '\'' => Some((Part::After, 2)),
        '0'..='9' => {
            let one = digit(1)?;
            if let Some(two) = digit(2).map(|next| one * 10 + next)
                && (1..=groups).contains(&two)
            {
                return Some((Part::Group(two), 3));
            }
            (1..=groups).contains(&one).then_some((Part::Group(one), 2))
        }
        '<' if named => {
            let end = units.iter().position(|&unit| unit == u16::from(b'>'))?;
            let name = JsString::from(units.get(2..end)?);
            Some((Part::Named(js_string!(name)), end + 1))
        }
        _ => None,
    }
}
