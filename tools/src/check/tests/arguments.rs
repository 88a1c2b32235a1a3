//! Arguments as far as they are written out, right and wrong.

use retort_guest::contract::{Field, Literal};

use super::*;

/// A literal from JSON, in which `"$unknown"`, `"$string"`, `"$undefined"`,
/// `"$promise"` and `"$function"` mean what they say and `"..."` a spread.
/// Properties stand on lines 2, 3, … of the source.
fn literal(value: &Value) -> Literal {
    match value {
        Value::Null => Literal::Null,
        Value::Bool(flag) => Literal::Boolean(*flag),
        Value::Number(number) => Literal::Number(number.as_f64().unwrap()),
        Value::String(text) => match &**text {
            "$unknown" => Literal::Unknown,
            "$string" => Literal::AnyString,
            "$undefined" => Literal::Undefined,
            "$promise" => Literal::Promise,
            "$function" => Literal::Function,
            text => Literal::String(text.to_owned()),
        },
        Value::Array(items) => Literal::Array {
            open: items.contains(&json!("...")),
            items: items
                .iter()
                .filter(|item| **item != json!("..."))
                .map(literal)
                .collect(),
        },
        Value::Object(map) => Literal::Object {
            open: map.contains_key("..."),
            fields: map
                .iter()
                .filter(|(name, _)| *name != "...")
                .enumerate()
                .map(|(i, (name, value))| Field {
                    name: name.clone(),
                    position: Position {
                        line: i as u32 + 2,
                        column: 3,
                    },
                    value: literal(value),
                })
                .collect(),
        },
    }
}

fn call(schema: Value, arguments: Value) -> Findings {
    let tools = [json!({"name": "t", "inputSchema": schema})];
    let mut one = called(tool(1, "s", "t"));
    one.call.as_mut().unwrap().arguments = Some(literal(&arguments));
    check(
        &inspection(vec![one]),
        &Catalog::new(vec![listing("s", &tools)]),
    )
}

/// The problems as `severity path expected`, shortened.
fn wrong(schema: Value, arguments: Value, expected: &[&str]) {
    let findings = call(schema, arguments.clone());
    let lines: Vec<String> = findings
        .found
        .iter()
        .flat_map(|finding| {
            let lines = finding
                .message
                .lines()
                .filter(|line| line.starts_with("- "));
            lines.map(|line| format!("{} {}", finding.severity, &line[2..]))
        })
        .collect();
    assert_eq!(lines, expected, "{arguments}");
}

fn right(schema: Value, arguments: Value) {
    let findings = call(schema, arguments.clone());
    assert!(findings.is_empty(), "{arguments}: {findings}");
}

fn issue() -> Value {
    json!({
        "type": "object", "required": ["owner", "repo"], "additionalProperties": false,
        "properties": {
            "owner": {"type": "string"},
            "repo": {"type": "string", "minLength": 2},
            "state": {"enum": ["open", "closed"]},
            "page": {"type": "integer", "minimum": 1},
            "labels": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 2},
            "target": {"anyOf": [
                {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]},
                {"type": "null"}
            ]}
        }
    })
}

