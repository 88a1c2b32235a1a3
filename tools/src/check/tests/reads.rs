//! Properties read from results, right and wrong.

use retort_guest::contract::{Key, ResultRead};

use super::*;
use crate::observed::Shape;

/// `items[].id` as a path: `[]` is any element.
fn path(text: &str) -> Vec<Key> {
    text.split('.')
        .flat_map(|step| {
            let name = step.trim_end_matches("[]");
            let elements = (step.len() - name.len()) / 2;
            let name = (!name.is_empty()).then(|| Key::Name(name.to_owned()));
            name.into_iter()
                .chain(std::iter::repeat_n(Key::Element, elements))
        })
        .collect()
}

fn read(schema: Value, paths: &[&str]) -> Findings {
    let tools = [json!({"name": "t", "inputSchema": {}, "outputSchema": schema})];
    check(
        &inspection(vec![reading(paths)]),
        &Catalog::new(vec![listing("s", &tools)]),
    )
}

/// A call whose result these are read from.
fn reading(paths: &[&str]) -> ApiUse {
    let mut one = called(tool(1, "s", "t"));
    let reads = paths.iter().zip(2..).map(|(text, line)| ResultRead {
        place: place(line, 1, text),
        text: format!("r.{text}"),
        path: path(text),
        guarded: false,
        called: false,
    });
    one.call.as_mut().unwrap().reads = reads.collect();
    one
}

/// The same, of a tool that promises nothing and gave these values.
fn read_after(values: &[Value], paths: &[&str]) -> Findings {
    let mut observed = Observed::default();
    for value in values {
        let shape = Shape::of_json(&value.to_string()).unwrap();
        observed.record("s", "t", &shape);
    }
    let tools = [json!({"name": "t", "inputSchema": {}})];
    let catalog = Catalog::new(vec![listing("s", &tools)]);
    check_with(&inspection(vec![reading(paths)]), &catalog, Some(&observed))
}

fn right(schema: Value, paths: &[&str]) {
    let findings = read(schema, paths);
    assert!(findings.is_empty(), "{findings}");
}

fn issues() -> Value {
    json!({
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": {"$ref": "#/$defs/Issue"}},
            "total": {"type": "integer"},
            "next": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "extra": {"type": "object"},
            "either": {"oneOf": [
                {"type": "object", "properties": {"a": {"type": "string"}}},
                {"type": "object", "properties": {"b": {"type": "string"}}}
            ]},
            "any": {}
        },
        "$defs": {"Issue": {
            "type": ["object", "null"],
            "allOf": [{"properties": {"id": {"type": "integer"}}}],
            "properties": {"title": {"type": "string"}, "parent": {"$ref": "#/$defs/Issue"}}
        }}
    })
}

#[test]
fn what_is_declared_may_be_read() {
    right(
        issues(),
        &[
            "items",
            "items.length",
            "items[]",
            "items[].id",
            "items.0.title.length",
            "items.map",
            "items[].parent.parent.id",
            "items[].title.toUpperCase",
            "items[].title[]",
            "total.toFixed",
            "next.length",
            "extra.whatever",
            "extra[]",
            "either.a",
            "either.b",
            "any.a.b",
            "toString",
            "hasOwnProperty",
        ],
    );
}

