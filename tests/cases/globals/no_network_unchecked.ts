// `fetch` says that there is no network, and what to use. This is while it runs.
// @fails
// @unchecked
// @expect ReferenceError: fetch is not defined
// @expect a script has no network: use the tools of the servers
const response = await fetch("https://example.com/");
return response.status;
