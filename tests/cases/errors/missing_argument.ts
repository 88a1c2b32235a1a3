// A missing argument is reported with path, what was expected and the signature.
// @expect invalid_arguments
// @expect quantity
// @expect create_order
try {
  const lines = JSON.parse('[{"sku":"a"}]');
  await fake.create_order({ customer: "c", lines });
} catch (error) {
  return `${error.code}: ${error.message}`;
}
