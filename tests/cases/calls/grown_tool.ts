// A tool that is announced while the server runs can be called by name at the next script.
// @expect grown_
return await rude.grow({});
