/** Sequences of 32-bit words of any length, each kept once and numbered as it arrives. */
import { longer, mixed } from './records.ts';

export class Sequences {
  size = 0;
  /** Those that are kept, one after the other. */
  private words: Int32Array = new Int32Array(1024);
  /** Where each begins; after the last one, where the next will. */
  private starts: Int32Array = new Int32Array(256);
  /** One more than the number of a sequence, where a hash leads to; 0 where there is none. */
  private slots: Int32Array = new Int32Array(512);

  /** The number of the first `length` words: the size before, if they are new. */
  number(words: Int32Array, length: number): number {
    const mask = this.slots.length - 1;
    for (let slot = mixed(words, 0, length) & mask; ; slot = (slot + 1) & mask) {
      const found = this.slots[slot]!;
      if (found === 0) {
        this.slots[slot] = this.size + 1;
        return this.keep(words, length);
      }
      if (this.holds(found - 1, words, length)) return found - 1;
    }
  }

  /** Compares all of it: two sequences may have one hash. */
  private holds(number: number, words: Int32Array, length: number): boolean {
    const from = this.starts[number]!;
    if (this.starts[number + 1]! - from !== length) return false;
    for (let at = 0; at < length; at++) if (this.words[from + at] !== words[at]) return false;
    return true;
  }

  private keep(words: Int32Array, length: number): number {
    const number = this.size++;
    const from = this.starts[number]!;
    this.words = longer(this.words, from + length);
    this.words.set(words.subarray(0, length), from);
    this.starts = longer(this.starts, this.size + 1);
    this.starts[this.size] = from + length;
    if (2 * this.size > this.slots.length) this.spread();
    return number;
  }

  private spread(): void {
    this.slots = longer(new Int32Array(0), 2 * this.slots.length);
    const mask = this.slots.length - 1;
    for (let number = 0; number < this.size; number++) {
      const words = this.words.subarray(this.starts[number]!, this.starts[number + 1]!);
      let slot = mixed(words, 0, words.length) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = number + 1;
    }
  }
}