#[test]
fn what_is_not_declared_is_told_with_the_nearest() {
    insta::assert_snapshot!(read(issues(), &["itmes", "items[].titel", "map", "[]", "items.size", "total.length", "either.c", "next.lenght", "count"]), @"
    warning: `r.itmes`: the result of `s.t` is an object without `itmes`, by its declared type
    at 2:1
      itmes
      ^
    hint: did you mean `items`?
    warning: `r.items[].titel`: in the result of `s.t` it is read from an object without `titel`, by its declared type
    at 3:1
      items[].titel
      ^
    hint: did you mean `title`?
    warning: `r.map`: the result of `s.t` is an object without `map`, by its declared type
    at 4:1
      map
      ^
    hint: its lists: `items`
    warning: `r.[]`: the result of `s.t` is an object that is no list, by its declared type
    at 5:1
      []
      ^
    hint: its lists: `items`
    warning: `r.items.size`: in the result of `s.t` it is read from a list without `size`, by its declared type
    at 6:1
      items.size
      ^
    warning: `r.total.length`: in the result of `s.t` it is read from a number without `length`, by its declared type
    at 7:1
      total.length
      ^
    warning: `r.either.c`: in the result of `s.t` it is read from an object without `c`, by its declared type
    at 8:1
      either.c
      ^
    hint: it has `a`, `b`
    warning: `r.next.lenght`: in the result of `s.t` it is read from a string without `lenght`, by its declared type
    at 9:1
      next.lenght
      ^
    hint: did you mean `length`?
    warning: `r.count`: the result of `s.t` is an object without `count`, by its declared type
    at 10:1
      count
      ^
    hint: it has `items`, `total`, `next`, `extra`, `either`, `any`
    ");
}

#[test]
fn of_a_path_the_step_that_fails_is_told_once() {
    let findings = read(issues(), &["itmes", "itmes.length", "itmes[].id", "itmes"]);
    assert_eq!(findings.found.len(), 1, "{findings}");
}

#[test]
fn what_is_open_or_conditional_is_left_alone() {
    let declared = || json!({"a": {"type": "string"}});
    for schema in [
        json!({"type": "object"}),
        json!({"type": "object", "properties": declared(), "additionalProperties": true}),
        json!({"type": "object", "properties": declared(), "additionalProperties": {"type": "string"}}),
        json!({"type": "object", "properties": declared(), "patternProperties": {"^x": {}}}),
        json!({"type": "object", "properties": declared(), "if": {}, "then": {"properties": {"b": {}}}}),
        json!({"anyOf": [{"type": "object", "properties": declared()}, {"type": "object"}]}),
        json!({"anyOf": [{"type": "object", "properties": declared()}, {}]}),
        json!({"allOf": [{"properties": declared()}, {"$ref": "#/nowhere"}]}),
        json!({"$ref": "#"}),
        json!({"anyOf": [{"$ref": "#"}, {"$ref": "#"}, {"$ref": "#"}]}),
        json!({"type": "null"}),
        json!({"a": {"type": "string"}}),
        json!({"properties": {"result": {}}}),
        json!({"properties": {"result": {"type": "string"}}, "additionalProperties": true}),
    ] {
        right(schema, &["b"]);
    }
}

#[test]
fn a_lone_result_is_unwrapped() {
    let wrapped = json!({
        "type": "object", "required": ["result"], "x-fastmcp-wrap-result": true,
        "properties": {"result": {"type": "array", "items": {
            "type": "object", "properties": {"name": {"type": "string"}}, "additionalProperties": false
        }}}
    });
    right(wrapped.clone(), &["[]", "[].name", "length", "filter"]);
    insta::assert_snapshot!(read(wrapped, &["result", "[].nmae"]), @"
    warning: `r.result`: the result of `s.t` is a list without `result`, by its declared type
    at 2:1
      result
      ^
    hint: the value is the list itself: a `result` that stands alone is unwrapped
    warning: `r.[].nmae`: in the result of `s.t` it is read from an object without `nmae`, by its declared type
    at 3:1
      [].nmae
      ^
    hint: did you mean `name`?
    ");
}

#[test]
fn what_calls_have_not_shown_is_a_warning_that_says_so() {
    let graph = json!({"entities": [{"name": "a"}, {"name": "b"}, {"name": "c"}], "total": 3, "next": null});
    let calls = vec![graph; 3];
    insta::assert_snapshot!(read_after(&calls, &["entites", "entities[].nme", "total.length", "next.x", "entities[].name.length"]), @"
    warning: `r.entites`: the result of `s.t` is an object without `entites`, as far as 3 calls have shown
    at 2:1
      entites
      ^
    hint: did you mean `entities`?
    warning: `r.entities[].nme`: in the result of `s.t` it is read from an object without `nme`, as far as 3 calls have shown
    at 3:1
      entities[].nme
      ^
    hint: did you mean `name`?
    warning: `r.total.length`: in the result of `s.t` it is read from a number without `length`, as far as 3 calls have shown
    at 4:1
      total.length
      ^
    ");
    assert!(!read_after(&calls, &["entites"]).has_errors());
}

#[test]
fn too_little_seen_says_nothing() {
    let one = json!({"a": [{"b": 1}]});
    let nothing = |values: &[Value], path: &str| {
        let findings = read_after(values, &[path]);
        assert!(findings.is_empty(), "{findings}");
    };
    nothing(&[], "x");
    nothing(&vec![one.clone(); 2], "x");
    // The third call told something new.
    nothing(&[one.clone(), one.clone(), json!({"a": [], "c": 1})], "x");
    // There were lists, but never an item; and maps have any name.
    nothing(&vec![json!({"a": []}); 5], "a[].x");
    nothing(&vec![json!({"1": {"b": 1}, "2": {"b": 1}}); 5], "x");
    // An object seen in one call of many.
    let mut values = vec![json!({"a": null}); 2];
    values.push(json!({"a": {"b": 1}}));
    values.extend(vec![json!({"a": null}); 5]);
    nothing(&values, "a.x");
}

#[test]
fn a_lone_result_is_unwrapped_and_told_so() {
    let lone = |inner: Value| json!({"type": "object", "properties": {"result": inner}, "required": ["result"], "additionalProperties": false});
    let list = lone(json!({"type": "array", "items": {"type": "string"}}));
    insta::assert_snapshot!(read(list, &["result"]), @"
    warning: `r.result`: the result of `s.t` is a list without `result`, by its declared type
    at 2:1
      result
      ^
    hint: the value is the list itself: a `result` that stands alone is unwrapped
    ");
    let object = lone(json!({"type": "object", "properties": {"total": {"type": "integer"}}}));
    insta::assert_snapshot!(read(object, &["result", "totl"]), @"
    warning: `r.result`: the result of `s.t` is an object without `result`, by its declared type
    at 2:1
      result
      ^
    hint: the value is the object itself: a `result` that stands alone is unwrapped
    warning: `r.totl`: the result of `s.t` is an object without `totl`, by its declared type
    at 3:1
      totl
      ^
    hint: did you mean `total`?
    ");
    insta::assert_snapshot!(read(issues(), &["result"]), @"
    warning: `r.result`: the result of `s.t` is an object without `result`, by its declared type
    at 2:1
      result
      ^
    hint: it has `items`, `total`, `next`, `extra`, `either`, `any`
    ");
}
