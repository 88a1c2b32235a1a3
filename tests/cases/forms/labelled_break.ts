// A `break` to a label leaves the loops between, and the loop around goes on.
// @expect found 2 and 3
const found: number[] = [];
for (const page of [[[1, 2], [2, 2]], [[1], [3], [4]]]) {
  search: for (const rows of page) {
    for (const row of rows) {
      if (row > 1) {
        found.push(row);
        break search;
      }
    }
  }
}
return `found ${found.join(" and ")}`;
