// A reserved word and `then` get an underscore; awaiting a namespace does nothing.
// @expect ["deleted nothing","then",true]
const same = (await fake) === fake;
return [await fake.delete_({}), await fake.then_({}), same];
