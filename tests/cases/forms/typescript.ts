// Annotations, `as`, `satisfies`, interfaces, generics and non-null assertions are stripped.
// @expect {"name":"b","price":2}
import type { Something } from "somewhere";

interface Item {
  name: string;
  price: number;
}
type Cheapest<T extends { price: number }> = (items: readonly T[]) => T | undefined;

const cheapest: Cheapest<Item> = (items) => [...items].sort((a, b) => a.price - b.price)[0];
const items = [{ name: "a", price: 3 }, { name: "b", price: 2 }] satisfies Item[];
function identity<T>(value: T): T {
  return value as T;
}
return identity<Item>(cheapest(items)!);
