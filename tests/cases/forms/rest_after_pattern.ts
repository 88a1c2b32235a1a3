// A rest lacks what the patterns beside it took apart.
// @expect c,c,c,c
const left: string[] = [];
const keep = ({ a: { b }, ...rest }) => left.push(...Object.keys(rest));
const value = { a: { b: 1 }, c: 2 };
keep(value);
const { a: [first] = [0], ...some } = { c: 3, a: undefined };
left.push(...Object.keys(some));
let b, other;
({ ["a"]: { b }, ...other } = value);
left.push(...Object.keys(other));
for (const { a: { b }, ...each } of [value]) left.push(...Object.keys(each));
return left.join();
