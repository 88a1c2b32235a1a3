//! Shortens a value by its structure: the first items of an array, the start
//! of a long string, a summary of what lies deep, each with true numbers.
//!
//! Works on JSON text and looks only into the parts it shows, so nesting and
//! size of the rest do not matter. Knows nothing of runs. Start at [`cut_json`].

use std::fmt::{self, Write};

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Room for a marker like `… 4,950 more of 5,000 characters`.
const MARKER: usize = 48;
/// Below this an array or object is only counted.
const CONTAINER: usize = 64;
/// Characters any entry of an object gets, if it needs them.
const ENTRY_FLOOR: usize = 48;
/// Characters any shown item of an array gets, if it needs them.
const ITEM_FLOOR: usize = 120;
/// Each level is scanned again for the one below, so there is an end to it.
const DEPTH: usize = 16;

/// `json` in at most `budget` characters (at least 64). What was left out is
/// said where it was, so the text is JSON only if nothing was.
pub(crate) fn cut_json(json: &str, budget: usize) -> String {
    let mut out = String::new();
    write_cut(&mut out, json, budget.max(CONTAINER), 0);
    out
}

/// `text` in at most `budget` characters (at least 64), ending on a line where
/// there is one, with the number of characters left out.
pub(crate) fn cut_text(text: &str, budget: usize) -> String {
    let total = characters(text);
    if total <= budget {
        return text.to_owned();
    }
    let room = budget.max(CONTAINER) - MARKER;
    let head = &text[..text
        .char_indices()
        .nth(room)
        .map_or(text.len(), |(index, _)| index)];
    let head = match head.rfind('\n') {
        Some(line_end) if line_end >= head.len() / 2 => &head[..line_end],
        _ => head,
    };
    let left_out = total - characters(head);
    format!(
        "{head}\n… {} more of {} characters",
        grouped(left_out),
        grouped(total)
    )
}

/// A number with commas between the thousands.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Length as the limit counts it.
pub(crate) fn characters(text: &str) -> usize {
    text.chars().count()
}

fn write_cut(out: &mut String, json: &str, budget: usize, depth: usize) {
    let json = json.trim();
    if json.len() <= budget || characters(json) <= budget {
        out.push_str(json);
        return;
    }
    match json.as_bytes()[0] {
        b'"' => write_string(out, json, budget),
        b'[' => match serde_json::from_str::<Vec<&RawValue>>(json) {
            Ok(items) if budget >= CONTAINER && depth < DEPTH => {
                write_items(out, &items, budget, depth);
            }
            Ok(items) => out.push_str(&counted_items(items.len())),
            Err(_) => out.push_str("[…]"),
        },
        b'{' => match serde_json::from_str::<Entries<'_>>(json) {
            Ok(entries) if budget >= CONTAINER && depth < DEPTH => {
                write_entries(out, &entries.0, budget, depth);
            }
            Ok(entries) => out.push_str(&counted_keys(entries.0.len())),
            Err(_) => out.push_str("{…}"),
        },
        // A number of hundreds of digits: nothing a script makes.
        _ => out.push('…'),
    }
}

/// A string literal, cut between characters and never inside an escape.
fn write_string(out: &mut String, literal: &str, budget: usize) {
    let inner = literal
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(literal);
    let room = budget.saturating_sub(MARKER);
    let (mut shown, mut total, mut end, mut written) = (0, 0, 0, 0);
    let mut rest = inner.char_indices();
    while let Some((start, character)) = rest.next() {
        let mut width = 1;
        if character == '\\' {
            width = if rest.next().is_some_and(|(_, kind)| kind == 'u') {
                6
            } else {
                2
            };
            if width == 6 {
                rest.nth(3);
            }
        }
        total += 1;
        if written + width <= room && end == start {
            written += width;
            shown += 1;
            end = rest.offset();
        }
    }
    out.push('"');
    out.push_str(&inner[..end]);
    if shown == 0 {
        let _ = write!(out, "… {} characters\"", grouped(total));
    } else {
        let _ = write!(
            out,
            "… {} more of {} characters\"",
            grouped(total - shown),
            grouped(total)
        );
    }
}

