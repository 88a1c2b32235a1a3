// Enums work, with names and values.
// @expect ["Blue",2,"r"]
enum Colour {
  Red,
  Green,
  Blue,
}
const enum Short {
  Red = "r",
}
return [Colour[2], Colour.Blue, Short.Red];
