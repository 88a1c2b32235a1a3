// Blocks nested 100,000 deep.
// @fails
// @within 5
@@repeat(100000,"{")@@repeat(100000,"}")
