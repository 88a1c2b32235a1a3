// 200 levels of nesting arrive.
// @limits {"callMs":1500}
// @within 1
// @expect {"depth":200}
const { deep } = await rude.nested({ levels: 200 });
let depth = 0;
for (let at = deep; at; at = at[0]) depth++;
return { depth };
