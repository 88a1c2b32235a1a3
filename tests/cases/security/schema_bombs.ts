// Schemas made to be slow to check do not hold a call up.
// @expect ["checked","checked"]
// @within 1.5
return [await rude.ref_bomb({ x: {} }), await rude.regex_bomb({ x: "a".repeat(60) + "!" }).catch((error) => error.code === "invalid_arguments" && "checked")];
