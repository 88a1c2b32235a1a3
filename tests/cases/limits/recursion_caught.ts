// What follows runaway recursion in a `catch` does not matter: the script ends.
// @fails
function again(): void {
  again();
}
try {
  again();
} catch {
  return "caught";
}
