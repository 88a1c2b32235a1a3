// 1 GB of strings with 5 MB alive.
// @expect 5000000
// @within 6
const keep: string[] = [];
for (let i = 0; i < 1000; i++) {
  const text = String(i % 10).repeat(1_000_000);
  if (i % 200 === 0) keep.push(text);
}
return keep.reduce((sum, text) => sum + text.length, 0);
