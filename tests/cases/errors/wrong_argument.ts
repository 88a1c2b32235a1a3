// A wrong argument never reaches the server.
// @expect {"code":"invalid_arguments","reached":false}
const priority = ["urgent"][0];
try {
  await fake.create_order({ customer: "c", lines: [], priority });
} catch (error) {
  const journal = await fake.journal({});
  return { code: error.code, reached: journal.some(({ what }) => what?.tool === "create_order") };
}
