// A string is the first block as it is; the calls are told beside it.
// @expect plain text
return await fake.echo({ value: "plain text" });
