// A string is the first block as it is.
// @expect plain text
return await fake.echo({ value: "plain text" });
