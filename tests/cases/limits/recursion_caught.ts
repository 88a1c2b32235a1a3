// What follows runaway recursion in a `catch` does not matter: the script ends.
// @fails
// @expect calls are nested deeper than 20000
// @expect at 6:3
function again(): void {
  again();
}
try {
  again();
} catch {
  return "caught";
}
