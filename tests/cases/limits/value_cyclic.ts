// A cyclic value names the way round.
// @fails
// @expect leads back
const order: Record<string, unknown> = { id: 1 };
order.customer = { orders: [order] };
return order;
