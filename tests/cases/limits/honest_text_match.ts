// 1 MB of text matched and replaced.
// @expect [25000,25000,1050000,25000]
// @within 1
const text = "the quick brown fox jumps over the dogs\n".repeat(25_000);
const matches = [...text.matchAll(/quick (\w+)/g)];
const replaced = text.replace(/fox/g, "foxes").length;
let count = 0;
for (let at = text.indexOf("jumps"); at >= 0; at = text.indexOf("jumps", at + 1)) count++;
return [matches.length, text.match(/dogs/g).length, replaced, count];
