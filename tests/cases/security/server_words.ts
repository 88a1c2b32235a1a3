// A server's instructions are marked as the server's words.
// @expect in the server's own words:
// @expect > Be kind to the fake.
return await describeTools(["fake"]);
