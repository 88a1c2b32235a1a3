// 2,000 slices of 20,000 elements, one kept.
// @expect 18000
// @within 6
let b = Array.from({ length: 20_000 }, (_, n) => n);
for (let i = 0; i < 2000; i++) b = b.slice(1);
return b.length;
