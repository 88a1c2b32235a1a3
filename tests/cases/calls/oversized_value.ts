// A value that is too long for the model is cut by structure, with true numbers.
// @expect more of 2,000]
// @expect the whole value (163,781 characters) is kept
// @expect results.get("r
return await fake.records({ n: 2000 });
