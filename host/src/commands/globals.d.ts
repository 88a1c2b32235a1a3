/** The error of a call that failed: catch it to go on with the rest. */
declare class ToolError extends Error {
  constructor(message?: string, details?: Partial<Pick<ToolError, "server" | "tool" | "code" | "content" | "retryable">>);
  /** The server's name. */
  server: string;
  /** The tool's name. */
  tool: string;
  /** What kind of failure: `tool_error`, `timeout`, `invalid_arguments`, … */
  code: string;
  /** The content blocks that came with the failure. */
  content: unknown;
  /** Whether the same call may succeed later. */
  retryable: boolean;
  toJSON(): object;
}

/** Calls a tool by name: server and tool, or `server.tool`. */
declare function callTool(server: string, tool: string, args?: object): Promise<unknown>;
declare function callTool(tool: string, args?: object): Promise<unknown>;

/** Finds tools by what they do, best first. */
declare function searchTools(
  query?: string,
  options?: string | { server?: string; limit?: number },
): Promise<{ name: string; summary: string }[]>;

/** Describes tools (`server.tool`) or servers in TypeScript. */
declare function describeTools(
  names: string | string[],
  options?: RetortDetail | { detail?: RetortDetail },
): Promise<string>;
type RetortDetail = "signature" | "brief" | "full";

/** Values that earlier answers had to cut. */
declare const results: {
  /** The whole value kept under an id such as `r1`. */
  get(id: string): Promise<unknown>;
};

/** Passes a content block to the client beside the value: an image, a resource, … */
declare function emit(block: { type: string; [field: string]: unknown }): void;

// From the web: of the browser's library scripts have this and nothing else. Where that
// library is there too, its own types count.

interface Console {
  assert(condition?: boolean, ...data: any[]): void;
  clear(): void;
  count(label?: string): void;
  countReset(label?: string): void;
  debug(...data: any[]): void;
  dir(item?: any, options?: any): void;
  dirxml(...data: any[]): void;
  error(...data: any[]): void;
  group(...data: any[]): void;
  groupCollapsed(...data: any[]): void;
  groupEnd(): void;
  info(...data: any[]): void;
  log(...data: any[]): void;
  table(tabularData?: any, properties?: string[]): void;
  time(label?: string): void;
  timeEnd(label?: string): void;
  timeLog(label?: string, ...data: any[]): void;
  trace(...data: any[]): void;
  warn(...data: any[]): void;
}
declare var console: Console;

declare function setTimeout<A extends any[]>(handler: (...args: A) => void, ms?: number, ...args: A): number;
declare function clearTimeout(id: number | undefined): void;
declare function setInterval<A extends any[]>(handler: (...args: A) => void, ms?: number, ...args: A): number;
declare function clearInterval(id: number | undefined): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T, options?: { transfer?: any[] }): T;
declare function atob(data: string): string;
declare function btoa(data: string): string;

interface Crypto {
  getRandomValues<T extends ArrayBufferView | null>(array: T): T;
  randomUUID(): `${string}-${string}-${string}-${string}-${string}`;
}
declare var crypto: Crypto;

interface Performance {
  now(): number;
  readonly timeOrigin: number;
}
declare var performance: Performance;

interface TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
  encodeInto(source: string, destination: Uint8Array<ArrayBufferLike>): { read: number; written: number };
}
declare var TextEncoder: typeof globalThis extends { onmessage: any; TextEncoder: infer T } ? T
  : { prototype: TextEncoder; new (): TextEncoder };

interface TextDecoder {
  decode(input?: ArrayBuffer | ArrayBufferView | null, options?: { stream?: boolean }): string;
}
declare var TextDecoder: typeof globalThis extends { onmessage: any; TextDecoder: infer T } ? T
  : { prototype: TextDecoder; new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder };

interface URL {
  hash: string;
  host: string;
  hostname: string;
  href: string;
  toString(): string;
  readonly origin: string;
  password: string;
  pathname: string;
  port: string;
  protocol: string;
  search: string;
  readonly searchParams: URLSearchParams;
  username: string;
  toJSON(): string;
}
declare var URL: typeof globalThis extends { onmessage: any; URL: infer T } ? T
  : { prototype: URL; new (url: string | URL, base?: string | URL): URL; canParse(url: string | URL, base?: string | URL): boolean };

interface URLSearchParams extends Iterable<[string, string]> {
  append(name: string, value: string): void;
  delete(name: string, value?: string): void;
  entries(): IterableIterator<[string, string]>;
  forEach(callback: (value: string, key: string, parent: URLSearchParams) => void, thisArg?: any): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  keys(): IterableIterator<string>;
  set(name: string, value: string): void;
  readonly size: number;
  sort(): void;
  toString(): string;
  values(): IterableIterator<string>;
}
declare var URLSearchParams: typeof globalThis extends { onmessage: any; URLSearchParams: infer T } ? T
  : { prototype: URLSearchParams; new (init?: Iterable<[string, string]> | Record<string, string> | string): URLSearchParams };

interface Event {
  readonly cancelable: boolean;
  readonly defaultPrevented: boolean;
  readonly timeStamp: number;
  readonly type: string;
  preventDefault(): void;
  stopImmediatePropagation(): void;
  stopPropagation(): void;
}
declare var Event: typeof globalThis extends { onmessage: any; Event: infer T } ? T
  : { prototype: Event; new (type: string, options?: { cancelable?: boolean }): Event };

interface CustomEvent<T = any> extends Event {
  readonly detail: T;
}
declare var CustomEvent: typeof globalThis extends { onmessage: any; CustomEvent: infer T } ? T
  : { prototype: CustomEvent; new <T>(type: string, options?: { cancelable?: boolean; detail?: T }): CustomEvent<T> };

interface EventTarget {
  addEventListener(type: string, listener: ((event: Event) => void) | null, options?: boolean | { once?: boolean; signal?: AbortSignal }): void;
  removeEventListener(type: string, listener: ((event: Event) => void) | null): void;
  dispatchEvent(event: Event): boolean;
}
declare var EventTarget: typeof globalThis extends { onmessage: any; EventTarget: infer T } ? T
  : { prototype: EventTarget; new (): EventTarget };

interface AbortSignal extends EventTarget {
  readonly aborted: boolean;
  readonly reason: any;
  throwIfAborted(): void;
}
declare var AbortSignal: typeof globalThis extends { onmessage: any; AbortSignal: infer T } ? T
  : { prototype: AbortSignal; abort(reason?: any): AbortSignal; any(signals: AbortSignal[]): AbortSignal; timeout(ms: number): AbortSignal };

interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: any): void;
}
declare var AbortController: typeof globalThis extends { onmessage: any; AbortController: infer T } ? T
  : { prototype: AbortController; new (): AbortController };

interface DOMException extends Error {
  readonly code: number;
}
declare var DOMException: typeof globalThis extends { onmessage: any; DOMException: infer T } ? T
  : { prototype: DOMException; new (message?: string, name?: string): DOMException };
