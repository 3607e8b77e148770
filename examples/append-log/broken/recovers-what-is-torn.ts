// expect: refuted
// because: recovery takes every slot that is not empty for a value, also a torn one
import { forall, invariant, type Operations, refinement, stateOf, u32 } from 'plimsoll';
import { checksum, matches, type Slot } from '../slot.ts';
import { Log } from '../spec.ts';
import { Tape } from '../tape.ts';

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
      if (this.tape.read(index).sum === 0) return index;
    }
    return size;
  }
}

export const layer = refinement({
  promise: Log,
  code: AppendLog,
  on: Tape,
  abstraction: (log, tape, code) =>
    code.used === log.values.length && tape.writing === null && holds(log, tape),
  crash: (before, after, tape) =>
    (tape.writing === null && holds(before, tape)) ||
    (tape.writing === null && holds(after, tape)) ||
    // The next slot is being written.
    (tape.writing !== null &&
      tape.writing.index === before.values.length &&
      !matches(tape.writing.old) &&
      after.values.length === before.values.length + 1 &&
      holds(after, tape)),
  initially: (tape) => new Log(tape.slots.length),
});

/** Whether the values are on the tape, and after them only slots that do not match. */
function holds(log: Log, tape: Tape): boolean {
  return (
    tape.slots.length === log.capacity &&
    log.values.length <= log.capacity &&
    forall(0, log.values.length, (i) => keeps(tape.slots[i]!, log.values[i]!)) &&
    forall(log.values.length, log.capacity, (i) => !matches(tape.slots[i]!))
  );
}

function keeps(slot: Slot, value: u32): boolean {
  return slot.value === value && slot.sum === checksum(value);
}
