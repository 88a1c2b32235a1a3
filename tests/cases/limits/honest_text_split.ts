// 1 MB of text split into lines, by string and by regular expression.
// @expect [25000,25000]
// @within 1
const text = "the quick brown fox jumps over the dogs\n".repeat(25_000).slice(0, -1);
return [text.split("\n").length, text.split(/\r?\n/).length];
