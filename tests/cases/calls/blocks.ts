// Media come as content blocks, unknown kinds included.
// @expect {"image":["image"],"mixed":["text","image"],"future":["text","hologram"]}
const kinds = (blocks) => blocks.map((block) => block.type);
return {
  image: kinds([].concat(await fake.image({}))),
  mixed: kinds(await fake.mixed({})),
  future: kinds(await fake.future_block({})),
};
