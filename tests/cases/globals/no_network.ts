// `fetch` says that there is no network, and what to use.
// @fails
// @expect network
const response = await fetch("https://example.com/");
return response.status;
