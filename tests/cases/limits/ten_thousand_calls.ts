// 10,000 calls at once: those beyond the limit are rejected, the others are made.
// @within 10
// @expect {"fulfilled":256,"rejected":9744}
const settled = await Promise.allSettled(Array.from({ length: 10_000 }, (_, n) => fake.echo({ value: n })));
return {
  fulfilled: settled.filter(({ status }) => status === "fulfilled").length,
  rejected: settled.filter(({ status }) => status === "rejected").length,
};
