/** A machine small enough to write wrong programs on. */
export class Cell {
  value: number;

  constructor(value: number) {
    this.value = value;
  }

  static initial(): Cell {
    return new Cell(0);
  }

  load(): number {
    return this.value;
  }

  store(value: number): void {
    this.value = value;
  }

  crash(): void {}
}
