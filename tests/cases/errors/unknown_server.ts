// A misspelt server too.
// @expect my-server
try {
  await callTool("my-srver", "echo", {});
} catch (error) {
  return `${error.code}: ${error.message}`;
}
