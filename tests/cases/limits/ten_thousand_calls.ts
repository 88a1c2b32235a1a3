// 10,000 calls at once: those beyond the limit are rejected, the others are made.
// @within 3
// @expect {"fulfilled":256,"too_many_calls":9744}
const settled = await Promise.allSettled(Array.from({ length: 10_000 }, (_, n) => fake.echo({ value: n })));
const count: Record<string, number> = {};
for (const one of settled) {
  const how = one.status === "fulfilled" ? "fulfilled" : one.reason.code;
  count[how] = (count[how] ?? 0) + 1;
}
return count;
