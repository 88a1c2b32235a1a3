use super::{Driver, value};
use crate::contract::Target;

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(value(source), expected, "{source}");
}

#[test]
fn namespaces_are_ordinary_objects() {
    check("return Object.keys(tools)", r#"=["my_server"]"#);
    check("return Object.keys(my_server)", r#"=["get_item","list"]"#);
    check(
        "return [typeof my_server.list, my_server.list.name, my_server.list.length]",
        r#"=["function","list",1]"#,
    );
    check(
        "return tools['my-server']['get-item'] === my_server.get_item",
        "=true",
    );
    check(
        "return tools.my_server === my_server && tools['my-server'] === my_server",
        "=true",
    );
    check(
        "return [my_server.then, my_server.nope?.(), 'list' in my_server, Object.getPrototypeOf(my_server)]",
        "=[null,null,true,null]",
    );
    check(
        "const { list } = my_server; return await list({ a: 1 })",
        r#"={"a":1}"#,
    );
    check(
        "const ns = await my_server; return ns === my_server",
        "=true",
    );
    check(
        "for (const [name, f] of Object.entries(my_server)) return [name, await f({})]",
        r#"=["get_item",{}]"#,
    );
    check("const my_server = 1; return my_server", "=1");
    check("my_server = 2; return my_server", "=2");
}

#[test]
fn the_functions_beside_the_namespaces_call_the_host() {
    let (_, step) = Driver::start(
        "await Promise.all([callTool('my-server', 'get-item', { a: 1 }), searchTools('x', { limit: 3 }), searchTools(),\n\
         describeTools(['a.b'], { detail: 'full' }), describeTools('a.b', 'brief'), results.get('r1'), my_server.list()])",
    );
    let calls: Vec<(Target, &str)> = step
        .calls
        .iter()
        .map(|call| (call.target.clone(), &*call.arguments))
        .collect();
    let tool = |tool: &str| Target::Tool {
        server: "my-server".to_owned(),
        tool: tool.to_owned(),
    };
    assert_eq!(
        calls,
        [
            (tool("get-item"), r#"{"a":1}"#),
            (Target::SearchTools, r#"{"query":"x","limit":3}"#),
            (Target::SearchTools, r#"{"query":""}"#),
            (
                Target::DescribeTools,
                r#"{"tools":["a.b"],"detail":"full"}"#
            ),
            (
                Target::DescribeTools,
                r#"{"tools":["a.b"],"detail":"brief"}"#
            ),
            (Target::StoredResult, r#"{"id":"r1"}"#),
            (tool("list"), "{}"),
        ]
    );
}

#[test]
fn emit_takes_content_blocks() {
    let (_, step) = Driver::start("emit({ type: 'text', text: 'x' }); return 1");
    assert_eq!(step.emitted, [r#"{"type":"text","text":"x"}"#]);
    check("try { emit('x') } catch (e) { return e.name }", "TypeError");
}

#[test]
fn call_tool_takes_a_dotted_name_too() {
    let (_, step) = Driver::start("await callTool('my_server.list', { a: 1 })");
    assert_eq!(
        step.calls[0].target,
        Target::Tool {
            server: "my-server".to_owned(),
            tool: "list".to_owned()
        }
    );
    assert_eq!(step.calls[0].arguments, r#"{"a":1}"#);
}
