// Arrow functions nested 50,000 deep.
// @fails
// @within 1
// @expect the source is nested deeper than 500
// @expect at 6:2006
return @@repeat(50000,"()=>")1;
