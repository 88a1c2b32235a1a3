// Floor: 500 nested blocks and templates.
// @expect ["in","xxx"]
let seen = "";
@@repeat(500,"{")seen = "in";@@repeat(500,"}")
const text = @@repeat(500,"`${")"xxx"@@repeat(500,"}`");
return [seen, text];
