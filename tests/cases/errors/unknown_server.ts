// A misspelt server too.
// @expect unknown_server: 
// @expect `my_server`
try {
  await callTool("my-srver", "echo", {});
} catch (error) {
  return `${error.code}: ${error.message}`;
}
