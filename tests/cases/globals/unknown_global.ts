// An unknown global is named, and so is what there is.
// @fails
// @expect lodash
// @expect console
return lodash.sum([1, 2]);
