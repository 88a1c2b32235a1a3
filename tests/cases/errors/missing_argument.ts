// A missing argument is reported with path, what was expected and the signature.
// @expect invalid_arguments: 
// @expect `args.lines[0].quantity`: expected a value
// @expect got none
// @expect fake.create_order(args: { customer: string; lines: { sku: string; quantity: number }[]
try {
  const lines = JSON.parse('[{"sku":"a"}]');
  await fake.create_order({ customer: "c", lines });
} catch (error) {
  return `${error.code}: ${error.message}`;
}
