// Text beyond ASCII arrives as it was sent.
// @expect [true,true,"😀"]
const text = await fake.unicode({});
return [text.includes("👩‍👩‍👧"), text.includes("\u0000"), await fake.echo({ value: "😀" })];
