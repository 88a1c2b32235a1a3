// However a script floods its answer, the answer stays within its limit.
// @fails
// @within 5
// @expect Error: yyyyyyyyyy
// @expect of 1,000,
// @expect calls: 
for (let i = 0; i < 5000; i++) console.error("flood ".repeat(10));
for (let i = 0; i < 200; i++) fake.echo({ value: "x".repeat(1000) });
throw new Error("y".repeat(1_000_000));
