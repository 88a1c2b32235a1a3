// A long text is cut, with true numbers.
// @expect 200,000
// @expect results.get
return await fake.big_text({ bytes: 200000 });
