// 500 arrays of 100,000 elements, none kept.
// @expect 50000000
// @within 6
let total = 0;
for (let i = 0; i < 500; i++) total += new Array(1e5).fill(i).length;
return total;
