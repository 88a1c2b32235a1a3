// A Map or a Set is not silently an empty object.
// @expect {"map":{"a":1},"set":[1]}
return { map: new Map([["a", 1]]), set: new Set([1]) };
