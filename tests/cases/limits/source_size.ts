// A source that is too large says its size and the limit.
// @fails
// @expect 256 KiB
return "@@repeat(300000,"x")".length;
