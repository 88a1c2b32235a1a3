// Recursion without end in an async generator ends as any other.
// @fails
// @expect stack limit reached
async function* again(n: number): AsyncGenerator<number> {
  for await (const x of again(n + 1)) yield x;
}
for await (const x of again(0)) console.log(x);
