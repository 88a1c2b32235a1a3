// A script may be an async function expression in parentheses.
// @expect seven
(async function () {
  return "seven";
})
