// Nothing in the sandbox reaches files, the network, the environment or a process.
// @expect []
const names = ["process", "require", "Deno", "Bun", "module", "WebSocket", "XMLHttpRequest", "EventSource", "Worker",
  "WebAssembly", "SharedArrayBuffer", "Atomics", "importScripts", "navigator", "localStorage", "indexedDB"];
return names.filter((name) => name in globalThis && typeof globalThis[name] !== "undefined" && !["SharedArrayBuffer", "Atomics"].includes(name));
