// An error has its line and column, and the line's text, as the agent wrote it.
// @fails
// @expect 8
// @expect throw new RangeError
interface Unused {
  a: number;
}
function fails(): never { throw new RangeError("out of range"); }
fails();
