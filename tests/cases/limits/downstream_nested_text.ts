// 100,000 levels as text stay text.
// @absent SyntaxError
// @limits {"callMs":1500}
// @within 1
// @expect ["string",200000]
const text = await rude.nested_text({ levels: 100000 });
return [typeof text, text.length];
