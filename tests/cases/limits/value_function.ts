// A function with a parameter is no value for a result.
// @fails
// @expect the value is a function, which JSON cannot express
const pick = (item: { id: number }) => item.id;
return pick;
