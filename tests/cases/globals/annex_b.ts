// What agents still write: `substr`, `escape`, `getYear`.
// @expect ["bc","%20",126]
return ["abcd".substr(1, 2), escape(" "), new Date("2026-06-01").getYear()];
