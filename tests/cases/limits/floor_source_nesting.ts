// Floor: source nested 490 deep in parentheses, arrays and calls.
// @expect [1,490,490]
const id = (x: number) => x + 1;
const arrays = @@repeat(490,"[")1@@repeat(490,"]");
let depth = 0;
for (let at: unknown = arrays; Array.isArray(at); at = at[0]) depth++;
return [@@repeat(490,"(")1@@repeat(490,")"), depth, @@repeat(490,"id(")0@@repeat(490,")")];
