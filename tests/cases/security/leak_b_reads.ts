// Nothing of an earlier script is left.
// @expect ["undefined","undefined","undefined",1,"real"]
return [typeof globalThis.mark, typeof [].mark, typeof {}.mark, JSON.parse("1"), await fake.echo({ value: "real" })];
