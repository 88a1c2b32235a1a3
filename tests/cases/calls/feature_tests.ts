// Namespaces are plain objects of functions: they can be listed and tested.
// @expect {"isFunction":"function","missing":"undefined","optional":null,"hasEcho":true,"servers":["fake","my_server","rude"]}
return {
  isFunction: typeof fake.echo,
  missing: typeof fake.no_such_tool,
  optional: (await fake.no_such_tool?.({})) ?? null,
  hasEcho: Object.keys(fake).includes("echo"),
  servers: Object.keys(tools).filter((name) => ["fake", "rude", "my_server"].includes(name)).sort(),
};
