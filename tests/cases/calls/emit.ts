// An image passes through to the client.
// @expect sent
const image = [].concat(await fake.image({}))[0];
emit(image);
return "sent";
