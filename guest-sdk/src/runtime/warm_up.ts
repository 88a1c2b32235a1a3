// Touches what is initialised at first use.
interface Row { id: number; name: string; tags?: string[] }
enum Level { Low, High }
const rows: Row[] = Array.from({ length: 8 }, (_, id) => ({ id, name: `row ${id}`, tags: ["a"] }));
const by = new Map<string, Row[]>();
for (const row of rows) {
  const key = row.name.replace(/\d+/g, "#").split(" ")[0];
  by.set(key, [...(by.get(key) ?? []), { ...row }]);
}
class Counter { #n = 0; next() { return ++this.#n; } }
const counter = new Counter();
const all = await Promise.all(rows.map(async (row) => row.id + counter.next()));
for (const fail of [() => (undefined as any).x, () => ({} as any).f(1), () => JSON.parse("{")]) {
  try { fail(); } catch (error) { String((error as Error).stack); }
}
await Promise.allSettled([callTool("no" as any, 1 as any), new Promise((done) => queueMicrotask(() => done(1)))]);
console.log?.("ready", { all }, Level.High, new Date(0).toISOString());
return JSON.parse(JSON.stringify({ all, keys: [...by.keys()], sorted: rows.sort((a, b) => b.id - a.id) }));
