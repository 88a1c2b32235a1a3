// A string that doubles for ever does not fit.
// @fails
// @within 2
// @number 256.1 4096 memory limit reached: 256 MiB allowed, _ MiB needed
let text = "x";
for (;;) text += text;
