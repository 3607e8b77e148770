/** Sets of small numbers as words of bits. Equal sets have one number, so they compare at once. */

export const emptySet = 0;

export class Sets {
  /** All words one after the other; set s has those from start[s] to start[s + 1]. */
  words = new Uint32Array(1 << 12);
  start = new Int32Array(1 << 10);
  size = 0;
  /** The most words that any set has. */
  widest = 0;
  #table = new Int32Array(1 << 11).fill(-1);
  #scratch = new Uint32Array(64);

  constructor() {
    this.intern(this.#scratch, 0);
  }

  /** The set of the bits in the first words. */
  intern(bits: Uint32Array, length: number): number {
    let used = length;
    while (used > 0 && bits[used - 1] === 0) used--;
    let slot = this.#slot(bits, used);
    for (let set = this.#table[slot]!; set >= 0; set = this.#table[slot]!) {
      if (this.#equal(set, bits, used)) return set;
      slot = (slot + 1) & (this.#table.length - 1);
    }
    this.#table[slot] = this.size;
    return this.#append(bits, used);
  }

  single(element: number): number {
    const word = element >>> 5;
    const bits = this.#room(word + 1);
    bits.fill(0, 0, word + 1);
    bits[word] = 1 << (element & 31);
    return this.intern(bits, word + 1);
  }

  union(left: number, right: number): number {
    if (left === right || right === emptySet) return left;
    if (left === emptySet) return right;
    const length = Math.max(this.length(left), this.length(right));
    const bits = this.#room(length);
    bits.fill(0, 0, length);
    this.into(left, bits);
    this.into(right, bits);
    return this.intern(bits, length);
  }

  length(set: number): number {
    return this.start[set + 1]! - this.start[set]!;
  }

  /** Adds the set to the bits. */
  into(set: number, bits: Uint32Array): void {
    const from = this.start[set]!;
    const length = this.start[set + 1]! - from;
    for (let i = 0; i < length; i++) bits[i]! |= this.words[from + i]!;
  }

  /** Whether all of the set is in the bits. */
  isIn(set: number, bits: Uint32Array): boolean {
    const from = this.start[set]!;
    const length = this.start[set + 1]! - from;
    for (let i = 0; i < length; i++) if ((this.words[from + i]! & ~bits[i]!) !== 0) return false;
    return true;
  }

  elements(set: number): number[] {
    const found: number[] = [];
    const from = this.start[set]!;
    for (let i = from; i < this.start[set + 1]!; i++)
      for (let word = this.words[i]!; word !== 0; word &= word - 1)
        found.push((i - from) * 32 + 31 - Math.clz32(word & -word));
    return found;
  }

  #room(length: number): Uint32Array {
    if (length > this.#scratch.length) this.#scratch = new Uint32Array(length * 2);
    return this.#scratch;
  }

  /** All words count: sets that differ late would meet in one slot. */
  #slot(bits: Uint32Array, length: number): number {
    let hash = length;
    for (let i = 0; i < length; i++) {
      hash = Math.imul(hash ^ bits[i]!, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash & (this.#table.length - 1);
  }

  #equal(set: number, bits: Uint32Array, length: number): boolean {
    const from = this.start[set]!;
    if (this.start[set + 1]! - from !== length) return false;
    for (let i = 0; i < length; i++) if (this.words[from + i] !== bits[i]) return false;
    return true;
  }

  #append(bits: Uint32Array, length: number): number {
    const from = this.start[this.size]!;
    if (from + length > this.words.length) {
      const larger = new Uint32Array(2 * (from + length));
      larger.set(this.words);
      this.words = larger;
    }
    this.widest = Math.max(this.widest, length);
    this.words.set(bits.subarray(0, length), from);
    if (this.size + 2 > this.start.length) {
      const larger = new Int32Array(2 * this.start.length);
      larger.set(this.start);
      this.start = larger;
    }
    this.start[this.size + 1] = from + length;
    this.size++;
    if (2 * this.size > this.#table.length) this.#rehash();
    return this.size - 1;
  }

  #rehash(): void {
    this.#table = new Int32Array(2 * this.#table.length).fill(-1);
    for (let set = 0; set < this.size; set++) {
      const bits = this.words.subarray(this.start[set], this.start[set + 1]);
      let slot = this.#slot(bits, bits.length);
      while (this.#table[slot]! >= 0) slot = (slot + 1) & (this.#table.length - 1);
      this.#table[slot] = set;
    }
  }
}
