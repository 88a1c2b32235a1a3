// `localeCompare` sorts letters, not code units.
// @expect ["a","A","b","B","e","é","z"]
return ["z", "é", "e", "B", "b", "A", "a"].sort((a, b) => a.localeCompare(b));
