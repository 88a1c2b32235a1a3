// Encoders, base64 and URLs are there.
// @expect {"utf8":[226,130,172],"back":"€","base64":"aGVsbG8=","plain":"hello","query":"a b&c","host":"example.com:8080"}
const utf8 = [...new TextEncoder().encode("€")];
const url = new URL("https://example.com:8080/path?q=a%20b%26c#top");
return {
  utf8,
  back: new TextDecoder().decode(new Uint8Array(utf8)),
  base64: btoa("hello"),
  plain: atob("aGVsbG8="),
  query: url.searchParams.get("q"),
  host: url.host,
};
