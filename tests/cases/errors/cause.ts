// An error's cause is told.
// @fails
// @expect outer
// @expect inner
try {
  throw new Error("inner");
} catch (error) {
  throw new Error("outer", { cause: error });
}
