import { anyBlocks, anyBoolean } from 'plimsoll';

/** Memory that keeps single bits without power, each written at once. */
export class Flags {
  flags: boolean[];

  constructor(size: number, flag: boolean) {
    this.flags = new Array<boolean>(size).fill(flag);
  }

  /** Any number of bits. A new part has all of them set, or none. */
  static initial(): Flags {
    return new Flags(anyBlocks().length, anyBoolean());
  }

  /** How many bits there are. */
  size(): number {
    return this.flags.length;
  }

  get(index: number): boolean {
    return this.has(index) && this.flags[index]!;
  }

  set(index: number, flag: boolean): void {
    if (this.has(index)) this.flags[index] = flag;
  }

  /** Nothing is lost. */
  crash(): void {}

  private has(index: number): boolean {
    return 0 <= index && index < this.flags.length;
  }
}
