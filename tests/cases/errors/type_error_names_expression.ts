// A TypeError names the expression.
// @fails
// @expect TypeError: item.price.toFixd is not a function
// @expect at 6:8
const item = { price: 3.14159 };
return item.price.toFixd(2);
