// Another locale is an error, not a wrong answer.
// @fails
// @expect RangeError: 
// @expect `de-DE`
// @expect at 6:17
return (1234.5).toLocaleString("de-DE");
