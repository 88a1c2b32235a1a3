// Random values and UUIDs are there and differ.
// @expect [true,true,true,16]
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const [a, b] = [crypto.randomUUID(), crypto.randomUUID()];
const bytes = crypto.getRandomValues(new Uint8Array(16));
return [uuid.test(a), a !== b, Math.random() !== Math.random(), bytes.length];
