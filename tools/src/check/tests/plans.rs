//! What a script can call.

use super::*;

fn annotated(name: &str, hints: Value) -> Value {
    json!({"name": name, "inputSchema": {}, "annotations": hints})
}

#[test]
fn tools_are_listed_with_their_effects() {
    let catalog = Catalog::new(vec![
        listing(
            "shop",
            &[
                annotated(
                    "list",
                    json!({"readOnlyHint": true, "destructiveHint": true}),
                ),
                annotated(
                    "add",
                    json!({"readOnlyHint": false, "destructiveHint": false}),
                ),
                annotated("replace", json!({"readOnlyHint": false})),
                annotated("remove", json!({"destructiveHint": true})),
                annotated("other", json!({"idempotentHint": true})),
            ],
        ),
        with_state(ServerState::Starting, listing("slow", &[])),
    ]);
    let uses = vec![
        called(tool(1, "shop", "remove")),
        called(tool(2, "shop", "list")),
        called(tool(3, "shop", "add")),
        called(tool(4, "shop", "replace")),
        tool(5, "shop", "other"),
        called(tool(6, "shop", "list")),
        called(tool(7, "slow", "x")),
        called(tool(8, "shop", "lst")),
        api_use(
            9,
            "shop[name]",
            ApiTarget::AnyToolOf {
                server: "shop".to_owned(),
            },
        ),
        api_use(10, "tools[name]", ApiTarget::AnyTool),
        undeclared(11, "shp", None),
    ];
    let inspection = Inspection {
        incomplete: true,
        ..inspection(uses)
    };
    let plan = plan(&inspection, &catalog);
    insta::assert_snapshot!(plan, @r#"
    the script can call:
    - `shop.remove` (writes and may destroy), at 1:7
    - `shop.list` (read-only), at 2:7 and in 1 more place
    - `shop.add` (writes), at 3:7
    - `shop.replace` (writes and may destroy), at 4:7
    - `shop.other` (not annotated: may write and destroy), at 5:7
    - `slow.x` (its server is not ready: not known), at 7:7
    cannot be told: any of the 5 tools of `shop`, 4 of which may write, at 9:7
    cannot be told: any of the 5 tools of all servers, 4 of which may write, at 10:7
    cannot be told: what further code does that inspection does not see
    "#);
    let json = serde_json::to_value(&plan).unwrap();
    assert_eq!(json["tools"][0]["effect"], json!("destroys"));
    assert_eq!(json["open"][1]["server"], Value::Null);
}

#[test]
fn a_script_without_calls_says_so() {
    let nothing = plan(&Inspection::default(), &catalog());
    assert_eq!(nothing.to_string(), "the script calls no tools");
}

#[test]
fn a_plan_is_bounded() {
    let tools: Vec<Value> = (0..500)
        .map(|i| annotated(&format!("t{i}"), json!({})))
        .collect();
    let uses = (0..500)
        .map(|i| tool(i + 1, "s", &format!("t{i}")))
        .collect();
    let plan = plan(&inspection(uses), &Catalog::new(vec![listing("s", &tools)]));
    assert_eq!((plan.tools.len(), plan.more_tools), (200, 300));
}
