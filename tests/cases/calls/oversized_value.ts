// A value that is too long for the model is cut by structure, with true numbers.
// @expect 2,000
// @expect results.get
return await fake.records({ n: 2000 });
