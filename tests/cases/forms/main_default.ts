// A first parameter with a default keeps it: the globals go only to one that
// may want them.
// @expect 7 of 7
async function main(limit = 7, rows: string[] = []) {
  return `${limit - rows.length} of ${limit}`;
}
