//! Types with names, over the declarations of one answer.

use super::*;

fn tool(name: &str, definitions: Value, properties: Value) -> ToolDefinition {
    let input = json!({"properties": properties, "$defs": definitions});
    ToolDefinition::from_json(&json!({"name": name, "inputSchema": input})).unwrap()
}

/// The signatures of an answer about these tools, in their order.
fn answer(tools: &[ToolDefinition]) -> String {
    let types: Vec<ToolTypes<'_>> = tools.iter().map(ToolTypes::of).collect();
    let mut shared = Shared::of(&types);
    let mut lines = Vec::new();
    for (tool, types) in tools.iter().zip(&types) {
        let path = format!("s.{}", tool.name);
        let written = types.write(Form::Call(&path), Detail::Signature, &shared);
        lines.push(written.beside());
        shared.keep(&written);
    }
    lines.join("\n")
}

fn point(unit: &str) -> Value {
    json!({"properties": {"latitude": {"type": unit}, "longitude": {"type": unit}}})
}

fn node(value: &str) -> Value {
    json!({"properties": {"value": {"type": value}, "children": {"items": {"$ref": "#/$defs/Node"}}}})
}

#[test]
fn a_type_of_several_tools_is_printed_once() {
    let at = |name| {
        tool(
            name,
            json!({"Point": point("number")}),
            json!({"at": {"$ref": "#/$defs/Point"}}),
        )
    };
    insta::assert_snapshot!(answer(&[at("a"), at("b")]), @r"
    s.a(args?: { at?: Point }): Promise<unknown>
    type Point = { latitude?: number; longitude?: number }
    s.b(args?: { at?: Point }): Promise<unknown>
    ");
    // Of one tool alone it would be in place.
    insta::assert_snapshot!(answer(&[at("a")]), @"s.a(args?: { at?: { latitude?: number; longitude?: number } }): Promise<unknown>");
}

#[test]
fn different_types_of_one_name_get_names_of_their_own() {
    let both = |name, unit| {
        let twice = json!({"at": {"$ref": "#/$defs/Point"}, "to": {"$ref": "#/$defs/Point"}});
        tool(name, json!({"Point": point(unit)}), twice)
    };
    let tools = [
        both("a", "number"),
        both("b", "string"),
        both("c", "number"),
        both("d", "string"),
    ];
    insta::assert_snapshot!(answer(&tools), @r"
    s.a(args?: { at?: Point; to?: Point }): Promise<unknown>
    type Point = { latitude?: number; longitude?: number }
    s.b(args?: { at?: Point2; to?: Point2 }): Promise<unknown>
    type Point2 = { latitude?: string; longitude?: string }
    s.c(args?: { at?: Point; to?: Point }): Promise<unknown>
    s.d(args?: { at?: Point2; to?: Point2 }): Promise<unknown>
    ");
}

#[test]
fn recursive_types_are_compared_with_what_they_name() {
    let tree = |name, value| {
        tool(
            name,
            json!({"Node": node(value)}),
            json!({"root": {"$ref": "#/$defs/Node"}}),
        )
    };
    insta::assert_snapshot!(answer(&[tree("a", "string"), tree("b", "null"), tree("c", "null")]), @r"
    s.a(args?: { root?: Node }): Promise<unknown>
    type Node = { value?: string; children?: Node[] }
    s.b(args?: { root?: Node2 }): Promise<unknown>
    type Node2 = { value?: null; children?: Node2[] }
    s.c(args?: { root?: Node2 }): Promise<unknown>
    ");
    // Both are read alike until the type that only one of them has.
    let pair = |name, leaf: &str| {
        let definitions = json!({
            "Even": {"properties": {"next": {"$ref": "#/$defs/Odd"}}},
            "Odd": {"properties": {"next": {"items": {"$ref": "#/$defs/Even"}}, "leaf": {"type": leaf}}}
        });
        tool(
            name,
            definitions,
            json!({"x": {"$ref": "#/$defs/Odd"}, "y": {"$ref": "#/$defs/Even"}}),
        )
    };
    insta::assert_snapshot!(answer(&[pair("a", "string"), pair("b", "null")]), @r"
    s.a(args?: { x?: Odd; y?: { next?: Odd } }): Promise<unknown>
    type Odd = { next?: { next?: Odd }[]; leaf?: string }
    s.b(args?: { x?: Odd2; y?: { next?: Odd2 } }): Promise<unknown>
    type Odd2 = { next?: { next?: Odd2 }[]; leaf?: null }
    ");
}

#[test]
fn arguments_and_result_share_their_types() {
    let raw = json!({
        "name": "echo",
        "inputSchema": {"properties": {"of": {"$ref": "#/$defs/Node"}}, "$defs": {"Node": node("string")}},
        "outputSchema": {"properties": {"was": {"$ref": "#/$defs/Node"}, "is": {}}, "$defs": {"Node": node("string")}}
    });
    insta::assert_snapshot!(answer(&[ToolDefinition::from_json(&raw).unwrap()]), @r"
    s.echo(args?: { of?: Node }): Promise<{ was?: Node; is?: unknown }>
    type Node = { value?: string; children?: Node[] }
    ");
}

#[test]
fn names_beyond_the_limit_are_unknown_and_none_dangles() {
    let definitions: serde_json::Map<String, Value> = (0..90)
        .map(|i| {
            (
                format!("D{i}"),
                json!({"properties": {"self": {"$ref": format!("#/$defs/D{i}")}}}),
            )
        })
        .collect();
    let properties: serde_json::Map<String, Value> = (0..90)
        .map(|i| (format!("k{i}"), json!({"$ref": format!("#/$defs/D{i}")})))
        .collect();
    let tool = tool("many", definitions.into(), properties.into());
    for (detail, most) in [(Detail::Brief, 40), (Detail::Full, 80)] {
        let text = declaration("s.many", &tool, detail);
        assert_eq!(text.matches("\ntype D").count(), most, "{text}");
        assert!(text.contains(&format!("k{most}?: unknown;")), "{text}");
    }
}

#[test]
fn what_was_cut_stands_for_nothing_else() {
    // At `brief` the type is whole; at `signature` its sixth level is cut.
    let mut deep = json!({"type": "string"});
    for _ in 0..6 {
        deep = json!({"properties": {"nested": deep}});
    }
    let deep = tool(
        "deep",
        json!({"Deep": deep}),
        json!({"a": {"$ref": "#/$defs/Deep"}, "b": {"$ref": "#/$defs/Deep"}}),
    );
    let types = [ToolTypes::of(&deep)];
    let mut shared = Shared::of(&types);
    let mut write = |detail| {
        let written = types[0].write(Form::Call("s.deep"), detail, &shared);
        shared.keep(&written);
        written.beside()
    };
    let cut = write(Detail::Signature);
    assert!(
        cut.contains("type Deep = ") && cut.contains("/* nested */"),
        "{cut}"
    );
    // The same again needs no second type, but what is whole does.
    assert!(!write(Detail::Signature).contains("type "));
    let whole = write(Detail::Brief);
    assert!(
        whole.contains("type Deep2 = ") && !whole.contains("/*"),
        "{whole}"
    );
    // Words about it make no difference.
    let full = write(Detail::Full);
    assert!(
        full.contains("a?: Deep2;") && !full.contains("type "),
        "{full}"
    );
}
