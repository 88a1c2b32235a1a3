// A result of 50 MiB rejects that call; the script goes on.
// @within 3
// @expect result_too_large: the result of `fake.big_text`
// @expect "after"]
// @number 52428800 52429000 has _ bytes, 8388608 are allowed
let code = "";
try {
  await fake.big_text({ bytes: 50 * 2 ** 20 });
} catch (error) {
  code = `${error.code}: ${error.message}`;
}
return [code, await fake.echo({ value: "after" })];
