// What names a tool is text, whatever else it pretends to be.
// @expect rejected
try {
  let reads = 0;
  await callTool({ toString: () => (reads++ ? "rude" : "fake") }, ["echo"], { value: 1 });
  return "accepted";
} catch (error) {
  return `rejected: ${error.message}`;
}
