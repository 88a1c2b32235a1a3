// An empty script is no crash.
// @expect the script's value is `undefined`
