import { forall, refinement, type u32 } from 'plimsoll';
import { AppendLog } from './code.ts';
import { checksum, matches, type Slot } from './slot.ts';
import { Log } from './spec.ts';
import { Tape } from './tape.ts';

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
