// A cyclic value names the way round.
// @fails
// @expect `.customer.orders[0]` in the value leads back to the value itself
const order: Record<string, unknown> = { id: 1 };
order.customer = { orders: [order] };
return order;
