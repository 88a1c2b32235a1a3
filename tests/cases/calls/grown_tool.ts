// A tool announced in mid-run is not there before the next run.
// @expect ["grown_1","undefined"]
return [await rude.grow({}), typeof rude.grown_1];
