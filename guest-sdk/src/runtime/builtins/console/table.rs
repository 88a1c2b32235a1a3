//! `console.table`.

use boa_engine::object::builtins::{JsArray, JsMap, JsSet};
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsObject, JsString, JsValue};

use super::inspect::inspect;

/// Rows and columns that are shown.
const MAX_ROWS: usize = 200;
const MAX_COLUMNS: usize = 30;
/// Header of the column of values that are no objects.
const VALUES: &str = "Values";

/// The table of `data`, which is an object or array; `None` for anything else.
/// `columns` may be an array of names that restricts it.
pub(super) fn table(data: &JsValue, columns: &JsValue, context: &mut Context) -> Option<String> {
    let data = data.as_object()?;
    if data.is_callable() {
        return None;
    }
    let wanted = wanted_columns(columns, context);
    let rows = rows(&data, context);
    let mut names: Vec<String> = wanted.clone().unwrap_or_default();
    let mut cells: Vec<Row> = Vec::new();
    for (index, value) in rows {
        cells.push(row(index, &value, wanted.is_none(), &mut names, context));
    }
    let has_values = cells.iter().any(|row| row.value.is_some());
    let mut header = vec!["(index)".to_owned()];
    header.extend(names.iter().cloned());
    header.extend(has_values.then(|| VALUES.to_owned()));
    let mut lines = vec![header];
    for row in cells {
        let mut line = vec![row.index];
        for name in &names {
            let cell = row.cells.iter().find(|(known, _)| known == name);
            line.push(cell.map_or_else(String::new, |(_, text)| text.clone()));
        }
        if has_values {
            line.push(row.value.unwrap_or_default());
        }
        lines.push(line);
    }
    Some(draw(&lines))
}

struct Row {
    index: String,
    cells: Vec<(String, String)>,
    value: Option<String>,
}

fn row(
    index: String,
    value: &JsValue,
    adds_columns: bool,
    names: &mut Vec<String>,
    context: &mut Context,
) -> Row {
    let mut row = Row {
        index,
        cells: Vec::new(),
        value: None,
    };
    let object = value.as_object().filter(|object| !object.is_callable());
    let Some(object) = object else {
        row.value = Some(inspect(value, 0, context));
        return row;
    };
    for (name, value) in entries(&object, MAX_COLUMNS) {
        if adds_columns && !names.contains(&name) && names.len() < MAX_COLUMNS {
            names.push(name.clone());
        }
        if names.contains(&name) {
            row.cells.push((name, inspect(&value, 0, context)));
        }
    }
    row
}

fn rows(data: &JsObject, context: &mut Context) -> Vec<(String, JsValue)> {
    let mut values = Vec::new();
    if let Ok(map) = JsMap::from_object(data.clone()) {
        // The callback never fails, so neither does the walk.
        let _ = map.for_each_native(|key, value| {
            if values.len() < MAX_ROWS {
                values.push((key, value));
            }
            Ok(())
        });
        return values
            .into_iter()
            .map(|(key, value)| (inspect(&key, 0, context), value))
            .collect();
    }
    if let Ok(set) = JsSet::from_object(data.clone()) {
        let mut members = Vec::new();
        // The callback never fails, so neither does the walk.
        let _ = set.for_each_native(|value| {
            if members.len() < MAX_ROWS {
                members.push(value);
            }
            Ok(())
        });
        return members
            .into_iter()
            .enumerate()
            .map(|(at, value)| (at.to_string(), value))
            .collect();
    }
    entries(data, MAX_ROWS)
}

/// Own enumerable data properties, indices first; getters are left out.
fn entries(object: &JsObject, at_most: usize) -> Vec<(String, JsValue)> {
    let object = object.borrow();
    let properties = object.properties();
    let mut indices: Vec<u32> = properties.index_property_keys().collect();
    indices.sort_unstable();
    let keys = indices.into_iter().map(PropertyKey::from);
    keys.chain(object.shape().keys())
        .filter_map(|key| {
            let property = properties.get(&key)?;
            let value = property.value()?.clone();
            let name = match &key {
                PropertyKey::String(name) => name.to_std_string_lossy(),
                PropertyKey::Index(index) => index.get().to_string(),
                PropertyKey::Symbol(_) => return None,
            };
            (property.enumerable() == Some(true)).then_some((name, value))
        })
        .take(at_most)
        .collect()
}

fn wanted_columns(columns: &JsValue, context: &mut Context) -> Option<Vec<String>> {
    let columns = JsArray::from_object(columns.as_object()?).ok()?;
    let count = columns.length(context).ok()?.min(MAX_COLUMNS as u64);
    let names = (0..count).filter_map(|at| {
        let name: JsString = columns.get(at, context).ok()?.as_string()?;
        Some(name.to_std_string_lossy())
    });
    Some(names.collect())
}

fn draw(lines: &[Vec<String>]) -> String {
    let columns = lines.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let widths = lines.iter().map(|line| line[column].chars().count());
            widths.max().unwrap_or(0) + 2
        })
        .collect();
    let rule = |left: &str, middle: &str, right: &str| {
        let dashes: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
        format!("{left}{}{right}", dashes.join(middle))
    };
    let mut drawn = vec![rule("┌", "┬", "┐")];
    for (at, line) in lines.iter().enumerate() {
        let cells: Vec<String> = line
            .iter()
            .zip(&widths)
            .map(|(cell, width)| {
                let space = width - cell.chars().count();
                format!(" {cell}{}", " ".repeat(space - 1))
            })
            .collect();
        drawn.push(format!("│{}│", cells.join("│")));
        if at == 0 {
            drawn.push(rule("├", "┼", "┤"));
        }
    }
    drawn.push(rule("└", "┴", "┘"));
    drawn.join("\n")
}
