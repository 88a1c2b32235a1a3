// Arrow functions nested 50,000 deep.
// @fails
// @within 5
return @@repeat(50000,"()=>")1;
