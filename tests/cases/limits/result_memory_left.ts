// A result that does not fit into what is left of the script's memory rejects that call.
// @expect ["result_too_large","fake","big_text","the result of `fake.big_text` has 7.6 MiB, and of the script's memory of 256 MiB 
// @expect ask for less at a time","226"]
// @number 1 22.8 memory of 256 MiB _ MiB are left
const kept: ArrayBuffer[] = [];
for (let i = 0; i < 226; i++) kept.push(new ArrayBuffer(2 ** 20));
try {
  return (await fake.big_text({ bytes: 8_000_000 })).length;
} catch (error) {
  return [error.code, error.server, error.tool, error.message, await fake.echo({ value: kept.length })];
}
