// A tool's error can be caught and says who and what.
// @expect {"isError":true,"name":"ToolError","server":"fake","tool":"fail","code":"tool_error","message":"out of stock","retryable":false}
try {
  await fake.fail({ message: "out of stock" });
} catch (error) {
  const { name, server, tool, code, message, retryable } = error;
  return { isError: error instanceof Error, name, server, tool, code, message, retryable };
}
