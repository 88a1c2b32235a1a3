// Date forms that V8 reads are read.
// @expect ["2026-03-01T10:00:00.000Z","2026-03-07T00:00:00.000Z","2026-03-01T00:00:00.000Z","2026-03-07T09:30:00.000Z"]
return ["2026-03-01 10:00", "March 7, 2026", "03/01/2026", "7 Mar 2026 09:30"].map((text) => new Date(text).toISOString());
