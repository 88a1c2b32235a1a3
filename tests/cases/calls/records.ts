// A large result is worked on inside; only what is returned comes out.
// @expect {"count":5000,"tags":5,"top":"Product 27"}
const items = await fake.records({ n: 5000 });
const tags = Object.groupBy(items, (item) => item.tags[0]);
items.sort((a, b) => b.price - a.price || a.id - b.id);
return { count: items.length, tags: Object.keys(tags).length, top: items[0].name };
