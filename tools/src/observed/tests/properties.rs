//! What must hold of any values at all.

use proptest::prelude::*;
use serde_json::{Map, Value};

use super::super::schema;
use super::*;

fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec!["id", "name", "items", "created_at", "x", "__proto__"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["2024-01-31", "a1b2c3d4", "/tmp/x", "me@example.com", "42"]).prop_map(str::to_owned),
        1 => "[a-z]{1,6}",
        1 => ".{0,12}",
    ]
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9_f64).prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((names(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn merged<'a>(values: impl Iterator<Item = &'a Value>) -> Shape {
    let mut merged = Shape::default();
    for value in values {
        merged.absorb(&shape(value));
    }
    merged
}

proptest! {
    #[test]
    fn a_shape_accepts_the_values_it_was_merged_from(values in prop::collection::vec(values(), 1..6)) {
        let schema = schema::of_result(&merged(values.iter()));
        let validator = jsonschema::validator_for(&schema).unwrap();
        for value in &values {
            prop_assert!(validator.is_valid(&json!({"result": value})), "{} refuses {}", schema, value);
        }
    }

    #[test]
    fn the_order_of_merging_does_not_matter(values in prop::collection::vec(values(), 1..6), seed in any::<u64>()) {
        let mut others: Vec<&Value> = values.iter().collect();
        let at = seed as usize % others.len();
        others.rotate_left(at);
        if seed % 2 == 0 {
            others.reverse();
        }
        prop_assert_eq!(merged(values.iter()), merged(others.into_iter()));
        // Nor does it matter what is merged with what first.
        let (left, right) = values.split_at(at);
        let mut halves = merged(left.iter());
        halves.absorb(&merged(right.iter()));
        prop_assert_eq!(merged(values.iter()), halves);
    }

    #[test]
    fn what_was_merged_differs_in_nothing_and_widens_nothing(values in prop::collection::vec(values(), 1..5)) {
        let mut known = merged(values.iter());
        for value in &values {
            let new = shape(value);
            prop_assert_eq!(Differences::between(&known, &new), None);
            prop_assert!(!known.absorb(&new));
        }
    }

    #[test]
    fn what_was_written_is_read_back_as_it_was(values in prop::collection::vec(values(), 1..5)) {
        let observed = observed(&values);
        prop_assert_eq!(Observed::from_json(&observed.to_json()).unwrap(), observed);
    }
}
