// A `var` that has the name of a parameter starts with its value.
// @expect 12 and 4
function scaled(by, base = 3) {
  var by = by || 1;
  var twice = by + by;
  return base * twice;
}
return `${scaled(2)} and ${scaled(0, 2)}`;
