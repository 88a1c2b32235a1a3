// Another locale is an error, not a wrong answer.
// @fails
// @expect de-DE
return (1234.5).toLocaleString("de-DE");
