/** What a slot of the tape holds; the checksum ships with the code that uses it. */
import { u32 } from 'plimsoll';

/** A value with its checksum. */
export interface Slot {
  readonly value: u32;
  readonly sum: u32;
}

/** The complement, so that a slot of zeros does not match; nothing else is used of it. */
export function checksum(value: u32): u32 {
  return u32(0xffff_ffff - value);
}

/** Whether the checksum of a slot is that of its value. */
export function matches(slot: Slot): boolean {
  return slot.sum === checksum(slot.value);
}
