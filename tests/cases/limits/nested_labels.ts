// Statements nested by 50,000 labels and loops.
// @fails
// @within 5
@@repeat(25000,"for(;;)")break;
