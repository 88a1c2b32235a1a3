// 500 levels of nesting arrive, the outermost of them an object.
// @limits {"callMs":1500}
// @within 1
// @expect {"depth":499}
const { deep } = await rude.nested({ levels: 499 });
let depth = 0;
for (let at = deep; at; at = at[0]) depth++;
return { depth };
