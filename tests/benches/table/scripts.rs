//! Scripts: the work agents do over what tools return.

use std::time::Duration;

use super::program::{connect, run};
use super::{Row, median, ms, quickjs};

/// A piece of work over some prepared data.
struct Work {
    name: &'static str,
    runs: usize,
    /// Prepares `data`; takes a size in percent.
    prepare: fn(u32) -> String,
    /// Uses `data` and ends with a value.
    code: &'static str,
    /// How often the work is done in one run, so that it stands out from
    /// preparing its data.
    repeat: u32,
    /// Whether it is also run at half the size.
    scaled: bool,
}

const WORKS: &[Work] = &[
    Work {
        name: "fib(20)",
        runs: 15,
        prepare: |_| String::new(),
        code: "const fib = (n) => n < 2 ? n : fib(n - 1) + fib(n - 2); return fib(20)",
        repeat: 1,
        scaled: false,
    },
    Work {
        name: "group, average and sort 5,000 records",
        runs: 11,
        prepare: |percent| records(50 * percent),
        code: GROUP,
        repeat: 4,
        scaled: true,
    },
    Work {
        name: "JSON.parse of 1 MB",
        runs: 7,
        prepare: |percent| {
            format!(
                "{} const text = JSON.stringify(data);",
                records(140 * percent)
            )
        },
        code: "return JSON.parse(text).length",
        repeat: 4,
        scaled: true,
    },
    Work {
        name: "JSON.stringify to 1 MB",
        runs: 7,
        prepare: |percent| records(140 * percent),
        code: "return JSON.stringify(data).length",
        repeat: 4,
        scaled: true,
    },
    Work {
        name: "split 1 MB into 25,000 lines",
        runs: 7,
        prepare: lines,
        code: r"return data.split('\n').length",
        repeat: 20,
        scaled: true,
    },
    Work {
        name: "split 1 MB by regular expression",
        runs: 5,
        prepare: lines,
        code: r"return data.split(/\r?\n/).length",
        repeat: 4,
        scaled: true,
    },
    Work {
        name: "matchAll over 1 MB",
        runs: 5,
        prepare: lines,
        code: r"let n = 0; for (const m of data.matchAll(/value=(\d+)/g)) n += Number(m[1]); return n",
        repeat: 4,
        scaled: true,
    },
    Work {
        name: "replaceAll over 1 MB",
        runs: 5,
        prepare: lines,
        code: "return data.replaceAll('value', 'v').length",
        repeat: 20,
        scaled: true,
    },
    Work {
        name: "indexOf loop over 1 MB",
        runs: 5,
        prepare: lines,
        code: r"let n = 0; for (let i = data.indexOf('\n'); i >= 0; i = data.indexOf('\n', i + 1)) n++; return n",
        repeat: 20,
        scaled: true,
    },
];

const GROUP: &str = r"
const groups = new Map();
for (const r of data) {
  const key = r.tags[0];
  const g = groups.get(key) ?? { key, count: 0, price: 0, stock: 0 };
  g.count++; g.price += r.price; g.stock += r.stock;
  groups.set(key, g);
}
const rows = [...groups.values()].map((g) => ({ key: g.key, count: g.count, price: g.price / g.count, stock: g.stock }));
rows.sort((a, b) => b.price - a.price);
const top = data.filter((r) => r.stock > 50).sort((a, b) => b.price - a.price || a.id - b.id).slice(0, 10).map((r) => r.name);
return rows.length + top.length";

fn records(n: u32) -> String {
    format!(
        "const data = Array.from({{length: {n}}}, (_, i) => ({{ id: i, name: 'Product number ' + i, price: (i * 7919 % 10000) / 100, stock: i % 97, tags: ['tag' + i % 13, 'tag' + i % 7] }}));"
    )
}

fn lines(percent: u32) -> String {
    format!(
        "const data = Array.from({{length: {}}}, (_, i) => 'line ' + String(i).padStart(6, '0') + ' value=' + String(i % 1000).padStart(4, '0') + ' some text').join('\\n');",
        250 * percent
    )
}

pub(super) fn rows() -> Vec<Row> {
    let client = connect("bench-scripts");
    let mut rows = vec![tool_result(&client)];
    for work in WORKS {
        let time = |percent| {
            let prepare = (work.prepare)(percent);
            let all = format!(
                "{prepare}\nconst work = () => {{ {} }};\nlet last; for (let n = 0; n < {}; n++) last = work(); return last",
                work.code, work.repeat
            );
            let with = median(work.runs, || run(&client, &all));
            let without = median(work.runs, || run(&client, &format!("{prepare}\nreturn 1")));
            with.saturating_sub(without) / work.repeat
        };
        let full = time(100);
        let mut row = Row::new(work.name, ms(full)).note("without preparing the data");
        if work.scaled {
            let half = time(50);
            let ratio = full.as_secs_f64() / half.max(Duration::from_micros(1)).as_secs_f64();
            row = row.note(format!("{ratio:.1} times half the size"));
        }
        row.quickjs = ms(quickjs::time(&(work.prepare)(100), work.code, work.runs));
        rows.push(row);
    }
    rows
}

/// The same grouping over a tool's result, from the call to the answer.
fn tool_result(client: &retort_tests::client::Client) -> Row {
    let fetch = "const data = await fake.records({n: 5000});\n";
    let all = median(11, || run(client, &format!("{fetch}{GROUP}")));
    let fetched = median(11, || run(client, &format!("{fetch}return data.length")));
    Row::new("a tool's 5,000 records, grouped and sorted", ms(all)).note(format!(
        "transport and decoding {}, script {}",
        ms(fetched),
        ms(all.saturating_sub(fetched))
    ))
}
