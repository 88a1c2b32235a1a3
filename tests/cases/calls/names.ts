// Names that are no identifiers work sanitised, by bracket and through `callTool`.
// @expect [{"id":"1","found":true},{"id":"2","found":true},{"id":"3","found":true},{"id":"4","found":true}]
return await Promise.all([
  my_server.get_item({ id: "1" }),
  tools["my-server"]["get-item"]({ id: "2" }),
  callTool("my-server", "get-item", { id: "3" }),
  tools.my_server.get_item({ id: "4" }),
]);
