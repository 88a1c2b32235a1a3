// A tool misspelt at run time is an error with the nearest names and how to search.
// @expect unknown_tool: there is no tool `fake.create_ordr`; nearest: `fake.create_order`
// @expect searchTools(
try {
  await callTool("fake", "create_ordr", {});
} catch (error) {
  return `${error.code}: ${error.message}`;
}
