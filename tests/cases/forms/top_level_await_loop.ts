// Top-level `for await` and async generators work.
// @expect [1,2,3]
async function* numbers() {
  for (let n = 1; n <= 3; n++) yield (await fake.echo({ value: n }), n);
}
const seen: number[] = [];
for await (const n of numbers()) seen.push(n);
return seen;
