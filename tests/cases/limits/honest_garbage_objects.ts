// A million short-lived objects.
// @within 15
// @expect 499999500000
let sum = 0;
for (let i = 0; i < 1_000_000; i++) sum += { id: i, name: "x", tags: ["a"] }.id;
return sum;
