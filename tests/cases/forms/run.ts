// A function named `run` is called.
// @expect from run
const run = async () => "from run";
