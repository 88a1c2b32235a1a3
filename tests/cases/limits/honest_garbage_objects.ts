// A million short-lived objects.
// @expect 499999500000
// @within 6
let sum = 0;
for (let i = 0; i < 1_000_000; i++) sum += { id: i, name: "x", tags: ["a"] }.id;
return sum;
