// Deleting 10,000 keys.
// @within 6
// @expect 0
const object = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i]));
for (const key of Object.keys(object)) delete object[key];
return Object.keys(object).length;
