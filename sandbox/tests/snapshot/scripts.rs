//! Generated scripts: pieces of live state that must survive a wait, touched
//! before and after each of several waits, in random company and order.

use proptest::prelude::*;

/// One kind of state. `#` stands for a number that keeps names apart.
struct Piece {
    before: &'static str,
    /// Runs after each wait; sees the wait's number as `i` and adds to `out`.
    each: &'static str,
}

const PIECES: &[Piece] = &[
    Piece {
        before: "let c# = 0; const inc# = () => ++c#;",
        each: "out.push(inc#() + inc#());",
    },
    Piece {
        before: "class A# { #x = 1; static n = 0; get x() { return this.#x; } add(d) { this.#x += d; A#.n++; return this; } }
                 class B# extends A# { add(d) { return super.add(d * 2); } } const b# = new B#();",
        each: "out.push(b#.add(i).x, A#.n, b# instanceof A#);",
    },
    Piece {
        before: "function* g#() { let s = 0; while (true) { const got = yield s; s += got ?? 1; } } const it# = g#(); it#.next();",
        each: "out.push(it#.next(i).value);",
    },
    Piece {
        before: "async function* ag#() { for (let k = 0; ; k++) { const r = await t.echo({k}); yield r.call - r.call + k; } } const ai# = ag#();",
        each: "out.push((await ai#.next()).value);",
    },
    Piece {
        before: "const m# = new Map(); const s# = new Set(['a']); const w# = new WeakMap(); const k# = {}; w#.set(k#, 'kept');",
        each: "m#.set('k' + i, {i}); s#.add(i % 2); out.push([...m#.keys()].join(), [...s#].length, w#.get(k#));",
    },
    Piece {
        before: "const u# = new Uint8Array(300); const f# = new Float64Array(u#.buffer, 8, 4); const d# = new DataView(u#.buffer);",
        each: "u#[i] = i * 37; f#[0] += 0.5; d#.setInt16(100, -i); out.push(u#.reduce((a, b) => a + b, 0), f#[0], d#.getInt16(100));",
    },
    Piece {
        before: "const re# = /(\\w)(\\d+)/g; const text# = 'a1 b22 c333 d4444 e5 f66 g777 h8';",
        each: "{ const hit = re#.exec(text#); out.push(hit ? hit[0] + hit.index : null, re#.lastIndex); }",
    },
    Piece {
        before: "let fired# = 0; for (let n = 1; n <= 3; n++) setTimeout(() => { fired# += n; }, n * 3);",
        each: "await new Promise((go) => setTimeout(go, 4)); out.push('timer');",
    },
    Piece {
        before: "let every# = 0; const h# = setInterval(() => { if (++every# >= 3) clearInterval(h#); }, 2);",
        each: "out.push(typeof every#);",
    },
    Piece {
        before: "",
        each: "out.push((await Promise.race([t.echo({race: 1}), t.echo({race: 2})])).list.length);",
    },
    Piece {
        before: "",
        each: "out.push((await Promise.allSettled([t.echo({i}), Promise.reject(new Error('no ' + i)), t.echo({i: -i})])).map((r) => r.status + (r.reason?.message ?? '')).join());",
    },
    Piece {
        before: "let keep# = []; const junk# = () => { for (let n = 0; n < 60; n++) { const a = new Array(2000).fill({n}); if (n % 20 === 0) keep#.push(a.length); } };",
        each: "junk#(); out.push(keep#.length);",
    },
    Piece {
        before: "let acc# = {}; let str# = '';",
        each: "acc# = {...acc#, ['k' + i]: [i, 'x'.repeat(i)]}; str# += 'é€😀'[i % 3] + i; out.push(JSON.stringify(acc#), str#.length);",
    },
    Piece {
        before: "const when# = new Date(2026, 1, 3); const sym# = Symbol('s'); const o# = { [sym#]: 1, get twice() { return this[sym#] * 2; } };",
        each: "o#[sym#]++; when#.setDate(when#.getDate() + i); out.push(o#.twice, when#.toISOString());",
    },
    Piece {
        before: "",
        each: "out.push(Math.random() < 1, crypto.randomUUID().length, Date.now() > 0, performance.now() >= 0);",
    },
    Piece {
        before: "",
        each: "try { await (async () => { await null; throw new TypeError('t' + i); })(); } catch (e) { out.push(e.name + e.message); }",
    },
    Piece {
        before: "const big# = Array.from({length: 400}, (_, n) => ({ id: n, name: 'n' + n, tags: [n % 3, n % 7] }));",
        each: "out.push(big#.filter((r) => r.tags[0] === i % 3).map((r) => r.id).slice(-2).join(), big#.sort((a, b) => b.tags[1] - a.tags[1] || a.id - b.id)[0].id);",
    },
    Piece {
        before: "const p# = new Proxy({}, { get: (target, key) => String(key) + Object.keys(target).length, set: (target, key, v) => { target[key] = v; return true; } });",
        each: "p#['z' + i] = i; out.push(p#.name);",
    },
];

/// A script made of some pieces, in any order, over several waits.
pub(crate) fn script() -> impl Strategy<Value = String> {
    (
        prop::collection::vec(0..PIECES.len(), 1..6),
        1_usize..5,
        any::<bool>(),
    )
        .prop_map(|(chosen, waits, log)| assemble(&chosen, waits, log))
}

/// A script with every piece.
pub(crate) fn everything() -> String {
    assemble(&(0..PIECES.len()).collect::<Vec<_>>(), 3, true)
}

fn assemble(chosen: &[usize], waits: usize, log: bool) -> String {
    let mut source = String::from("const out = [];\n");
    for (number, piece) in chosen.iter().enumerate() {
        source.push_str(&numbered(PIECES[*piece].before, number));
        source.push('\n');
    }
    source.push_str(&format!("for (let i = 1; i <= {waits}; i++) {{\n"));
    source.push_str("const r = await t.echo({i, n: out.length}); out.push(r.text.length);\n");
    for (number, piece) in chosen.iter().enumerate() {
        source.push_str(&numbered(PIECES[*piece].each, number));
        source.push('\n');
    }
    if log {
        source.push_str("console.log('round', i, out.length);\n");
    }
    source.push_str("}\nreturn out;\n");
    source
}

/// Gives a piece names of its own: `c#` becomes `c0_`; private fields (`#x`)
/// keep their mark.
fn numbered(code: &str, number: usize) -> String {
    let mut numbered = String::with_capacity(code.len() + 16);
    let mut before = ' ';
    for char in code.chars() {
        if char == '#' && before.is_ascii_alphanumeric() {
            numbered.push_str(&format!("{number}_"));
        } else {
            numbered.push(char);
        }
        before = char;
    }
    numbered
}
