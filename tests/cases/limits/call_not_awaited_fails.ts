// A call never awaited that fails is reported and does not fail the script.
// @expect fine
// @expect calls: 1 failed
// @expect (tool_error)
// @expect nobody handled it: ToolError: nobody listens (line 6)
fake.fail({ message: "nobody listens" });
return "fine";
