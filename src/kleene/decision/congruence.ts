/**
 * The least congruence that holds some pairs of sets: equivalent sets may replace each other within
 * unions. A set is closed by adding, for every pair of which one side is in it, the other side.
 *
 * A side is looked at only if its watched element is in the set: each side is watched by that of
 * its elements which watches fewest, so most sides are never touched.
 */
import type { Clock } from '../terms/limit.ts';
import type { Sets } from '../terms/sets.ts';

/** Twice the number of a pair for its left side, one more for its right side. */
type Side = number;

export class Congruence {
  readonly #sets: Sets;
  readonly #clock: Clock;
  /** The set of each side. */
  readonly #side: number[] = [];
  readonly #dropped: boolean[] = [];
  readonly #watched: Side[][] = [];
  readonly #empty: Side[] = [];
  #bits = new Uint32Array(64);
  #seen = new Uint32Array(64);

  constructor(sets: Sets, clock: Clock) {
    this.#sets = sets;
    this.#clock = clock;
  }

  get size(): number {
    return this.#dropped.length;
  }

  /** Adds a pair; it is known by the number of pairs before it. */
  add(left: number, right: number): void {
    this.#dropped.push(false);
    this.#watch(this.#side.push(left) - 1);
    this.#watch(this.#side.push(right) - 1);
  }

  /** Whether a pair follows from the others; if so, it is one of them no longer. */
  drops(pair: number): boolean {
    const left = this.#side[2 * pair]!;
    const right = this.#side[2 * pair + 1]!;
    this.#dropped[pair] = true;
    if (this.#reaches(right, left) && this.#reaches(left, right)) return true;
    this.#dropped[pair] = false;
    return false;
  }

  #watch(side: Side): void {
    let fewest = this.#empty;
    for (const element of this.#sets.elements(this.#side[side]!)) {
      this.#watched[element] ??= [];
      const list = this.#watched[element];
      if (fewest === this.#empty || list.length < fewest.length) fewest = list;
    }
    fewest.push(side);
  }

  /** Whether all of a set is in the closure of another. */
  #reaches(from: number, to: number): boolean {
    const sets = this.#sets;
    const { widest } = sets;
    if (this.#bits.length < widest) {
      this.#bits = new Uint32Array(2 * widest);
      this.#seen = new Uint32Array(2 * widest);
    }
    const bits = this.#bits;
    bits.fill(0, 0, widest);
    this.#seen.fill(0, 0, widest);
    sets.into(from, bits);
    const open = [...this.#empty];
    for (;;) {
      if (sets.isIn(to, bits)) return true;
      this.#awake(open, widest);
      this.#clock.tick(open.length + 1);
      if (!this.#apply(open)) return false;
    }
  }

  /** Adds the sides whose watched element has come since the last time. */
  #awake(open: Side[], width: number): void {
    for (let i = 0; i < width; i++) {
      let fresh = this.#bits[i]! & ~this.#seen[i]!;
      this.#seen[i]! |= fresh;
      for (; fresh !== 0; fresh &= fresh - 1) {
        const watched = this.#watched[32 * i + 31 - Math.clz32(fresh & -fresh)];
        if (watched) for (let k = 0; k < watched.length; k++) open.push(watched[k]!);
      }
    }
  }

  /** Applies what applies, and keeps the rest; false if nothing did. */
  #apply(open: Side[]): boolean {
    const sets = this.#sets;
    const count = open.length;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const side = open[i]!;
      if (this.#dropped[side >> 1]) continue;
      if (sets.isIn(this.#side[side]!, this.#bits)) sets.into(this.#side[side ^ 1]!, this.#bits);
      else open[kept++] = side;
    }
    open.length = kept;
    return kept < count;
  }
}
