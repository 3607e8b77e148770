/**
 * Whether sets of numbers are equal, given pairs of sets that are: equal sets may replace each
 * other within unions. A set is closed by adding, for each pair of which one side is in it, the
 * other.
 *
 * A side waits at one element that is missing, and is looked at again only when that has come.
 */
import type { Clock } from '../terms/limit.ts';

type Side = readonly number[];

/** For each element that pairs of one and one say to be equal to others, one of these. */
export function leaders(pairs: readonly (readonly [Side, Side])[]): ReadonlyMap<number, number> {
  const beside = new Map<number, number[]>();
  const put = (one: number, other: number) => {
    const others = beside.get(one);
    if (others) others.push(other);
    else beside.set(one, [other]);
  };
  for (const [[left, ...more], [right, ...others]] of pairs) {
    if (left === undefined || right === undefined || more.length + others.length > 0) continue;
    put(left, right);
    put(right, left);
  }
  const leader = new Map<number, number>();
  for (const first of beside.keys()) {
    if (leader.has(first)) continue;
    const open = [first];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (leader.has(at)) continue;
      leader.set(at, first);
      open.push(...beside.get(at)!);
    }
  }
  return leader;
}

export class PlainClosure {
  readonly #clock: Clock;
  /** Twice the number of a pair for its left side, one more for its right side. */
  readonly #sides: Side[] = [];
  /** Where each side waits when nothing has come yet; the empty ones wait for nothing. */
  readonly #first: number[][];
  readonly #empty: number[] = [];
  /** Which question an element came in last, and which one asks for it. */
  readonly #came: Int32Array;
  readonly #asked: Int32Array;
  #question = 0;

  constructor(size: number, pairs: readonly (readonly [Side, Side])[], clock: Clock) {
    this.#clock = clock;
    this.#came = new Int32Array(size);
    this.#asked = new Int32Array(size);
    this.#first = Array.from({ length: size }, () => []);
    for (const [left, right] of pairs) {
      const number = this.#sides.push(left, right) - 2;
      if (!isWithin(right, left)) this.#wait(number, left);
      if (!isWithin(left, right)) this.#wait(number + 1, right);
    }
  }

  equal(left: Side, right: Side): boolean {
    return this.#covers(left, right) && this.#covers(right, left);
  }

  /** It waits at that of its elements where fewest others do. */
  #wait(number: number, side: Side): void {
    let fewest = this.#empty;
    for (const element of side) {
      const here = this.#first[element]!;
      if (fewest === this.#empty || here.length < fewest.length) fewest = here;
    }
    fewest.push(number);
  }

  /** Whether all of a set is in the closure of another. */
  #covers(from: Side, to: Side): boolean {
    const question = ++this.#question;
    const queue: number[] = [];
    let missing = 0;
    for (const element of to) {
      if (this.#asked[element] !== question) missing++;
      this.#asked[element] = question;
    }
    const come = (side: Side) => {
      for (let i = 0; i < side.length; i++) {
        const element = side[i]!;
        if (this.#came[element] === question) continue;
        this.#came[element] = question;
        if (this.#asked[element] === question) missing--;
        queue.push(element);
      }
    };
    const waiting = new Map<number, number[]>();
    const look = (number: number) => {
      const side = this.#sides[number]!;
      let at = 0;
      while (at < side.length && this.#came[side[at]!] === question) at++;
      this.#clock.tick(at + 1);
      if (at === side.length) return come(this.#sides[number ^ 1]!);
      const others = waiting.get(side[at]!);
      if (others) others.push(number);
      else waiting.set(side[at]!, [number]);
    };
    come(from);
    if (missing > 0) for (const number of this.#empty) look(number);
    for (let next = 0; next < queue.length && missing > 0; next++) {
      const element = queue[next]!;
      for (const number of this.#first[element]!) look(number);
      for (const number of waiting.get(element) ?? []) look(number);
    }
    return missing === 0;
  }
}

/** Whether a set adds nothing to another; both are in order. */
function isWithin(one: Side, other: Side): boolean {
  let at = 0;
  for (let i = 0; i < other.length && at < one.length; i++) if (other[i] === one[at]) at++;
  return at === one.length;
}
