import { anyBlocks, anyBoolean, assume, u32 } from 'plimsoll';
import { checksum, type Slot } from './slot.ts';

/**
 * Slots of two words, which are not written at once.
 *
 * Until the next write or sync is done, a write is under way. Power lost then leaves of each word
 * the old or the new one; what is assumed of the checksum is that this is noticed.
 */
export class Tape {
  slots: Slot[];
  /** The slot whose write is under way, and what it held before. */
  writing: { readonly index: number; readonly old: Slot } | null;

  constructor(size: number) {
    this.slots = new Array<Slot>(size).fill({ value: u32(0), sum: u32(0) });
    this.writing = null;
  }

  /** Any number of slots, full of zeros. */
  static initial(): Tape {
    return new Tape(anyBlocks().length);
  }

  /** What is in a slot; outside the tape, zeros. */
  read(index: number): Slot {
    return this.has(index) ? this.slots[index]! : { value: u32(0), sum: u32(0) };
  }

  /** Begins to replace a slot; outside the tape, nothing. */
  write(index: number, value: u32, sum: u32): void {
    if (!this.has(index)) return;
    this.writing = { index, old: this.slots[index]! };
    this.slots[index] = { value, sum };
  }

  /** Waits until what was written is durable. */
  sync(): void {
    this.writing = null;
  }

  /** How many slots there are. */
  size(): number {
    return this.slots.length;
  }

  /** The slot that was being written may be torn. */
  crash(): void {
    const writing = this.writing;
    this.writing = null;
    if (writing === null || !this.has(writing.index)) return;
    const { index, old } = writing;
    const now = this.slots[index]!;
    const value = anyBoolean() ? now.value : old.value;
    const sum = anyBoolean() ? now.sum : old.sum;
    const whole =
      (value === now.value && sum === now.sum) || (value === old.value && sum === old.sum);
    assume(whole || sum !== checksum(value), 'a torn slot does not match its checksum');
    this.slots[index] = { value, sum };
  }

  private has(index: number): boolean {
    return 0 <= index && index < this.slots.length;
  }
}
