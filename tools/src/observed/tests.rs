mod hostile;
mod properties;

use serde_json::json;

use super::*;
use crate::catalog::{Catalog, ServerListing, ServerState};
use crate::definition::ToolDefinition;
use crate::search::{SearchOptions, SearchQuery};
use crate::typescript::Detail;

fn shape(value: &Value) -> Shape {
    Shape::of_json(&value.to_string()).unwrap()
}

/// What was seen after calls of `s.t` that gave these values.
fn observed(values: &[Value]) -> Observed {
    let mut observed = Observed::default();
    for value in values {
        observed.record("s", "t", &shape(value));
    }
    observed
}

fn catalog() -> Catalog {
    let definition = json!({"name": "t", "inputSchema": {}});
    let listing = ServerListing {
        name: "s".to_owned(),
        state: ServerState::Ready,
        instructions: None,
        tools: vec![ToolDefinition::from_json(&definition).unwrap()],
    };
    Catalog::new(vec![listing])
}

/// The type of the results, as described.
fn described(observed: &Observed) -> String {
    catalog().describe_with(&["s.t".to_owned()], Detail::Signature, Some(observed))
}

fn check(values: &[Value], expected: &str) {
    let text = described(&observed(values));
    let text = text.strip_prefix("s.t(): Promise<").unwrap();
    let (ty, mark) = text.split_once(" /*").unwrap();
    assert_eq!(ty, expected);
    assert!(mark.ends_with("not promised */>"), "{mark}");
}

#[test]
fn what_values_have_in_common_is_their_type() {
    check(&[json!("a")], "string");
    check(&[json!(1), json!(1.5)], "number");
    check(&[json!(null), json!(true)], "boolean | null");
    check(&[json!([])], "unknown[]");
    check(&[json!([]), json!([1])], "number[]");
    check(&[json!([1, "a", null])], "(number | string | null)[]");
    check(&[json!([[1], []])], "number[][]");
    check(&[json!({})], "Record<string, unknown>");
    check(
        &[json!({"a": 1, "b": "x"}), json!({"a": 2, "c": [true]})],
        "{ a: number; b?: string; c?: boolean[] }",
    );
    check(&[json!({"a": 1}), json!({})], "{ a?: number }");
    check(
        &[json!({"a": 1}), json!([2]), json!("x")],
        "{ a: number } | number[] | string",
    );
    check(
        &[json!([{"id": 1, "by": null}, {"id": 2, "by": {"name": "x"}}])],
        "{ by: { name: string } | null; id: number }[]",
    );
}

#[test]
fn it_says_in_how_many_calls_it_was_seen() {
    let mut observed = observed(&[json!({"a": 1})]);
    insta::assert_snapshot!(described(&observed), @"s.t(): Promise<{ a: number } /* observed in 1 call, not promised */>");
    observed.record("s", "t", &shape(&json!({"a": 2})));
    insta::assert_snapshot!(described(&observed), @"s.t(): Promise<{ a: number } /* observed in 2 calls, not promised */>");
    insta::assert_snapshot!(described(&Observed::default()), @"s.t(): Promise<unknown>");
}

#[test]
fn a_result_is_not_unwrapped_twice() {
    check(
        &[json!({"result": {"result": 1}})],
        "{ result: { result: number } }",
    );
}

#[test]
fn names_that_are_data_make_a_map() {
    check(
        &[
            json!({"3f2504e0-4f89-11d3-9a0c-0305e82c3301": {"name": "x"}, "b": {"name": "y"}, "2024-01-01": 1}),
        ],
        "Record<string, { name: string } | number>",
    );
    // Few of them leave the others their names.
    check(
        &[json!({"id": 1, "name": "x", "2024-01-01": true})],
        "{ id: number; name: string }",
    );
    let alike = json!({
        "ann": {"age": 1}, "bob": {"age": 2}, "cem": {"age": 3}, "dan": {"age": 4}, "eve": {"age": 5}, "fay": {"age": 6},
    });
    check(&[alike], "Record<string, { age: number }>");
    let people = |names: [&str; 4]| {
        let ages = names.map(|name| (name.to_owned(), json!(1)));
        Value::Object(ages.into_iter().collect())
    };
    let calls = [
        people(["ann", "bob", "cem", "dan"]),
        people(["eve", "fay", "gus", "hal"]),
        people(["ida", "jon", "kim", "leo"]),
    ];
    check(&calls, "Record<string, number>");
}

#[test]
fn a_map_accepts_what_had_names_before() {
    let named = json!({"id": "x", "name": null});
    let map = json!({"1": 1, "2": 2});
    let expected = "Record<string, number | string | null>";
    check(&[named.clone(), map.clone()], expected);
    check(&[map, named], expected);
}

#[test]
fn what_differs_is_told_once_enough_calls_were_alike() {
    let same = json!({"items": [{"id": 1, "name": "x"}, {"id": 2, "name": "y"}, {"id": 3, "name": "z"}], "total": 3});
    let new = json!({"items": [{"id": "1", "name": "x"}, {"id": "2", "tags": []}], "next": null});
    let told = |calls: usize, new: &Value| {
        let known = observed(&vec![same.clone(); calls]);
        let differences = known.differences("s", "t", &shape(new));
        differences.map(|differences| differences.to_string())
    };
    assert_eq!(told(2, &new), None);
    assert_eq!(told(3, &same), None);
    insta::assert_snapshot!(told(3, &new).unwrap(), @"`result.items[].id` is a string, was a number, `result.items[].name` is missing in some, `result.items[].tags` is new and 2 more");
    insta::assert_snapshot!(told(3, &json!("nothing found")).unwrap(), @"`result` is a string, was an object");
    insta::assert_snapshot!(told(3, &json!({"items": [], "total": null})).unwrap(), @"`result.total` is null, was a number");
    assert_eq!(told(3, &json!({"items": [], "total": 1.5})), None);
    let widened = {
        let mut known = observed(&vec![same.clone(); 3]);
        known.record("s", "t", &shape(&new));
        known
    };
    assert_eq!(widened.differences("s", "t", &shape(&new)), None);
    assert_eq!(
        widened.differences("s", "t", &shape(&json!("other"))),
        None,
        "not settled any more"
    );
}

