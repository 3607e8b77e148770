/**
 * The least congruence that holds some pairs of sets: equivalent sets may replace each other within
 * unions. A set is closed by adding, for every pair of which one side is in it, the other side.
 */
import type { Clock } from './limit.ts';
import { emptySet, type Sets } from './sets.ts';

export class Congruence {
  readonly #sets: Sets;
  readonly #clock: Clock;
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  #bits = new Uint32Array(64);
  #open = new Int32Array(64);

  constructor(sets: Sets, clock: Clock) {
    this.#sets = sets;
    this.#clock = clock;
  }

  get size(): number {
    return this.#left.length;
  }

  /** Adds a pair; it is known by the number of pairs before it. */
  add(left: number, right: number): void {
    this.#left.push(left);
    this.#right.push(right);
  }

  /** Whether a pair follows from the others; if so, it is one of them no longer. */
  drops(pair: number): boolean {
    const left = this.#left[pair]!;
    const right = this.#right[pair]!;
    // A set with itself tells nothing of others.
    this.#left[pair] = this.#right[pair] = emptySet;
    if (this.#reaches(right, left) && this.#reaches(left, right)) return true;
    this.#left[pair] = left;
    this.#right[pair] = right;
    return false;
  }

  /** Whether all of a set is in the closure of another. */
  #reaches(from: number, to: number): boolean {
    const sets = this.#sets;
    if (this.#bits.length < sets.widest) this.#bits = new Uint32Array(2 * sets.widest);
    const bits = this.#bits;
    bits.fill(0, 0, sets.widest);
    sets.into(from, bits);
    if (sets.isIn(to, bits)) return true;
    if (this.#open.length < this.size) this.#open = new Int32Array(2 * this.size);
    let open = 0;
    for (let i = 0; i < this.size; i++)
      if (this.#left[i] !== this.#right[i]) this.#open[open++] = i;
    for (;;) {
      const before = open;
      open = this.#round(bits, open);
      this.#clock.tick(before);
      if (sets.isIn(to, bits)) return true;
      if (open === before || open === 0) return false;
    }
  }

  /** Applies what applies, and keeps the rest for the next round. */
  #round(bits: Uint32Array, count: number): number {
    const sets = this.#sets;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const rule = this.#open[i]!;
      const left = this.#left[rule]!;
      const right = this.#right[rule]!;
      if (sets.isIn(right, bits)) sets.into(left, bits);
      else if (sets.isIn(left, bits)) sets.into(right, bits);
      else this.#open[kept++] = rule;
    }
    return kept;
  }
}
