// A call never awaited that fails is reported and does not fail the script.
// @expect fine
// @expect nobody listens
fake.fail({ message: "nobody listens" });
return "fine";
