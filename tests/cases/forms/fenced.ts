// A script in a markdown fence is taken out of it.
// @strip
// @expect 3
```ts
const answer: number = (await fake.add({ a: 1, b: 2 })).sum;
return answer;
```
