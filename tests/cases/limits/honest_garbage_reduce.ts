// The same with `reduce`, over 2,000 keys.
// @expect 2000
// @within 6
const keys = Array.from({ length: 2000 }, (_, i) => `key${i}`);
return Object.keys(keys.reduce((acc, k) => ({ ...acc, [k]: 1 }), {})).length;
