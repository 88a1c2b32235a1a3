// Tools can be searched and described from inside a script.
// @expect true
const found = await searchTools("add two numbers");
const described = await describeTools(["fake.add"]);
return JSON.stringify(found).includes("fake.add") && JSON.stringify(described).includes("sum");
