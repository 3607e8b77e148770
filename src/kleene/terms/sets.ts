/**
 * Sets of small numbers as words of bits, from the first word that is not zero to the last. Equal
 * sets have one number, so they compare at once.
 */
import { Exhausted } from './limit.ts';

export const emptySet = 0;

/** A quarter of a gigabyte. */
const mostWords = 2 ** 26;

export class Sets {
  /** All words one after the other; set s has those from start[s] to start[s + 1]. */
  words = new Uint32Array(1 << 12);
  start = new Int32Array(1 << 10);
  /** How many words of zeros come before those of a set. */
  skip = new Int32Array(1 << 10);
  size = 0;
  /** The most words that any set spans. */
  widest = 0;
  #table = new Int32Array(1 << 11).fill(-1);
  #scratch = new Uint32Array(64);

  constructor() {
    this.intern(this.#scratch, 0);
  }

  /** The set of the bits in the first words. */
  intern(bits: Uint32Array, length: number): number {
    let to = length;
    while (to > 0 && bits[to - 1] === 0) to--;
    let from = 0;
    while (from < to && bits[from] === 0) from++;
    return this.#find(bits, from, to, from);
  }

  single(element: number): number {
    const bits = this.#room(1);
    bits[0] = 1 << (element & 31);
    return this.#find(bits, 0, 1, element >>> 5);
  }

  of(elements: readonly number[]): number {
    let most = -1;
    for (const element of elements) if (element > most) most = element;
    const length = (most + 32) >>> 5;
    const bits = this.#room(length);
    bits.fill(0, 0, length);
    for (const element of elements) bits[element >>> 5]! |= 1 << (element & 31);
    return this.intern(bits, length);
  }

  union(left: number, right: number): number {
    if (left === right || right === emptySet) return left;
    if (left === emptySet) return right;
    const length = Math.max(this.#span(left), this.#span(right));
    const bits = this.#room(length);
    bits.fill(0, 0, length);
    this.into(left, bits);
    this.into(right, bits);
    return this.intern(bits, length);
  }

  /** Adds the set to the bits. */
  into(set: number, bits: Uint32Array): void {
    const from = this.start[set]!;
    const to = this.start[set + 1]!;
    const shift = this.skip[set]! - from;
    for (let i = from; i < to; i++) bits[shift + i]! |= this.words[i]!;
  }

  /** Whether all of the set is in the bits. */
  isIn(set: number, bits: Uint32Array): boolean {
    const from = this.start[set]!;
    const to = this.start[set + 1]!;
    const shift = this.skip[set]! - from;
    for (let i = from; i < to; i++) if ((this.words[i]! & ~bits[shift + i]!) !== 0) return false;
    return true;
  }

  /** One of the set that is not in the bits, or -1. */
  missing(set: number, bits: Uint32Array): number {
    const from = this.start[set]!;
    const to = this.start[set + 1]!;
    const shift = this.skip[set]! - from;
    for (let i = from; i < to; i++) {
      const word = this.words[i]! & ~bits[shift + i]!;
      if (word !== 0) return 32 * (shift + i) + 31 - Math.clz32(word);
    }
    return -1;
  }

  /** The largest element, or -1. */
  last(set: number): number {
    const to = this.start[set + 1]!;
    if (to === this.start[set]!) return -1;
    return 32 * (this.#span(set) - 1) + 31 - Math.clz32(this.words[to - 1]!);
  }

  /** How many elements there are. */
  count(set: number): number {
    let count = 0;
    for (let i = this.start[set]!; i < this.start[set + 1]!; i++)
      for (let word = this.words[i]!; word !== 0; word &= word - 1) count++;
    return count;
  }

  elements(set: number): number[] {
    const found: number[] = [];
    const from = this.start[set]!;
    const shift = this.skip[set]! - from;
    for (let i = from; i < this.start[set + 1]!; i++)
      for (let word = this.words[i]!; word !== 0; word &= word - 1)
        found.push((shift + i) * 32 + 31 - Math.clz32(word & -word));
    return found;
  }

  #span(set: number): number {
    return this.skip[set]! + this.start[set + 1]! - this.start[set]!;
  }

  #room(length: number): Uint32Array {
    if (length > this.#scratch.length) this.#scratch = new Uint32Array(length * 2);
    return this.#scratch;
  }

  #find(bits: Uint32Array, from: number, to: number, skip: number): number {
    let slot = this.#slot(bits, from, to, skip);
    for (let set = this.#table[slot]!; set >= 0; set = this.#table[slot]!) {
      if (this.skip[set] === skip && this.#equal(set, bits, from, to)) return set;
      slot = (slot + 1) & (this.#table.length - 1);
    }
    this.#table[slot] = this.size;
    return this.#append(bits, from, to, skip);
  }

  /** All words count: sets that differ late would meet in one slot. */
  #slot(bits: Uint32Array, from: number, to: number, skip: number): number {
    let hash = Math.imul(skip + 1, 0x85ebca6b);
    for (let i = from; i < to; i++) {
      hash = Math.imul(hash ^ bits[i]!, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return (hash ^ (hash >>> 13)) & (this.#table.length - 1);
  }

  #equal(set: number, bits: Uint32Array, from: number, to: number): boolean {
    const start = this.start[set]!;
    if (this.start[set + 1]! - start !== to - from) return false;
    for (let i = from; i < to; i++) if (this.words[start + i - from] !== bits[i]) return false;
    return true;
  }

  #append(bits: Uint32Array, from: number, to: number, skip: number): number {
    const start = this.start[this.size]!;
    const end = start + to - from;
    if (end > mostWords) throw new Exhausted('pairs');
    if (end > this.words.length) {
      this.words = larger(this.words, 2 * end);
    }
    this.widest = Math.max(this.widest, skip + to - from);
    this.words.set(bits.subarray(from, to), start);
    if (this.size + 2 > this.start.length) {
      this.start = larger(this.start);
      this.skip = larger(this.skip);
    }
    this.skip[this.size] = skip;
    this.start[this.size + 1] = end;
    this.size++;
    if (2 * this.size > this.#table.length) this.#rehash();
    return this.size - 1;
  }

  #rehash(): void {
    this.#table = new Int32Array(2 * this.#table.length).fill(-1);
    for (let set = 0; set < this.size; set++) {
      const [from, to] = [this.start[set]!, this.start[set + 1]!];
      let slot = this.#slot(this.words, from, to, this.skip[set]!);
      while (this.#table[slot]! >= 0) slot = (slot + 1) & (this.#table.length - 1);
      this.#table[slot] = set;
    }
  }
}

/** A number for some sets. Gaps in arrays would make look-ups slow. */
export class Memo {
  #numbers = new Int32Array(64).fill(-1);

  /** Undefined if nothing was set. */
  get(set: number): number | undefined {
    const known = set < this.#numbers.length ? this.#numbers[set]! : -1;
    return known === -1 ? undefined : known;
  }

  set(set: number, number: number): number {
    const before = this.#numbers.length;
    if (set >= before) this.#numbers = larger(this.#numbers, 2 * set).fill(-1, before);
    this.#numbers[set] = number;
    return number;
  }
}

/** The same with more room. */
export function larger<Numbers extends Int32Array | Uint32Array | Uint8Array>(
  array: Numbers,
  length = 2 * array.length,
): Numbers {
  const result = new (array.constructor as new (length: number) => Numbers)(length);
  result.set(array);
  return result;
}
