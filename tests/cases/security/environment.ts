// A downstream is given a small environment: none of Retort's own secrets.
// @expect []
const names: string[] = await fake.environment({});
return names.filter((name) => name.startsWith("RETORT_") || name.includes("SECRET") || name.startsWith("CARGO"));
