// A tool named like a property of every object is only a tool.
// @expect ["called __proto__","called constructor","called toString",true]
return [
  await callTool("rude", "__proto__", {}),
  await callTool("rude", "constructor", {}),
  await callTool("rude", "toString", {}),
  Object.getPrototypeOf(rude) === null,
];
