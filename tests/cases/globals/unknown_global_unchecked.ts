// An unknown global is named, and so is what there is. This is while it runs.
// @fails
// @unchecked
// @expect ReferenceError: lodash is not defined
// @expect at 8:8
// @expect the servers are `fake`, `rude`, `my_server`
// @expect `console`
return lodash.sum([1, 2]);
