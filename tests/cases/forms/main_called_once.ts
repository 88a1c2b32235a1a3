// A `main` that the script calls itself is not called again.
// @expect 1
let calls = 0;
async function main() {
  calls += 1;
  return calls;
}
return await main();