fn write_items(out: &mut String, items: &[&RawValue], budget: usize, depth: usize) {
    let sizes: Vec<_> = items
        .iter()
        .take(budget)
        .map(|item| characters(item.get()))
        .collect();
    let floor = ITEM_FLOOR
        .max(budget / 16)
        .min(budget.saturating_sub(MARKER + 1));
    let shares = shares(sizes, items.len(), budget, floor);
    if shares.is_empty() {
        out.push_str(&counted_items(items.len()));
        return;
    }
    out.push('[');
    for (index, (item, share)) in items.iter().zip(&shares).enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_cut(out, item.get(), *share, depth + 1);
    }
    let left_out = items.len() - shares.len();
    if left_out > 0 {
        let _ = write!(
            out,
            ",… {} more of {}",
            grouped(left_out),
            grouped(items.len())
        );
    }
    out.push(']');
}

fn write_entries(
    out: &mut String,
    entries: &[(&RawValue, &RawValue)],
    budget: usize,
    depth: usize,
) {
    let key_width = |key: &RawValue| characters(key.get()).min(ENTRY_FLOOR) + 1;
    let sizes = entries.iter().take(budget);
    let sizes = sizes
        .map(|(key, value)| key_width(key) + characters(value.get()))
        .collect();
    let shares = shares(sizes, entries.len(), budget, 2 * ENTRY_FLOOR);
    if shares.is_empty() {
        out.push_str(&counted_keys(entries.len()));
        return;
    }
    out.push('{');
    for (index, ((key, value), share)) in entries.iter().zip(&shares).enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_cut(out, key.get(), ENTRY_FLOOR, depth + 1);
        out.push(':');
        write_cut(out, value.get(), share - key_width(key), depth + 1);
    }
    let left_out = entries.len() - shares.len();
    if left_out > 0 {
        let _ = write!(
            out,
            ",… {} more of {} keys",
            grouped(left_out),
            grouped(entries.len())
        );
    }
    out.push('}');
}

fn counted_items(count: usize) -> String {
    format!(
        "[… {} {}]",
        grouped(count),
        if count == 1 { "item" } else { "items" }
    )
}

fn counted_keys(count: usize) -> String {
    format!(
        "{{… {} {}}}",
        grouped(count),
        if count == 1 { "key" } else { "keys" }
    )
}

/// How many characters each of the first so many parts gets: everyone its size
/// or at least `floor`, and the large ones equal parts of what is left.
/// `sizes` may lack parts at the end that never fit; `all` counts them too.
fn shares(sizes: Vec<usize>, all: usize, budget: usize, floor: usize) -> Vec<usize> {
    let least = |size: usize| size.min(floor) + 1;
    let fit =
        sizes.len() == all && sizes.iter().map(|size| least(*size)).sum::<usize>() + 2 <= budget;
    let mut left = budget.saturating_sub(if fit { 2 } else { MARKER });
    let mut taken = Vec::new();
    for size in sizes {
        let least = least(size);
        if least > left {
            break;
        }
        left -= least;
        taken.push(size);
    }
    let mut room = left + taken.iter().map(|size| size.min(&floor)).sum::<usize>();
    let mut by_size: Vec<usize> = (0..taken.len()).collect();
    by_size.sort_by_key(|&index| taken[index]);
    for (done, &index) in by_size.iter().enumerate() {
        let fair = room / (by_size.len() - done);
        let share = taken[index].min(fair);
        room -= share;
        taken[index] = share;
    }
    taken
}

/// An object's entries as text, in order, keys with their quotes (they may
/// hold lone surrogates, which no Rust string can).
struct Entries<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor;
        impl<'de> Visitor<'de> for EntriesVisitor {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(EntriesVisitor)
    }
}

#[cfg(test)]
mod tests;
