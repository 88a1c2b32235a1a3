// Floor: JSON nested 500 deep is read and written.
// @expect [1000,500]
const text = "[".repeat(500) + "]".repeat(500);
const value = JSON.parse(text);
let depth = 0;
for (let at = value; at; at = at[0]) depth++;
return [JSON.stringify(value).length, depth];
