// A chain of 100,000 binary operators: 3,000 are as high as 500 brackets.
// @fails
// @within 1
// @expect the source is nested deeper than 500
// @expect at 6:6007
return @@repeat(100000,"1+")1;
