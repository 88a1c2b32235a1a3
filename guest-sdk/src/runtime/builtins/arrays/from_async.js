// `Array.fromAsync`, which the engine lacks. An expression: an object whose one
// method is it, so that it can be no constructor.
"use strict";
({
  async fromAsync(items, mapper = undefined, thisArgument = undefined) {
    if (mapper !== undefined && typeof mapper !== "function") {
      throw new TypeError(`${String(mapper)} is not a function`);
    }
    const constructs = typeof this === "function" && "prototype" in this;
    const define = (target, index, value) =>
      Object.defineProperty(target, index, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    if ((items[Symbol.asyncIterator] ?? items[Symbol.iterator]) != null) {
      const result = constructs ? new this() : [];
      let index = 0;
      for await (const item of items) {
        const value = mapper ? await mapper.call(thisArgument, item, index) : item;
        define(result, index++, value);
      }
      result.length = index;
      return result;
    }
    const source = Object(items);
    const length = Math.min(Math.max(Math.trunc(Number(source.length)) || 0, 0), Number.MAX_SAFE_INTEGER);
    const result = constructs ? new this(length) : new Array(length);
    for (let index = 0; index < length; index++) {
      const item = await source[index];
      define(result, index, mapper ? await mapper.call(thisArgument, item, index) : item);
    }
    result.length = length;
    return result;
  },
})
