// Floor: source nested 500 deep in arrays, 499 in parentheses and calls inside one.
// @expect [1,500,499]
const id = (x: number) => x + 1;
const arrays = @@repeat(500,"[")1@@repeat(500,"]");
let depth = 0;
for (let at: unknown = arrays; Array.isArray(at); at = at[0]) depth++;
return [@@repeat(499,"(")1@@repeat(499,")"), depth, @@repeat(499,"id(")0@@repeat(499,")")];
