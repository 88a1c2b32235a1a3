use serde_json::json;

use super::*;
use crate::catalog::{Catalog, ServerListing, ServerState};
use crate::definition::ToolDefinition;

mod hostile;

fn catalog(schema: Value) -> Catalog {
    let tool = json!({"name": "t", "inputSchema": schema});
    Catalog::new(vec![ServerListing {
        name: "s".to_owned(),
        state: ServerState::Ready,
        instructions: None,
        tools: vec![ToolDefinition::from_json(&tool).unwrap()],
    }])
}

/// The lines between the first and the signature; nothing where all is right.
fn check(schema: Value, arguments: Value, expected: &[&str]) {
    let catalog = catalog(schema);
    let tool = catalog.resolve("s.t").unwrap();
    assert_eq!(unchecked_reason(tool), None);
    let message = match check_arguments(tool, &arguments) {
        Ok(()) => String::new(),
        Err(error) => error.to_string(),
    };
    let lines: Vec<&str> = message
        .lines()
        .filter(|line| line.starts_with("- "))
        .collect();
    assert_eq!(lines, expected);
}

fn issue() -> Value {
    json!({
        "type": "object", "required": ["owner", "repo"], "additionalProperties": false,
        "properties": {
            "owner": {"type": "string"},
            "repo": {"type": "string", "minLength": 1},
            "state": {"enum": ["open", "closed", "all"]},
            "page": {"type": "integer", "minimum": 1, "maximum": 100},
            "labels": {"type": "array", "items": {"type": "string"}, "maxItems": 2},
            "since": {"anyOf": [{"type": "string", "pattern": "^\\d{4}-"}, {"type": "null"}]}
        }
    })
}

#[test]
fn right_arguments_pass() {
    check(
        issue(),
        json!({"owner": "a", "repo": "b", "state": "all", "page": 2, "since": null}),
        &[],
    );
    check(json!({}), json!({"anything": 1}), &[]);
}

#[test]
fn path_expectation_and_value_are_named() {
    check(
        issue(),
        json!({"owner": 5, "repo": "", "page": 0, "labels": ["a", 1, "c"], "state": "opened"}),
        &[
            "- `args.owner`: expected a string, got the number 5",
            "- `args.repo`: expected at least 1 character, got the string \"\"",
            "- `args.page`: expected a number ≥ 1, got the number 0",
            "- `args.labels`: expected at most 2 items, got an array of 3",
            "- `args.labels[1]`: expected a string, got the number 1",
            "- and more",
        ],
    );
}

#[test]
fn a_slip_in_a_value_is_named() {
    check(
        issue(),
        json!({"owner": "a", "repo": "b", "state": "opened"}),
        &[
            "- `args.state`: expected one of \"open\", \"closed\", \"all\" (did you mean \"open\"?), got the string \"opened\"",
        ],
    );
    check(
        issue(),
        json!({"owner": "a", "repo": "b", "state": "Closed"}),
        &[
            "- `args.state`: expected one of \"open\", \"closed\", \"all\" (did you mean \"closed\"?), got the string \"Closed\"",
        ],
    );
}

#[test]
fn missing_and_unknown_properties_are_put_together() {
    check(
        issue(),
        json!({"Owner": "a", "repo": "b"}),
        &[
            "- `args.owner`: expected a value, it is required, got none (is it `Owner`, which was given?)",
            "- `args.Owner`: expected no such property (did you mean `owner`?), got the string \"a\"",
        ],
    );
    check(
        issue(),
        json!({"owner": "a", "repo": "b", "zzz": {}, "y-y": 1}),
        &[
            "- `args.zzz`: expected one of the properties owner, repo, state, page, labels, since, got an empty object and 1 more unknown",
        ],
    );
}

#[test]
fn of_alternatives_the_likeliest_is_explained() {
    check(
        issue(),
        json!({"owner": "a", "repo": "b", "since": "now"}),
        &["- `args.since`: expected text that matches `^\\d{4}-`, got the string \"now\""],
    );
    check(
        issue(),
        json!({"owner": "a", "repo": "b", "since": 5}),
        &["- `args.since`: expected a string or null, got the number 5"],
    );
    let tagged = json!({"properties": {"x": {"oneOf": [
        {"properties": {"kind": {"const": "a"}, "n": {"type": "number"}}, "required": ["kind", "n"]},
        {"properties": {"kind": {"const": "b"}, "m": {"type": "number"}}, "required": ["kind", "m"]}
    ]}}});
    check(
        tagged,
        json!({"x": {"kind": "b", "m": "1"}}),
        &["- `args.x.m`: expected a number, got the string \"1\""],
    );
}

#[test]
fn a_property_map_is_checked_as_one() {
    check(
        json!({"city": {"type": "string"}, "items": {"type": "array"}}),
        json!({"city": 1, "items": []}),
        &["- `args.city`: expected a string, got the number 1"],
    );
}

#[test]
fn arguments_are_an_object() {
    check(
        json!({}),
        json!([1]),
        &["- `args`: expected an object, got an array of 1"],
    );
}

#[test]
fn the_message_ends_with_the_signature() {
    let catalog = catalog(issue());
    let error =
        check_arguments(catalog.resolve("s.t").unwrap(), &json!({"owner": "a"})).unwrap_err();
    insta::assert_snapshot!(error, @r#"
    wrong arguments for `s.t`:
    - `args.repo`: expected a value, it is required, got none
    signature: s.t(args: { owner: string; repo: string; state?: "open" | "closed" | "all"; page?: number; labels?: string[]; since?: string | null }): Promise<unknown>
    "#);
}

#[test]
fn a_schema_that_cannot_be_used_leaves_its_tool_unchecked() {
    for (schema, reason) in [
        (json!({"properties": {"a": {"type": "any"}}}), "any"),
        (
            json!({"properties": {"a": {"$ref": "#/nowhere"}}}),
            "nowhere",
        ),
        (
            json!({"properties": {"a": {"$ref": "https://example.com/a.json"}}}),
            "example.com",
        ),
        (json!({"$ref": "#"}), "circles"),
        (
            json!({"properties": {"a": {"$ref": "#/$defs/A"}}, "$defs": {
                "A": {"anyOf": [{"$ref": "#/$defs/B"}]}, "B": {"allOf": [{"$ref": "#/$defs/A"}]}
            }}),
            "circles",
        ),
    ] {
        let catalog = catalog(schema);
        let tool = catalog.resolve("s.t").unwrap();
        assert_eq!(check_arguments(tool, &json!({"a": 1})), Ok(()));
        let said = unchecked_reason(tool).unwrap();
        assert!(said.contains(reason), "{said}");
    }
}
