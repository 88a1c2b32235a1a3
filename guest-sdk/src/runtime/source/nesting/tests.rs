use super::find_excess;

#[track_caller]
fn check(source: &str, nested_too_deep: bool) {
    let shown: String = source.chars().take(60).collect();
    assert_eq!(
        find_excess(source, 500).is_some(),
        nested_too_deep,
        "{shown}"
    );
}

#[test]
fn a_hundred_thousand_levels_of_anything_are_found() {
    let parts = [
        "(",
        "[",
        "{",
        "`${",
        "f(",
        "{a:",
        "[{a:",
        "!",
        "- ",
        "~",
        "typeof ",
        "await ",
        "new ",
        "void ",
        "a+",
        "a.b",
        ".c()",
        "a?b:",
        "a=",
        "a=>",
        "()=>",
        "a=>\n",
        "a**",
        "a,(",
        "if(a)",
        "if(a)\n",
        "if(a){}else ",
        "if(a);else ",
        "while(a)\n",
        "for(;;)\n",
        "for await(a of b)\n",
        "do ",
        "a:",
        "a:\n",
        "A<",
        "keyof ",
        "x extends ",
        "readonly\n",
        "a??",
        "a||",
        "a&&",
        "a?.b",
        "a[0]",
        "a``",
        "function(){",
        "class{a=",
        "...",
        "with(a)\n",
        "switch(a){case ",
        "(a,",
    ];
    for part in parts {
        check(&part.repeat(100_000), true);
    }
}

#[test]
fn right_scripts_pass() {
    let nested =
        |open: &str, close: &str, times: usize| open.repeat(times) + "1" + &close.repeat(times);
    for source in [
        nested("(", ")", 500),
        nested("[{a:", "}]", 250),
        nested("f(", ")", 499),
        nested("`${", "}`", 500),
        format!("a{}", ".b()".repeat(1_000)),
        format!("a\n{}", "  .b(x => x.y)\n".repeat(500)),
        format!(
            "if (a) {{ x() }} {}",
            "else if (b) { y(); }\n".repeat(1_000)
        ),
        format!("if (a) x()\n{}", "else if (b) y()\n".repeat(1_000)),
        "const a = b ? c : d\nfoo(a).bar().baz()\n".repeat(5_000),
        "x.y = z => z.a.b;".repeat(5_000),
        "if (a) { b() }\nfor (const x of y) { z() }\n".repeat(5_000),
        "switch (x) {".to_owned() + &"case 'a': case 'b': f(); break;\n".repeat(5_000) + "}",
        "interface A {".to_owned()
            + &"a: string\n  b?: Array<Map<string, number>>\n".repeat(5_000)
            + "}",
        "const a = [".to_owned() + &"{ id: 1, name: 'x' },\n".repeat(5_000) + "]",
        "class A {".to_owned() + &" a = 1\n b() { return this.a }\n".repeat(5_000) + "}",
        format!("x = {}'end'", "'a' + b + ".repeat(1_000)),
        format!("if (a{}) b()", " || c === 'd' && e".repeat(700)),
        "const a = /[({`]/g.test(x) / 2; const s = '((((';\n".repeat(5_000),
        "// ((((\n/* [[[[ */".repeat(5_000),
    ] {
        check(&source, false);
    }
}

#[test]
fn the_place_is_that_of_the_first_bracket_too_many() {
    let found = |source: &str| {
        let excess = find_excess(source, 10)?;
        Some((excess.offset, excess.message(10).0))
    };
    let brackets = "the source is nested deeper than 10".to_owned();
    assert_eq!(found(&"[".repeat(20)), Some((10, brackets)));
    let chain =
        "a chain without brackets (operators, members, calls, `else if`) has more than 60 steps";
    assert_eq!(found(&"a+".repeat(80)), Some((121, chain.to_owned())));
}