#[test]
fn what_is_written_out_is_checked_as_a_call_would_be() {
    insta::assert_snapshot!(call(issue(), json!({"owner": "a", "state": "opened", "page": "$string"})), @r#"
    error: wrong arguments for `s.t`:
    - `args.repo`: expected a value, it is required, got none
    - `args.state`: expected one of "open", "closed" (did you mean "open"?), got the string "opened" (line 3)
    - `args.page`: expected a whole number, got a string (line 4)
    signature: s.t(args: { owner: string; repo: string; state?: "open" | "closed"; page?: number; labels?: string[]; target?: { id: number } | null }): Promise<unknown>
    at 1:7
      await s.t(…)
            ^
    "#);
}

#[test]
fn what_holds_whatever_is_unknown_is_told() {
    wrong(
        issue(),
        json!({"owner": "$unknown"}),
        &["error `args.repo`: expected a value, it is required, got none"],
    );
    wrong(
        issue(),
        json!({"owner": "$unknown", "repo": "$string", "page": "$string"}),
        &["error `args.page`: expected a whole number, got a string (line 4)"],
    );
    wrong(
        issue(),
        json!({"...": 1, "state": "opened"}),
        &[
            "error `args.state`: expected one of \"open\", \"closed\" (did you mean \"open\"?), got the string \"opened\" (line 2)",
        ],
    );
    wrong(
        issue(),
        json!({"owner": "a", "repo": "$undefined", "labels": ["$unknown", 5]}),
        &[
            "error `args.repo`: expected a value, it is required, got none (line 3)",
            "error `args.labels[1]`: expected a string, got the number 5 (line 4)",
        ],
    );
    wrong(
        issue(),
        json!({"owner": "a", "repo": "ab", "target": {"ref": "$unknown"}}),
        &["error `args.target.id`: expected a value, it is required, got none (line 4)"],
    );
    wrong(
        issue(),
        json!({"owner": "a", "repo": "ab", "stat": 1, "page": "$unknown"}),
        &[
            "error `args.stat`: expected no such property (did you mean `state`?), got the number 1 (line 4)",
        ],
    );
    wrong(
        issue(),
        json!({"owner": "$promise", "repo": "$unknown"}),
        &["error `args.owner`: expected a string, got a promise (line 2)"],
    );
}

/// A property that may be `undefined` may also be absent.
#[test]
fn an_unknown_value_of_an_unknown_property_is_a_warning() {
    wrong(
        issue(),
        json!({"owner": "a", "repo": "ab", "labls": "$unknown"}),
        &[
            "warning `args.labls`: expected no such property (did you mean `labels`?), got a value (line 4)",
        ],
    );
}

#[test]
fn what_may_be_right_is_left_alone() {
    for arguments in [
        json!({"owner": "a", "repo": "ab", "state": "open", "page": 2, "labels": ["x"], "target": null}),
        json!({"...": 1}),
        json!({"owner": "$unknown", "repo": "$string", "state": "$string"}),
        json!({"owner": "a", "repo": "$unknown", "labels": ["..."]}),
        json!({"owner": "a", "repo": "ab", "labels": ["...", "a", "b", 3]}),
        json!({"owner": "a", "repo": "ab", "target": {"id": "$unknown"}}),
        json!({"owner": "a", "repo": "ab", "target": {"...": 1}}),
        json!({"owner": "a", "repo": "ab", "target": "$unknown"}),
        json!({"owner": "a", "repo": "ab", "page": 1.0, "state": "$undefined", "nothing": "$undefined"}),
        json!({"owner": "a", "repo": "ab", "done": "$function"}),
        json!("$unknown"),
    ] {
        right(issue(), arguments);
    }
    right(json!({}), json!({"anything": "$unknown"}));
    right(
        json!({"type": "object", "properties": {}, "additionalProperties": false}),
        json!({}),
    );
    right(json!({"type": "object"}), json!("$undefined"));
    right(
        json!({"properties": {"a": {"type": "any"}}}),
        json!({"a": 1}),
    );
}

/// Whether these apply depends on parts that are not known.
#[test]
fn conditions_on_unknown_parts_are_left_alone() {
    let tagged = |keyword: &str| {
        json!({keyword: [
            {"properties": {"kind": {"const": "a"}, "n": {"type": "number"}}, "required": ["kind", "n"]},
            {"properties": {"kind": {"const": "b"}}, "required": ["kind"]},
            {"properties": {"kind": {"const": "c"}}, "required": ["kind"]}
        ]})
    };
    for keyword in ["anyOf", "oneOf"] {
        right(tagged(keyword), json!({"kind": "$unknown"}));
        right(tagged(keyword), json!({"kind": "$string", "n": "x"}));
        right(tagged(keyword), json!({"kind": "a", "n": "$unknown"}));
        let findings = call(tagged(keyword), json!({"kind": "a", "m": "$unknown"}));
        assert!(findings.has_errors(), "{keyword}");
    }
    let conditional = json!({
        "type": "object",
        "if": {"properties": {"kind": {"type": "null"}}},
        "then": {"$ref": "#/$defs/N"},
        "else": {"required": ["m"]},
        "$defs": {"N": {"required": ["n"]}}
    });
    right(conditional.clone(), json!({"kind": "$unknown"}));
    right(
        json!({"properties": {"a": {"not": {"type": "null"}}}}),
        json!({"a": "$unknown"}),
    );
    right(
        json!({"dependentRequired": {"a": ["b"]}}),
        json!({"a": "$unknown"}),
    );
    assert!(call(conditional, json!({"kind": 1})).has_errors());
}

#[test]
fn arguments_are_one_object() {
    for (argument, got) in [
        (json!("text"), "a string"),
        (json!(["..."]), "an array"),
        (json!("$promise"), "a promise"),
        (json!("$function"), "a function"),
    ] {
        let expected = format!("error `args`: expected one object with named arguments, got {got}");
        wrong(json!({}), argument, &[&expected]);
    }
}

#[test]
fn a_promise_among_the_arguments_is_told() {
    insta::assert_snapshot!(call(json!({}), json!({"ids": [1, {"a-b": "$promise"}]})), @r#"
    error: `args.ids[1]["a-b"]` of `s.t` is a promise
    at 1:7
      await s.t(…)
            ^
    hint: `await` the call whose result is meant
    "#);
}

#[test]
fn literals_of_any_depth_do_no_harm() {
    let mut deep = json!("$unknown");
    for _ in 0..300 {
        deep = json!({"a": [deep]});
    }
    right(json!({"properties": {"a": {"type": "string"}}}), deep);
}

/// `literal` with the parts of these numbers, counted from the outside, made
/// unknown: strings that are only known to be some, the rest wholly or to be open.
fn masked(literal: &Literal, masks: &[usize], open: bool, count: &mut usize) -> Literal {
    let here = *count;
    *count += 1;
    let is_masked = masks.contains(&here);
    match literal {
        Literal::Object { fields, .. } if open || !is_masked => Literal::Object {
            fields: fields
                .iter()
                .map(|field| Field {
                    value: masked(&field.value, masks, open, count),
                    ..field.clone()
                })
                .skip(usize::from(is_masked))
                .collect(),
            open: is_masked,
        },
        Literal::Array { items, .. } if open || !is_masked => Literal::Array {
            items: items
                .iter()
                .map(|item| masked(item, masks, open, count))
                .skip(usize::from(is_masked))
                .collect(),
            open: is_masked,
        },
        Literal::String(_) if open && is_masked => Literal::AnyString,
        _ if is_masked => Literal::Unknown,
        known => known.clone(),
    }
}

/// The property behind all this: arguments that are right stay so, whatever of
/// them is not known.
#[test]
fn hiding_parts_of_right_arguments_never_makes_them_wrong() {
    let branch = |kind: &str, more: Value| {
        json!({
            "properties": {"kind": {"const": kind}, "value": more},
            "required": ["kind", "value"], "additionalProperties": false
        })
    };
    let branches = || {
        json!([
            branch("a", json!({"type": "number", "minimum": 3})),
            branch("b", json!({"enum": ["x", {"y": 1}]})),
            branch(
                "c",
                json!({"type": "array", "items": {"type": "string"}, "minItems": 2, "uniqueItems": true})
            )
        ])
    };
    let conditional = json!({
        "type": "object",
        "properties": {"a": {"type": ["string", "null"]}, "b": {"not": {"const": null}}},
        "if": {"properties": {"a": {"const": "x"}}, "required": ["a"]},
        "then": {"required": ["b"]},
        "else": {"maxProperties": 1},
        "dependentRequired": {"b": ["a"]},
        "propertyNames": {"maxLength": 1}
    });
    let lists = json!({
        "type": "object",
        "properties": {"l": {"type": "array", "contains": {"type": "integer", "minimum": 5},
            "prefixItems": [{"type": "string", "pattern": "^a"}], "minItems": 2, "maxItems": 3}},
        "minProperties": 1, "unevaluatedProperties": false
    });
    let cases = [
        (
            issue(),
            json!({"owner": "a", "repo": "ab", "state": "open", "page": 2, "labels": ["x", "y"], "target": {"id": 4}}),
        ),
        (
            json!({"type": "object", "anyOf": branches()}),
            json!({"kind": "a", "value": 4}),
        ),
        (
            json!({"type": "object", "oneOf": branches()}),
            json!({"kind": "b", "value": {"y": 1}}),
        ),
        (
            json!({"type": "object", "properties": {"n": {"oneOf": branches()}}}),
            json!({"n": {"kind": "c", "value": ["p", "q"]}}),
        ),
        (conditional.clone(), json!({"a": "x", "b": 1})),
        (conditional, json!({"a": null})),
        (lists, json!({"l": ["ab", 7, "z"]})),
    ];
    for (schema, arguments) in cases {
        let tools = [json!({"name": "t", "inputSchema": schema})];
        let catalog = Catalog::new(vec![listing("s", &tools)]);
        let whole = literal(&arguments);
        for (first, second) in (0..12).flat_map(|a| (a..12).map(move |b| (a, b))) {
            for open in [false, true] {
                let hidden = masked(&whole, &[first, second], open, &mut 0);
                let mut one = called(tool(1, "s", "t"));
                one.call.as_mut().unwrap().arguments = Some(hidden.clone());
                let findings = check(&inspection(vec![one]), &catalog);
                assert!(findings.is_empty(), "{hidden:?}: {findings}");
            }
        }
    }
}
