// An error has its line and column, and the line's text, as the agent wrote it.
// @fails
// @expect RangeError: out of range
// @expect at 9:33
// @quotes function fails(): never { throw new RangeError("out of range"); }
interface Unused {
  a: number;
}
function fails(): never { throw new RangeError("out of range"); }
fails();
