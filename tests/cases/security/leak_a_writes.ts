// A script changes everything it can reach; the next case looks for it.
// @expect left a mark
globalThis.mark = "mine";
Array.prototype.mark = "mine";
Object.prototype.mark = "mine";
JSON.parse = () => "forged";
Promise.prototype.then = function () { return "forged"; };
fake.echo = () => "forged";
return "left a mark";
