// A string that doubles for ever does not fit.
// @fails
// @within 10
let text = "x";
for (;;) text += text;
