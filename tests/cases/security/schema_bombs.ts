// Schemas made to be slow to check do not hold a call up.
// @within 3
// @expect ["checked","checked"]
return [await rude.ref_bomb({ x: {} }), await rude.regex_bomb({ x: "a".repeat(60) + "!" }).catch((error) => error.code === "invalid_arguments" && "checked")];
