//! Arrays and tuples.

use serde_json::{Map, Value};

use super::super::shape::{Tuple, Type};
use super::Lowering;

/// Most items that are told apart by position.
const POSITIONS: usize = 24;

impl<'a> Lowering<'a, '_> {
    pub(super) fn array(&mut self, map: &'a Map<String, Value>, depth: usize) -> Type<'a> {
        self.guards += 1;
        let (fixed, rest) = match (map.get("prefixItems"), map.get("items")) {
            (Some(Value::Array(fixed)), rest) => (Some(fixed), rest),
            (_, Some(Value::Array(fixed))) => (Some(fixed), map.get("additionalItems")),
            (_, rest) => (None, rest),
        };
        let rest = rest.map(|schema| self.schema(schema, None, depth + 1));
        let ty = match fixed.filter(|fixed| !fixed.is_empty()) {
            None => Type::Array(Box::new(rest.unwrap_or(Type::Unknown))),
            Some(fixed) => {
                let items: Vec<Type<'a>> = fixed
                    .iter()
                    .map(|schema| self.schema(schema, None, depth + 1))
                    .collect();
                tuple(map, items, rest)
            }
        };
        self.guards -= 1;
        ty
    }
}

/// Items may be left out and more may follow, unless the schema says otherwise.
fn tuple<'a>(
    map: &Map<String, Value>,
    mut items: Vec<Type<'a>>,
    rest: Option<Type<'a>>,
) -> Type<'a> {
    let bound = |key: &str| Some(map.get(key)?.as_u64()? as usize);
    let rest = rest.unwrap_or(Type::Unknown);
    if items.len() > POSITIONS {
        items.push(rest);
        return Type::Array(Box::new(Type::union(items)));
    }
    let is_full = bound("maxItems").is_some_and(|most| most <= items.len());
    Type::Tuple(Tuple {
        required: bound("minItems").unwrap_or(0).min(items.len()),
        rest: (!is_full && rest != Type::Never).then(|| Box::new(rest)),
        items,
    })
}
