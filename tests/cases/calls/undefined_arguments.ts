// What JSON cannot hold is left out of arguments, as `JSON.stringify` does.
// @expect {"a":1,"d":"2026-01-01T00:00:00.000Z"}
return await fake.echo({ value: { a: 1, b: undefined, c: () => 1, d: new Date("2026-01-01") } });
