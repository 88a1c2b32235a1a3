// A result of 50 MiB rejects that call; the script goes on.
// @within 15
// @expect result_too_large
// @expect after
let code = "";
try {
  await fake.big_text({ bytes: 50 * 2 ** 20 });
} catch (error) {
  code = `${error.code}: ${error.message}`;
}
return [code, await fake.echo({ value: "after" })];
