// A script that replaces built-ins changes neither its value nor the account of its calls.
// @expect {"honest":true}
// @absent forged
JSON.stringify = () => '"forged"';
Object.prototype.toJSON = undefined;
Array.prototype.push = () => 0;
Array.prototype[Symbol.iterator] = function* () { yield "forged"; };
String.prototype.toString = () => "forged";
await fake.echo({ value: 1 });
return { honest: true };
