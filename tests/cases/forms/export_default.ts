// An exported default function is called.
// @expect exported
export default async function () {
  return "exported";
}
