// A server named like a global does not replace it.
// @server console
// @server JSON
// @server __proto__
// @server constructor
// @server results
// @expect ["function","function","function","x"]
console.log("still the console");
return [typeof console.log, typeof JSON.parse, typeof results.get, await tools["JSON"].echo({ value: "x" })];
