use boa_engine::Context;

use super::super::text;
use crate::runtime::builtins::engine_realm::{answer, realm};

/// A realm with the overrides, and the engine's own methods under `boa`.
fn context() -> Context {
    let keep = "globalThis.boa = {
        exec: RegExp.prototype.exec, test: RegExp.prototype.test, match: RegExp.prototype[Symbol.match],
        replace: RegExp.prototype[Symbol.replace], split: RegExp.prototype[Symbol.split] };";
    realm(keep, &[text::install, super::install])
}

fn check(script: &str, expected: &str) {
    assert_eq!(answer(script, &mut context()), expected, "{script}");
}

/// Every method against the engine's own, whose `exec` a subclass brings back.
#[test]
fn agrees_with_the_engine() {
    check(
        r#"
        class Engine extends RegExp { exec(text) { return boa.exec.call(this, text); } }
        const sources = ["a", "b*", "(a)(b)?", "(?<x>a)|(?<y>b)", "^", "$", "\\b", "[^a]", ".", "\\s+", "(?=b)", "(?<=a)b",
            "a|ab", "\\d{2,}", "(.)\\1", "\\u{61}", "日", "[日本]+", "😀", "\\ud83d", "é", "\\w+", "\\W", "(?:)", "x?y?", "A", "[^]", "\r?\n"];
        const flags = ["", "g", "i", "y", "gy", "gi", "u", "gu", "giu", "d", "dg", "s", "gm", "uy"];
        const texts = ["", "a", "abab", "aab b", "日本a日本", "a😀b😀", "\ud83d", "x\ude00\ud83d", "éÉe", "12 345\n6", "aa\r\nbb\ncc", "AbAB",
            "padding ".repeat(10) + "ab 12", "日".repeat(40) + "ab12"];
        const templates = ["<$&>", "$1$2", "$<x>", "$`|$'", "$$"];
        const wrong = [];
        let count = 0;
        const show = (value) => JSON.stringify([value, value?.index, value?.input, value?.groups, value?.indices]);
        const attempt = (run) => { try { return run(); } catch (error) { return error.name; } };
        for (const source of sources) for (const flag of flags) {
            let ours, engine;
            try { ours = new RegExp(source, flag); engine = new Engine(source, flag); } catch { continue; }
            const compare = (name, args, start) => {
                count++;
                const of = (expression, method) => attempt(() => {
                    expression.lastIndex = start;
                    const value = method.apply(expression, args);
                    return show(value) + expression.lastIndex;
                });
                const mine = of(ours, { exec: ours.exec, test: ours.test, match: ours[Symbol.match], replace: ours[Symbol.replace], split: ours[Symbol.split] }[name]);
                const theirs = of(engine, boa[name]);
                if (mine !== theirs) wrong.push(`${name} /${source}/${flag} at ${start} ${JSON.stringify(args)}: ${mine} not ${theirs}`);
            };
            // A few of all combinations, another one for each expression.
            const part = texts.filter((_, at) => (at * 7 + source.length * 3 + flag.length) % 19 === 0);
            for (const text of part) {
                for (const start of [0, 1, 3, 100]) { compare("exec", [text], start); compare("test", [text], start); }
                compare("match", [text], 1);
                for (const template of templates) compare("replace", [text, template], 0);
                compare("replace", [text, (...all) => JSON.stringify(all)], 0);
                for (const limit of [undefined, 0, 2]) compare("split", [text, limit], 0);
            }
        }
        if (count < 4000) wrong.push(count);
        wrong.slice(0, 20).join("\n")
        "#,
        "",
    );
}

#[test]
fn matches_look_as_specified() {
    check(
        "const m = /(?<year>\\d{4})-(?<month>\\d\\d)?/d.exec('on 2026-x');
         JSON.stringify([m, m.index, m.groups, m.indices, Object.keys(m), Object.getPrototypeOf(m.groups)])",
        r#"[["2026-","2026",null],3,{"year":"2026"},[[3,8],[3,7],null],["0","1","2","index","input","groups","indices"],null]"#,
    );
}

