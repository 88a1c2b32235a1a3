// An error's cause is told.
// @fails
// @expect Error: outer (caused by Error: inner)
// @expect at 8:9
try {
  throw new Error("inner");
} catch (error) {
  throw new Error("outer", { cause: error });
}
