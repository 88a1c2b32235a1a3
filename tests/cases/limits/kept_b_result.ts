// A later script loads it.
// @limits {"answerCharacters":1000}
// @expect [2000,1999]
const kept = await results.get("r1");
return [kept.length, kept[1999].id];
