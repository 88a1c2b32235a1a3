// A misspelt server too.
// @expect my_server
try {
  await callTool("my-srver", "echo", {});
} catch (error) {
  return `${error.code}: ${error.message}`;
}
