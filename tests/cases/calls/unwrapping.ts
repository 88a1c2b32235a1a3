// Results come as the values they hold.
// @expect {"structured":{"sum":3},"wrapped":42,"json":[1,2],"text":"hello","texts":["text 1","text 2"],"none":null}
return {
  structured: await fake.add({ a: 1, b: 2 }),
  wrapped: await fake.wrapped({}),
  json: await fake.echo({ value: [1, 2] }),
  text: await fake.echo({ value: "hello" }),
  texts: await fake.texts({ n: 2 }),
  none: (await fake.nothing({})) ?? null,
};
