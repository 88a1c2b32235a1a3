// Only results that were kept can be loaded.
// @expect ["no","no","no"]
return await Promise.all(["r999999", "__proto__", "../r1"].map(async (id) => {
  try {
    return await results.get(id);
  } catch {
    return "no";
  }
}));
