// Statements nested by 50,000 labels and loops.
// @fails
// @within 1
// @expect the source is nested deeper than 500
// @expect at 6:21004
@@repeat(25000,"for(;;)")break;
