/**
 * The least congruence that holds some pairs of sets: equivalent sets may replace each other within
 * unions. A set is closed by adding, for every pair of which one side is in it, the other side.
 *
 * Each side is watched by one of its elements. Only when that element comes is the side looked at,
 * and if another element is still missing, that one watches it from then on. So most sides are
 * never touched, and elements that always come soon watch nothing.
 */
import type { Clock } from '../terms/limit.ts';
import { larger, type Sets } from '../terms/sets.ts';
import type { Subsets } from './subsets.ts';

/** Twice the number of a pair for its left side, one more for its right side. */
type Side = number;

const none = -1;

export class Congruence {
  readonly #automaton: Subsets;
  readonly #sets: Sets;
  readonly #clock: Clock;
  /** The set of each side. */
  #side = new Int32Array(64);
  /** What of it shows that all of it is there. */
  #needed = new Int32Array(64);
  /** The next side that the same element watches. */
  #next = new Int32Array(64);
  #dropped = new Uint8Array(32);
  /** The first side that an element watches. */
  #first = new Int32Array(64).fill(none);
  /** Empty sides: every set includes them. */
  readonly #always: Side[] = [];
  #bits = new Uint32Array(64);
  #seen = new Uint32Array(64);
  #size = 0;

  constructor(automaton: Subsets) {
    this.#automaton = automaton;
    this.#sets = automaton.sets;
    this.#clock = automaton.clock;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds a pair; it is known by the number of pairs before it. */
  add(left: number, right: number): void {
    const pair = this.#size++;
    if (pair === this.#dropped.length) {
      this.#dropped = larger(this.#dropped);
      this.#side = larger(this.#side);
      this.#needed = larger(this.#needed);
      this.#next = larger(this.#next);
    }
    this.#enter(2 * pair, left);
    this.#enter(2 * pair + 1, right);
  }

  /** Whether a pair follows from the others; if so, it is one of them no longer. */
  drops(pair: number): boolean {
    const left = this.#side[2 * pair]!;
    const right = this.#side[2 * pair + 1]!;
    this.#dropped[pair] = 1;
    if (this.#reaches(right, left) && this.#reaches(left, right)) return true;
    this.#dropped[pair] = 0;
    return false;
  }

  #enter(side: Side, set: number): void {
    this.#side[side] = set;
    this.#needed[side] = this.#automaton.strongest(set);
    this.#room();
    // The last state is the one that was met last.
    const last = this.#sets.last(this.#needed[side]!);
    if (last === none) this.#always.push(side);
    else this.#watch(side, last);
  }

  #room(): void {
    const words = this.#sets.widest;
    if (this.#bits.length < words) {
      this.#bits = new Uint32Array(2 * words);
      this.#seen = new Uint32Array(2 * words);
    }
    const before = this.#first.length;
    if (before < 32 * words) this.#first = larger(this.#first, 64 * words).fill(none, before);
  }

  #watch(side: Side, element: number): void {
    this.#next[side] = this.#first[element]!;
    this.#first[element] = side;
  }

  /** Whether all of a set is in the closure of another. */
  #reaches(from: number, to: number): boolean {
    const sets = this.#sets;
    this.#room();
    const width = sets.widest;
    const goal = this.#automaton.strongest(to);
    const bits = this.#bits;
    const seen = this.#seen;
    bits.fill(0, 0, width);
    seen.fill(0, 0, width);
    sets.into(from, bits);
    for (const side of this.#always)
      if (this.#dropped[side >> 1] === 0) sets.into(this.#side[side ^ 1]!, bits);
    let missing = sets.missing(goal, bits);
    for (let changed = true; changed && missing !== none; ) {
      changed = false;
      for (let i = 0; i < width; i++)
        for (let fresh = bits[i]! & ~seen[i]!; fresh !== 0; fresh = bits[i]! & ~seen[i]!) {
          changed = true;
          seen[i]! |= fresh;
          for (; fresh !== 0; fresh &= fresh - 1)
            this.#arrive(32 * i + 31 - Math.clz32(fresh & -fresh));
          if ((bits[missing >>> 5]! & (1 << (missing & 31))) === 0) continue;
          missing = sets.missing(goal, bits);
          if (missing === none) return true;
        }
    }
    return missing === none;
  }

  /** Looks at the sides that an element watches. */
  #arrive(element: number): void {
    const sets = this.#sets;
    const next = this.#next;
    let last: Side = none;
    let work = 1;
    for (let side = this.#first[element]!; side !== none; ) {
      const following = next[side]!;
      work++;
      const missing =
        this.#dropped[side >> 1] === 1 ? none : sets.missing(this.#needed[side]!, this.#bits);
      if (missing === none) {
        if (this.#dropped[side >> 1] === 0) sets.into(this.#side[side ^ 1]!, this.#bits);
        last = side;
      } else {
        if (last === none) this.#first[element] = following;
        else next[last] = following;
        this.#watch(side, missing);
      }
      side = following;
    }
    this.#clock.tick(work);
  }
}
