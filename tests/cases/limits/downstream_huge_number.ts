// A number no double can hold is what V8 makes of it.
// @limits {"callMs":1500}
// @within 1
// @expect [true,true]
const { n, minus } = await rude.huge_number({});
return [n === Infinity, minus === -Infinity];
