// A source that is too large says its size and the limit.
// @fails
// @expect 262144 are allowed
return "@@repeat(300000,"x")".length;
