// A named function that is exported as default is called, whatever else stands
// in the script.
// @expect all 3 read
const ROWS: number[] = [1, 2, 3];
export default async function report() {
  return line(ROWS.length);
}
function line(count: number) {
  return `all ${count} read`;
}
