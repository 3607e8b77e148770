/**
 * Records of a fixed number of 32-bit words, each kept once, numbered in the order of arrival.
 *
 * They lie side by side in one array; an open hash table has their numbers. A record counts as
 * known only if all of its words are the same: a hash alone would now and then drop a state that
 * nobody has looked at, and call what is left everything.
 */
import { TooMany } from '../choices.ts';

export type Hash = (words: Int32Array, from: number, width: number) => number;

/** Numbers of records must stay below what 32 bits hold with a sign. */
const most = 2 ** 31 - 2;

export class Records {
  readonly width: number;
  /** How many there are. */
  size = 0;
  /** The records; from `next` on there is room for another one. */
  words: Int32Array;
  /** One more than the number of a record, where a hash leads to; 0 where there is none. */
  private slots: Int32Array;
  private readonly hash: Hash;

  constructor(width: number, hash: Hash = mixed, room = 1024) {
    this.width = width;
    this.hash = hash;
    this.words = new Int32Array(room * width);
    this.slots = new Int32Array(powerAbove(2 * room));
  }

  /** Where the words of the next record go. */
  get next(): number {
    return this.size * this.width;
  }

  /** What it all takes in memory. */
  get bytes(): number {
    return this.words.byteLength + this.slots.byteLength;
  }

  /** The number of a record, which is kept if it is new: then the number is the size before. */
  add(record: ArrayLike<number>): number {
    const from = this.next;
    for (let at = 0; at < this.width; at++) this.words[from + at] = record[at]!;
    return this.settle();
  }

  /** The same for a record that stands at `next` already. */
  settle(): number {
    const { words, slots, width, size } = this;
    const mask = slots.length - 1;
    const from = size * width;
    for (let slot = this.hash(words, from, width) & mask; ; slot = (slot + 1) & mask) {
      const found = slots[slot]!;
      if (found === 0) {
        slots[slot] = size + 1;
        this.size = size + 1;
        if (from + 2 * width > words.length || 2 * this.size > slots.length) this.grow();
        return size;
      }
      const there = (found - 1) * width;
      let at = 0;
      while (at < width && words[there + at] === words[from + at]) at++;
      if (at === width) return found - 1;
    }
  }

  /** One word of a record. */
  word(number: number, at: number): number {
    return this.words[number * this.width + at]!;
  }

  private grow(): void {
    if (this.size > most) throw new TooMany(`more than ${most} states`);
    this.words = longer(this.words, (this.size + 1) * this.width);
    if (2 * this.size <= this.slots.length) return;
    const slots = allocate(2 * this.slots.length, this.size);
    const mask = slots.length - 1;
    for (let number = 0; number < this.size; number++) {
      let slot = this.hash(this.words, number * this.width, this.width) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.slots = slots;
  }
}

/** The numbers, with room for at least `length` of them. */
export function longer(numbers: Int32Array, length: number): Int32Array {
  if (length <= numbers.length) return numbers;
  const more = allocate(Math.max(length, 2 * numbers.length), numbers.length);
  more.set(numbers);
  return more;
}

function allocate(length: number, states: number): Int32Array {
  try {
    return new Int32Array(length);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new TooMany(`no memory for more than ${states} states`);
  }
}

/** Spreads records that differ in any bit over the whole table. */
export function mixed(words: Int32Array, from: number, width: number): number {
  let hash = 0;
  for (let at = 0; at < width; at++) {
    hash = Math.imul(hash ^ words[from + at]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

function powerAbove(least: number): number {
  let power = 1;
  while (power < least) power *= 2;
  return power;
}