#[test]
fn loops_with_last_index() {
    check(
        "const re = /(\\w)=(\\d)/g; const found = []; let m;
         while ((m = re.exec('a=1, b=2, c=x, d=4')) !== null) found.push(m[1] + m[2] + re.lastIndex);
         found.join() + re.lastIndex",
        "a13,b28,d4180",
    );
    check(
        "[...'a1b22'.matchAll(/[a-z](\\d+)/g)].map(m => m[1] + '@' + m.index).join()",
        "1@0,22@2",
    );
    check(
        "const re = /a/y; re.lastIndex = 2; [re.test('aab'), re.lastIndex].join()",
        "false,0",
    );
    check("'aXbX'.search(/X/)", "1");
    check(
        "const re = /a/g; re.lastIndex = '1'; re.exec('aa').index",
        "1",
    );
}

#[test]
fn tampered_expressions_take_the_engines_path() {
    check(
        "class Loud extends RegExp { exec(text) { const m = super.exec(text); if (m) m[0] = m[0].toUpperCase(); return m; } }
         ['abc'.replace(new Loud('b'), '[$&]'), 'abc'.match(new Loud('c', 'g')), new Loud('z').test('z')].join()",
        "a[B]c,C,true",
    );
    check(
        "const re = /b/; re.exec = () => null; ['abc'.replace(re, 'x'), re.test('b')].join()",
        "abc,false",
    );
    check(
        "const own = RegExp.prototype.exec; let calls = 0;
         RegExp.prototype.exec = function (text) { calls++; return own.call(this, text); };
         'abc'.replace(/b/g, 'x') + calls",
        "axc2",
    );
    check(
        "const re = Object.freeze(/a/g); try { re.exec('a') } catch (e) { e.name }",
        "TypeError",
    );
    check(
        "const re = /a/; re.compile('b', 'g'); 'abb'.replace(re, 'x')",
        "axx",
    );
    check(
        "const re = /a/; re.test('a'); re.compile('b'); re.test('a')",
        "false",
    );
}

#[test]
fn sources_read_as_they_were_written() {
    check(
        r"[/a\/b[/\/]\\/.source, `${/\d+\/x/gi}`, new RegExp('a/b').source, RegExp('').source, RegExp('é/').source].join(' ')",
        r"a\/b[/\/]\\ /\d+\/x/gi a\/b (?:) é\/",
    );
    check(
        r"['a/b'.match(/a\/b/)[0], 'a\\/b'.replace(/\\\//, '|'), new RegExp('/', 'y').test('/')].join()",
        "a/b,a|b,true",
    );
}

#[test]
fn script_that_runs_while_the_flags_are_read() {
    check(
        "const flags = Object.getOwnPropertyDescriptor(RegExp.prototype, 'global');
         Object.defineProperty(RegExp.prototype, 'global', { get() { /x/.test('x'); return flags.get.call(this); } , configurable: true });
         'aba'.replace(/a/g, 'c')",
        "cbc",
    );
}

#[test]
fn hostile_patterns_are_errors() {
    check(
        "try { new RegExp('('.repeat(100000) + ')'.repeat(100000)) } catch (e) { e.name }",
        "SyntaxError",
    );
    check(
        "try { new RegExp('(?:'.repeat(5000)) } catch (e) { e.name }",
        "SyntaxError",
    );
}

#[test]
fn long_subjects_in_time() {
    // Quadratic, each of these would take minutes.
    let context = &mut context();
    answer(
        "const text = 'this is a line of thirty-nine characters\\r\\n'.repeat(10000), wide = text + '日', latin = text + 'é';
         const count = (re, s) => { let n = 0; while (re.exec(s)) n++; return n; };",
        context,
    );
    for (script, expected) in [
        ("text.split(/\\r?\\n/).length", "10001"),
        ("wide.split(/\\r?\\n/).length", "10001"),
        ("latin.split(/;/).length", "1"),
        ("text.match(/line/g).length", "10000"),
        ("text.replace(/LINE/gi, 'row').length", "410000"),
        ("count(/thirty/g, text)", "10000"),
        ("count(/thirty/g, latin)", "10000"),
        ("count(/[^]{1,40}/y, wide)", "10501"),
        ("[...text.matchAll(/nine/g)].length", "10000"),
    ] {
        assert_eq!(answer(script, context), expected, "{script}");
    }
}
