// Only results that were kept can be loaded.
// @expect ["no","no"]
return await Promise.all(["__proto__", "../r1"].map(async (id) => {
  try {
    return await results.get(id);
  } catch {
    return "no";
  }
}));
