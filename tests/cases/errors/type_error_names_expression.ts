// A TypeError names the expression.
// @fails
// @expect item.price.toFixd is not a function
const item = { price: 3.14159 };
return item.price.toFixd(2);
