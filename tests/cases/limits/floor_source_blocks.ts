// Floor: 490 nested blocks, functions and templates.
// @expect ["in","xxx"]
let seen = "";
@@repeat(490,"{")seen = "in";@@repeat(490,"}")
const text = @@repeat(240,"`${")"xxx"@@repeat(240,"}`");
return [seen, text];
