// A tool misspelt at run time is an error with the nearest names and how to search.
// @expect create_order
// @expect search
try {
  await callTool("fake", "create_ordr", {});
} catch (error) {
  return `${error.code}: ${error.message}`;
}
