use boa_engine::Context;

use crate::runtime::builtins::engine_realm::{answer, realm};

/// A realm with the overrides, and the engine's own methods under `boa`.
fn context() -> Context {
    let keep = "globalThis.boa = Object.fromEntries(Object.getOwnPropertyNames(String.prototype)
        .filter(name => name !== 'length').map(name => [name, String.prototype[name]]));";
    realm(keep, &[super::install])
}

fn check(script: &str, expected: &str) {
    assert_eq!(answer(script, &mut context()), expected, "{script}");
}

/// Every method against the engine's own, over many subjects and arguments.
#[test]
fn agrees_with_the_engine() {
    check(
        r#"
        const subjects = ["", "a", "abcabc", "  a b\t", "aaaa", "äöü", "ÀÞ×ß", "日本語日本", "a😀b😀", "\ud83d", "x\ude00\ud83dx",
            "ab".repeat(40), "日ab".repeat(30), "\ufeff\u00a0\u2029z\u3000", "aabaabaaab", new String("boxed"), 12345, true];
        const strings = ["", "a", "b", "ab", "aab", "日", "😀", "\ud83d", "zz", "ä", "1", "x\ude00", "語日"];
        const numbers = [undefined, 0, 1, 2, 3, -1, -2, 100, -100, NaN, Infinity, -Infinity, 1.9, -0.5, "2", null];
        const patterns = ["$$", "$&", "$`", "$'", "$1", "$<a>", "[$&$$]", "$", "$0", "日$&"];
        const cases = {
            at: numbers.map(n => [n]), charAt: numbers.map(n => [n]),
            slice: numbers.flatMap(a => numbers.map(b => [a, b])),
            substring: numbers.flatMap(a => numbers.map(b => [a, b])),
            substr: numbers.flatMap(a => numbers.map(b => [a, b])),
            trim: [[]], trimStart: [[]], trimEnd: [[]], toUpperCase: [[]], toLowerCase: [[]],
            indexOf: strings.flatMap(s => numbers.map(n => [s, n])),
            lastIndexOf: strings.flatMap(s => numbers.map(n => [s, n])),
            includes: strings.flatMap(s => numbers.map(n => [s, n])),
            startsWith: strings.flatMap(s => numbers.map(n => [s, n])),
            endsWith: strings.flatMap(s => numbers.map(n => [s, n])),
            split: [undefined, ...strings].flatMap(s => numbers.map(n => [s, n])),
            replace: strings.flatMap(s => patterns.map(p => [s, p])),
            replaceAll: strings.filter(s => s).flatMap(s => patterns.map(p => [s, p])),
            repeat: [0, 1, 2, 7, NaN].map(n => [n]), concat: strings.map(s => [s, 1, s]),
            padStart: strings.flatMap(s => [0, 3, 11].map(n => [n, s])),
            padEnd: strings.flatMap(s => [0, 3, 11].map(n => [n, s])),
        };
        const wrong = [];
        let count = 0;
        for (const [name, list] of Object.entries(cases)) {
            for (const [at, subject] of subjects.entries()) {
                for (const args of list.filter((_, other) => (at * 3 + other) % 11 === 0)) {
                    count++;
                    const found = JSON.stringify([String.prototype[name].apply(subject, args)]);
                    const expected = JSON.stringify([boa[name].apply(subject, args)]);
                    if (found !== expected) wrong.push(`${name} ${JSON.stringify([subject, args])}: ${found} not ${expected}`);
                }
            }
        }
        if (count < 1500) wrong.push(count);
        wrong.slice(0, 20).join("\n")
        "#,
        "",
    );
}

#[test]
fn functions_as_replacements() {
    check(
        "'a-b-c'.replaceAll('-', (match, at, text) => `<${match}${at}${text.length}>`)",
        "a<-15>b<-35>c",
    );
    check("'abc'.replace('b', () => '$&')", "a$&c");
    check("'ab'.replaceAll('', '.')", ".a.b.");
    check("'abc'.replace('b')", "aundefinedc");
}

#[test]
fn methods_under_symbols_are_asked() {
    check(
        "const by = { [Symbol.split]: (text, limit) => [text, limit, 'split'].join() };
         'abc'.split(by, 3)",
        "abc,3,split",
    );
    check(
        "'a'.split({ [Symbol.split]: null, toString: () => 'a' }).length",
        "2",
    );
    check(
        "'abc'.replace({ [Symbol.replace]: (text, by) => text + by }, 'x')",
        "abcx",
    );
    check(
        "try { 'a'.split({ [Symbol.split]: 1 }) } catch (e) { e.name }",
        "TypeError",
    );
    check("'abc'.includes({ toString: () => 'b' })", "true");
    check(
        "try { 'abc'.startsWith(/a/) } catch (e) { e.message }",
        "First argument to String.prototype.startsWith must not be a regular expression",
    );
    check(
        "try { 'abc'.replaceAll(/a/, '') } catch (e) { e.message }",
        "replaceAll must be called with a global RegExp",
    );
    check(
        "try { String.prototype.trim.call(null) } catch (e) { e.message }",
        "String.prototype.trim called on null or undefined",
    );
}

#[test]
fn lengths_are_bounded() {
    check(
        "try { 'ab'.repeat(2 ** 29) } catch (e) { `${e}` }",
        "RangeError: Invalid string length",
    );
    check(
        "try { ''.padEnd(2 ** 40, 'x') } catch (e) { `${e}` }",
        "RangeError: Invalid string length",
    );
    check(
        "try { 'a'.repeat(-1) } catch (e) { `${e}` }",
        "RangeError: Invalid count value: -1",
    );
    check("''.repeat(2 ** 40)", "");
}

#[test]
fn long_chains_of_slices_are_flat() {
    // A chain as long as the loop would overflow the stack when dropped.
    check(
        "let s = 'abcdefghij'.repeat(20000), n = 0;
         while (s.length > 40) { s = s.slice(1); n++; }
         n + s",
        &format!("199960{}", "abcdefghij".repeat(4)),
    );
    check(
        "let s = ' x'.repeat(20000);
         while (s.length > 40) s = s.trimStart().substring(1);
         s.length",
        "40",
    );
    check(
        "const list = Array.from({ length: 20 }, (_, i) => `${i % 10}`.repeat(300));
         for (let n = 0; n < 200; n++) for (let i = 0; i < 20; i++) list[i] = list[i].slice(1);
         list.map(s => s.length + s[0]).join()",
        &(0..20)
            .map(|i| format!("100{}", i % 10))
            .collect::<Vec<_>>()
            .join(","),
    );
}

#[test]
fn many_lines_in_time() {
    // Quadratic, each of these would take minutes.
    let context = &mut context();
    answer(
        "const text = 'this is a line of thirty-nine characters\\n'.repeat(10000);",
        context,
    );
    for (script, expected) in [
        ("text.split('\\n').length", "10001"),
        (
            "let n = 0, at = -1; while ((at = text.indexOf('line', at + 1)) >= 0) n++; n",
            "10000",
        ),
        (
            "let m = 0, to = text.length; while ((to = text.lastIndexOf('line', to - 1)) >= 0) m++; m",
            "10000",
        ),
        ("text.replaceAll('line', 'row').length", "400000"),
        ("'日'.concat(text).split('\\n').length", "10001"),
        (
            "'a'.repeat(200000).concat('日').indexOf('a'.repeat(100000) + 'b')",
            "-1",
        ),
    ] {
        assert_eq!(answer(script, context), expected, "{script}");
    }
}
