// A function with a parameter is no value for a result.
// @fails
// @expect function
const pick = (item: { id: number }) => item.id;
return pick;
