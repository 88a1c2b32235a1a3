// A long text is cut, with true numbers.
// @expect of 200,000 characters
// @expect the whole value (200,000 characters) is kept
// @expect results.get("r
return await fake.big_text({ bytes: 200000 });
