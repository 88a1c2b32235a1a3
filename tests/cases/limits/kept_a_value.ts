// A value that is cut is kept whole: under `r1`, as it is the first here.
// @limits {"answerCharacters":1000}
// @expect more of 2,000]
// @expect the whole value (163,781 characters) is kept
return await fake.records({ n: 2000 });
