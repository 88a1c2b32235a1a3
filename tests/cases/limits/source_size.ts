// A source that is too large says its size and the limit.
// @fails
// @within 1
// @expect bytes; 262144 are allowed
return "@@repeat(300000,"x")".length;
