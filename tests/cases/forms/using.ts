// What `using` declares is disposed of, last first.
// @expect open, work, second, first
const log: string[] = [];
const held = (name: string) => ({
  [Symbol.dispose]() {
    log.push(name);
  },
});
async function work() {
  using one = held("first");
  await using two = held("second");
  log.push("open");
  log.push((await fake.echo({ value: "work" })) as string);
}
await work();
return log.join(", ");
