// Keys of a result that name prototypes are plain keys.
// @expect [true,false,true,1]
const value = await rude.proto_keys({});
return [Object.hasOwn(value, "__proto__"), "polluted" in {}, Object.hasOwn(value, "constructor"), value.toString];
