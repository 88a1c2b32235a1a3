// One failure does not lose the others' results.
// @expect {"good":["a","c"],"bad":["no b"]}
const settled = await Promise.allSettled([
  fake.echo({ value: "a" }),
  fake.fail({ message: "no b" }),
  fake.echo({ value: "c" }),
]);
return {
  good: settled.flatMap((s) => (s.status === "fulfilled" ? [s.value] : [])),
  bad: settled.flatMap((s) => (s.status === "rejected" ? [s.reason.message] : [])),
};
