// Reading from `undefined` names what was undefined.
// @fails
// @expect (reading 'name')
// @expect `order.customer` is undefined; `order` has `lines`
const order = await fake.echo({ value: { lines: [] } });
return order.customer.name;
