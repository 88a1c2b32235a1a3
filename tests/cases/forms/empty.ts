// An empty script is no crash.
// @expect the script returned nothing
