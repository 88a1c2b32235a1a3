//! An argument as it is written in the source: as JSON, with something in the
//! place of what is not known, and which refusals of that JSON hold whatever
//! the unknown parts are.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::paths::{Location, LocationSegment};
use retort_guest::contract::{Field, Literal};
use serde_json::{Map, Number, Value};

/// Deepest literal compared with a schema.
const DEPTH: usize = 128;
/// Keywords whose schemas apply or not according to other parts of the value.
const CONDITIONAL: [&str; 11] = [
    "if",
    "then",
    "else",
    "not",
    "contains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// How far a refusal can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// It may come from what is not known.
    None,
    /// It holds unless a value is `undefined`.
    Likely,
    /// It holds.
    Sure,
}

/// What `JSON.stringify` would make of `literal`: `undefined` and functions are
/// left out of objects. `None` where it is nested too deep.
pub(super) fn json(literal: &Literal) -> Option<Value> {
    value(literal, 0)
}

fn value(literal: &Literal, depth: usize) -> Option<Value> {
    if depth > DEPTH {
        return None;
    }
    Some(match literal {
        Literal::Unknown | Literal::Undefined | Literal::Null | Literal::Function => Value::Null,
        Literal::Boolean(flag) => Value::Bool(*flag),
        Literal::Number(number) => json_number(*number),
        Literal::String(text) => Value::String(text.clone()),
        Literal::AnyString => Value::String("…".to_owned()),
        Literal::AnyNumber => Value::from(1),
        Literal::AnyBoolean => Value::Bool(true),
        Literal::Array { items, .. } => {
            let items = items.iter().map(|item| value(item, depth + 1));
            Value::Array(items.collect::<Option<_>>()?)
        }
        Literal::Object { fields, .. } => {
            let mut map = Map::new();
            for field in fields.iter().filter(|field| is_written(&field.value)) {
                map.insert(field.name.clone(), value(&field.value, depth + 1)?);
            }
            Value::Object(map)
        }
        Literal::Promise => Value::Object(Map::new()),
    })
}

fn json_number(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 {
        Value::from(number as i64)
    } else {
        Number::from_f64(number).map_or(Value::Null, Value::Number)
    }
}

/// Whether a property with this value is written at all.
fn is_written(literal: &Literal) -> bool {
    !matches!(literal, Literal::Undefined | Literal::Function)
}

/// Whether there is nothing unknown in it.
fn is_known(literal: &Literal) -> bool {
    match literal {
        Literal::Unknown | Literal::AnyString | Literal::AnyNumber | Literal::AnyBoolean => false,
        Literal::Array { items, open } => !open && items.iter().all(is_known),
        Literal::Object { fields, open } => {
            !open && fields.iter().all(|field| is_known(&field.value))
        }
        _ => true,
    }
}

/// The part of `root` that `location` leads to, where that can be told.
fn at<'l>(root: &'l Literal, location: &Location) -> Option<&'l Literal> {
    let mut here = root;
    for segment in location {
        here = match (here, segment) {
            (Literal::Array { items, open: false }, LocationSegment::Index(index)) => {
                items.get(index)?
            }
            (Literal::Object { fields, .. }, LocationSegment::Index(index)) => {
                field(fields, &index.to_string())?
            }
            (Literal::Object { fields, .. }, LocationSegment::Property(name)) => {
                field(fields, &name)?
            }
            _ => return None,
        };
    }
    Some(here)
}

fn field<'l>(fields: &'l [Field], name: &str) -> Option<&'l Literal> {
    let field = fields.iter().rev().find(|field| field.name == name)?;
    Some(&field.value)
}

/// Whether `error`, found in the JSON of `root`, holds for every value that
/// `root` may have.
pub(super) fn certainty(root: &Literal, error: &ValidationError<'_>) -> Certainty {
    if is_known(root) {
        return Certainty::Sure;
    }
    let conditional = |step: &str| CONDITIONAL.contains(&step);
    if error.evaluation_path().as_str().split('/').any(conditional) {
        return Certainty::None;
    }
    let Some(here) = at(root, error.instance_path()) else {
        return Certainty::None;
    };
    let holds = match (error.kind(), here) {
        (_, Literal::Unknown) => false,
        (Kind::AdditionalProperties { unexpected }, Literal::Object { fields, .. }) => {
            let given = unexpected.iter().filter_map(|name| field(fields, name));
            return of_properties(given);
        }
        (Kind::FalseSchema, Literal::Object { fields, .. }) => {
            return of_properties(fields.iter().map(|field| &field.value));
        }
        (Kind::Type { .. } | Kind::FalseSchema, _) => true,
        (Kind::AnyOf { context } | Kind::OneOfNotValid { context }, here) => {
            let surely = |error: &ValidationError<'_>| certainty(root, error) == Certainty::Sure;
            is_known(here) || context.iter().all(|branch| branch.iter().any(surely))
        }
        (Kind::Required { .. }, Literal::Object { open, .. })
        | (
            Kind::MinItems { .. } | Kind::MaxItems { .. } | Kind::AdditionalItems { .. },
            Literal::Array { open, .. },
        ) => !open,
        (Kind::Enum { options }, here) => {
            let mut options = options.as_array().into_iter().flatten();
            is_known(here) || !options.any(|option| is_same_type(here, option))
        }
        (Kind::Constant { expected_value }, here) => {
            is_known(here) || !is_same_type(here, expected_value)
        }
        (_, here) => is_known(here),
    };
    if holds {
        Certainty::Sure
    } else {
        Certainty::None
    }
}

/// Of properties that are not allowed, whose values are `given`.
fn of_properties<'l>(given: impl Iterator<Item = &'l Literal>) -> Certainty {
    let mut certainty = Certainty::Likely;
    for value in given {
        if is_written(value) && *value != Literal::Unknown {
            certainty = Certainty::Sure;
        }
    }
    certainty
}

fn is_same_type(literal: &Literal, value: &Value) -> bool {
    match literal {
        Literal::Unknown => true,
        Literal::AnyString | Literal::String(_) => value.is_string(),
        Literal::Array { .. } => value.is_array(),
        Literal::Object { .. } | Literal::Promise => value.is_object(),
        Literal::AnyNumber | Literal::Number(_) => value.is_number(),
        Literal::AnyBoolean | Literal::Boolean(_) => value.is_boolean(),
        Literal::Undefined | Literal::Null | Literal::Function => value.is_null(),
    }
}
