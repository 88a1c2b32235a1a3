// Reading from `undefined` names what was undefined.
// @fails
// @expect (reading 'name')
// @expect `order.customer` has no value
const order = await fake.echo({ value: { lines: [] } });
return order.customer.name;
