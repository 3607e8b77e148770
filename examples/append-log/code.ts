/**
 * Values on a tape, in order, each with its checksum; after the last comes a slot that does not
 * match.
 *
 * The slot after the last is the only one that is ever written. Recovery ends the log before the
 * first slot that does not match: that one was torn, or is not in use yet.
 */
import { forall, invariant, type Operations, stateOf, u32 } from 'plimsoll';
import { checksum, matches } from './slot.ts';
import type { Log } from './spec.ts';
import type { Tape } from './tape.ts';

export class AppendLog implements Operations<Log> {
  private readonly tape: Operations<Tape>;
  /** How many values there are. */
  used = 0;

  constructor(tape: Operations<Tape>) {
    this.tape = tape;
  }

  init(): boolean {
    const size = this.tape.size();
    for (let index = 0; index < size; index++) {
      invariant(() => stateOf<Tape>(this.tape).slots.length === size);
      invariant(() => forall(0, index, (i) => !matches(stateOf<Tape>(this.tape).slots[i]!)));
      this.tape.write(index, u32(0), u32(0));
    }
    this.tape.sync();
    this.used = 0;
    return true;
  }

  append(value: u32): boolean {
    if (this.used >= this.tape.size()) return false;
    this.tape.write(this.used, value, checksum(value));
    // Power lost here leaves the value, or a slot that recovery cuts off.
    this.tape.sync();
    this.used = this.used + 1;
    return true;
  }

  get(index: number): u32 | null {
    return 0 <= index && index < this.used ? this.tape.read(index).value : null;
  }

  length(): number {
    return this.used;
  }

  recover(): void {
    this.used = this.firstBad();
  }

  /** The first slot that does not match; the end of the tape if there is none. */
  private firstBad(): number {
    const size = this.tape.size();
    for (let index = 0; index < size; index++) {
      invariant(() => forall(0, index, (i) => matches(stateOf<Tape>(this.tape).slots[i]!)));
      if (!matches(this.tape.read(index))) return index;
    }
    return size;
  }
}
