//! What looking at a script before it runs costs, and what a large catalogue does.

use std::time::{Duration, Instant};

use retort_tests::client::{Client, Era};
use retort_tests::setup::Setup;
use serde_json::json;

use super::program::{binaries, run};
use super::{Row, ms};

/// Forty lines as an agent writes them, with every kind of thing that is looked at.
const SCRIPT: &str = r#"// Orders what is short in stock, and tells what came of it.
interface Product { id: number; name: string; price: number; stock: number; tags: string[] }
const SHORT = 20;
const wanted = ["garden", "office"];
async function load(n: number): Promise<Product[]> {
  const rows = await fake.records({ n });
  return rows.filter((row: Product) => row.tags.some((tag) => wanted.includes(tag)));
}

class Basket {
  lines: { sku: string; quantity: number }[] = [];
  add(product: Product) {
    this.lines.push({ sku: `P-${product.id}`, quantity: SHORT - product.stock });
    return this;
  }
  get size() {
    return this.lines.reduce((sum, line) => sum + line.quantity, 0);
  }
}

const totalOf = ({ price, stock }: Product) => price * stock;
const products = await load(30);
const short = products.filter((product) => product.stock < SHORT);
const basket = new Basket();
for (const product of short) basket.add(product);

const sums = await Promise.all(
  short.slice(0, 3).map(async (product) => {
    const { sum } = await fake.add({ a: totalOf(product), b: product.stock });
    return { name: product.name, sum };
  }),
);
let order = null;
try {
  order = await fake.create_order({ customer: "depot", lines: basket.lines, priority: "low" });
} catch (error) {
  console.warn(`no order: ${error.message}`);
}
const echoed = await fake.echo({ value: { size: basket.size, order: order?.order ?? null } });
return { echoed, sums, average: sums.length ? sums.reduce((all, { sum }) => all + sum, 0) / sums.length : 0 };
"#;

/// Measurements of each of two things.
const RUNS: usize = 300;

pub(super) fn rows() -> Vec<Row> {
    let fake = |name: &str, tools: &str, check: bool| {
        let setup = Setup::new(binaries(), name)
            .fake("fake", &["--extra-tools", tools])
            .set("checkScripts", json!(check));
        let client = Client::connect(setup.serve(), Era::Legacy("2025-06-18"));
        client.value_of("return await fake.echo({value: 1})");
        client
    };
    let few = fake("bench-few", "10", true);
    let unchecked = fake("bench-unchecked", "10", false);
    let many = fake("bench-many", "1000", true);
    let (checked, bare) = paired(|| run(&few, SCRIPT), || run(&unchecked, SCRIPT));
    let (large, small) = paired(|| run(&many, "return 1"), || run(&few, "return 1"));
    vec![
        Row::new("a script of 40 lines with 5 calls", ms(checked)).note(format!(
            "{} unchecked: inspection and check take {}",
            ms(bare),
            ms(checked.saturating_sub(bare))
        )),
        Row::new("trivial execute_code with 1,000 tools", ms(large)).note(format!(
            "{} with 10: {:.2} times",
            ms(small),
            large.as_secs_f64() / small.as_secs_f64()
        )),
    ]
}

/// The medians of two things measured in turn, so that both have the same machine.
fn paired(mut one: impl FnMut(), mut other: impl FnMut()) -> (Duration, Duration) {
    let timed = |work: &mut dyn FnMut()| {
        let began = Instant::now();
        work();
        began.elapsed()
    };
    let (mut first, mut second): (Vec<_>, Vec<_>) = (0..RUNS)
        .map(|_| (timed(&mut one), timed(&mut other)))
        .unzip();
    first.sort();
    second.sort();
    (first[RUNS / 2], second[RUNS / 2])
}
