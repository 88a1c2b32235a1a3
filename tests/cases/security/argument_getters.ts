// Arguments are read once: what is checked is what is sent.
// @expect {"reads":1,"sent":"first"}
let reads = 0;
const sent = await fake.echo({ get value() { return reads++ === 0 ? "first" : "second"; } });
return { reads, sent };
