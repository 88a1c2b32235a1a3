// An unknown global is named, and so is what there is.
// @fails
// @expect `lodash` is not defined
// @expect at 7:8
// @expect the servers are `fake`, `rude`, `my_server`
// @expect `console`
return lodash.sum([1, 2]);
