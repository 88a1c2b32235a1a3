// An accumulator spread over 5,000 keys.
// @expect 5000
// @within 6
let acc: Record<string, number> = {};
for (let i = 0; i < 5000; i++) acc = { ...acc, [`key${i}`]: i };
return Object.keys(acc).length;
