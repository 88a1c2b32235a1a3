// Parameter properties and access modifiers work.
// @expect 12
class Box {
  private scale = 3;
  constructor(readonly size: number) {}
  public area(): number {
    return this.size * this.scale;
  }
}
return new Box(4).area();
