// Reading from `undefined` names what was undefined.
// @fails
// @expect customer
const order = await fake.echo({ value: { lines: [] } });
return order.customer.name;
