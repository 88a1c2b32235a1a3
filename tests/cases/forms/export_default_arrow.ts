// An exported default arrow function is called.
// @expect exported arrow
export default async () => "exported arrow";
