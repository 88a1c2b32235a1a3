// A function named `main` is called.
// @expect from main
async function main() {
  return await fake.echo({ value: "from main" });
}