#[test]
fn tools_that_are_not_called_any_more_make_room() {
    let mut observed = Observed::default();
    observed.record("old", "gone", &shape(&json!(1)));
    observed.record("kept", "used", &shape(&json!(1)));
    for i in 0..TOOLS {
        observed.record("s", &format!("t{i}"), &shape(&json!({"a": i})));
        observed.record("kept", "used", &shape(&json!(1)));
    }
    assert_eq!(observed.len(), TOOLS);
    assert!(observed.observation("old", "gone").is_none());
    assert_eq!(
        observed.observation("kept", "used").unwrap().calls,
        TOOLS as u64 + 1
    );
}

#[test]
fn it_can_be_forgotten_by_tool_by_server_and_whole() {
    for (server, tool, left) in [
        (Some("s"), Some("t"), 2),
        (Some("s"), Some("x"), 3),
        (Some("s"), None, 1),
        (None, None, 0),
    ] {
        let mut observed = observed(&[json!(1)]);
        observed.record("s", "u", &shape(&json!(1)));
        observed.record("r", "t", &shape(&json!(1)));
        assert_eq!(observed.forget(server, tool), 3 - left);
        assert_eq!(observed.len(), left);
    }
}

#[test]
fn what_two_have_seen_is_merged() {
    let one = observed(&[json!({"a": 1}), json!({"a": 1})]);
    let other = observed(&[json!({"a": 1, "b": 2})]);
    let mut merged = one.clone();
    merged.merge(&other);
    insta::assert_snapshot!(described(&merged), @"s.t(): Promise<{ a: number; b?: number } /* observed in 3 calls, not promised */>");
    assert!(merged.settled("s", "t").is_none());
    let mut alike = one.clone();
    alike.merge(&one);
    assert!(alike.settled("s", "t").is_some());
}

#[test]
fn what_never_came_to_rest_does_not_by_being_merged() {
    let varied = observed(&[json!({"a": 1}), json!({"b": 1}), json!({"c": 1})]);
    let mut merged = Observed::default();
    merged.merge(&varied);
    assert!(merged.settled("s", "t").is_none());
    assert_eq!(merged, varied);
}

#[test]
fn a_declared_type_is_shown_instead() {
    let definition = json!({"name": "t", "inputSchema": {}, "outputSchema": {"type": "object", "properties": {"sum": {"type": "number"}}}});
    let definition = ToolDefinition::from_json(&definition).unwrap();
    let seen = observed(&[json!("x")]).observation("s", "t");
    let text = crate::typescript::declaration_with("s.t", &definition, seen.as_ref(), Detail::Full);
    assert_eq!(text, "s.t(): Promise<{ sum?: number }>");
}

#[test]
fn in_rows_of_a_search_it_takes_no_room_from_what_is_promised() {
    let row = |value: &Value| {
        let observed = observed(std::slice::from_ref(value));
        let query = SearchQuery {
            query: "t".to_owned(),
            ..SearchQuery::default()
        };
        let options = SearchOptions {
            observed: Some(&observed),
            ..SearchOptions::default()
        };
        let mut rows = catalog().search_with(&query, options).rows;
        rows.remove(0).signature
    };
    let short = "s.t(): Promise<{ a: number } /* observed in 1 call, not promised */>";
    assert_eq!(row(&json!({"a": 1})).as_deref(), Some(short));
    let names = ('a'..='z').map(|letter| (format!("property_{letter}_with_a_long_name"), json!(1)));
    let long = Value::Object(names.collect());
    assert_eq!(row(&long).as_deref(), Some("s.t(): Promise<unknown>"));
}

#[test]
fn in_an_overview_it_takes_no_room_from_other_tools() {
    let names: Vec<String> = (0..60).map(|i| format!("tool_number_{i}")).collect();
    let tool = |name: &String| {
        let definition = json!({"name": name, "inputSchema": {}});
        ToolDefinition::from_json(&definition).unwrap()
    };
    let catalog = Catalog::new(vec![ServerListing {
        name: "s".to_owned(),
        state: ServerState::Ready,
        instructions: None,
        tools: names.iter().map(tool).collect(),
    }]);
    let letters = ('a'..='z').map(|letter| (format!("property_{letter}_with_a_name"), json!(1)));
    let long = Value::Object(letters.collect());
    let mut observed = Observed::default();
    for name in &names {
        observed.record("s", name, &shape(&long));
    }
    let describe = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        catalog.describe_with(&names, Detail::Signature, Some(&observed))
    };
    let all = describe(&["s"]);
    assert_eq!(all.matches("(): Promise<").count(), 60, "{all}");
    assert!(all.contains("tools in less detail for length"), "{all}");
    let few = describe(&["s.tool_number_1", "s.tool_number_2"]);
    assert_eq!(few.matches("observed in 1 call").count(), 2, "{few}");
    assert!(!few.contains("less detail"), "{few}");
}
