/**
 * Equality of two sets of states by bisimulation up to congruence (Bonchi and Pous, POPL 2013),
 * with the shortest word that tells them apart.
 *
 * Pairs are visited in order of distance, and one is passed over only if it follows from pairs that
 * are no further away: a word that tells it apart tells one of those apart as well, so the first
 * difference that is met is a nearest one. Pairs further away wait until their turn.
 */

import { Classes } from '../terms/classes.ts';
import { Exhausted } from '../terms/limit.ts';
import { Congruence } from './congruence.ts';
import { type Diagram, isEnd, never, setAt } from './diagram.ts';
import type { Subsets } from './subsets.ts';

/** A letter of a guarded word, with the tests that are answered before it. */
export interface Guarded {
  readonly tests: ReadonlyMap<string, boolean>;
  readonly letter: string;
}

/** A word that belongs to one side only, and the tests after its last letter. */
export interface Word {
  readonly steps: readonly Guarded[];
  readonly tests: ReadonlyMap<string, boolean>;
}

export type Found =
  | { readonly kind: 'same'; readonly pairs: readonly (readonly [number, number])[] }
  | { readonly kind: 'different'; readonly word: Word; readonly in: 'left' | 'right' };

interface Visit {
  readonly left: number;
  readonly right: number;
  readonly from: Visit | undefined;
  readonly letter: number;
  readonly distance: number;
}

export interface Manner {
  /** Whether pairs further away count at once: fewer pairs, and not always a shortest word. */
  readonly eager?: boolean;
  /** How many elements there may be in all sets of the pairs that are kept. */
  readonly most?: number;
  /** Only words with fewer letters are of interest. */
  readonly shorterThan?: number;
}

export class Search {
  readonly #automaton: Subsets;
  readonly #queue: Visit[] = [];
  readonly #kept: [number, number][] = [];
  readonly #congruence: Congruence;
  readonly #classes = new Classes();
  /** Pairs of diagrams of which all ends have been put in line. */
  readonly #met = new Map<Diagram, Set<Diagram>>();

  readonly #manner: Manner;

  constructor(automaton: Subsets, manner: Manner = {}) {
    this.#automaton = automaton;
    this.#manner = manner;
    this.#congruence = new Congruence(automaton);
  }

  /** How far the search has come, in words. */
  get reached(): string {
    const { steps, diagrams } = this.#automaton;
    const nodes = diagrams.size > 0 ? `, ${diagrams.size} nodes of diagrams` : '';
    const waiting = this.#queue.length - this.#visited;
    const states = `${steps.states} states${nodes}`;
    return `${this.#kept.length} pairs hold so far, ${waiting} wait, ${states}`;
  }

  #visited = 0;
  #elements = 0;

  /** Undefined if it was given up in the manner that was asked for. */
  run(left: number, right: number): Found | undefined {
    const { most = Infinity, shorterThan = Infinity } = this.#manner;
    let difference = this.#push({ left, right, from: undefined, letter: -1, distance: 0 });
    while (!difference && this.#visited < this.#queue.length) {
      if (this.#elements > most) return undefined;
      if (this.#queue[this.#visited]!.distance + 1 >= shorterThan) return undefined;
      if (this.#visited === this.#congruence.size) this.#nextDistance();
      const visit = this.#queue[this.#visited] as Visit;
      this.#automaton.clock.tick();
      if (this.#congruence.drops(this.#visited++)) continue;
      this.#kept.push([visit.left, visit.right]);
      if (most < Infinity) this.#elements += this.#count(visit);
      difference = this.#expand(visit);
    }
    return difference ? this.#told(difference) : { kind: 'same', pairs: this.#kept };
  }

  #count({ left, right }: Visit): number {
    const { sets } = this.#automaton;
    return sets.count(left) + sets.count(right);
  }

  /** All that waits is equally far away. */
  #nextDistance(): void {
    for (const { left, right } of this.#queue.slice(this.#visited))
      this.#congruence.add(left, right);
  }

  #expand(visit: Visit): Visit | undefined {
    const left = this.#automaton.after(visit.left);
    const right = this.#automaton.after(visit.right);
    for (let letter = 0; letter < Math.max(left.length, right.length); letter++) {
      const difference = this.#unify(visit, letter, left[letter] ?? never, right[letter] ?? never);
      if (difference) return difference;
    }
    return undefined;
  }

  /**
   * Every pair of ends that the same tests lead to, unless it follows from what was joined. Only
   * ends are joined: if a diagram were in a class with two ends, each would follow from itself.
   */
  #unify(from: Visit, letter: number, first: Diagram, second: Diagram): Visit | undefined {
    const { diagrams, clock } = this.#automaton;
    const stack = [first, second];
    while (stack.length > 0) {
      const right = stack.pop()!;
      const left = stack.pop()!;
      if (left === right) continue;
      clock.tick();
      if (isEnd(left) && isEnd(right)) {
        if (!this.#classes.join(left, right)) continue;
        const distance = from.distance + 1;
        const next = { left: setAt(left), right: setAt(right), from, letter, distance };
        const difference = this.#push(next);
        if (difference) return difference;
        continue;
      }
      if (!this.#meet(left, right)) continue;
      const variable = Math.min(diagrams.top(left), diagrams.top(right));
      stack.push(diagrams.high(left, variable), diagrams.high(right, variable));
      stack.push(diagrams.low(left, variable), diagrams.low(right, variable));
    }
    return undefined;
  }

  /** Puts a pair in line; answers with it if a word ends here on one side only. */
  #push(visit: Visit): Visit | undefined {
    if (visit.left === visit.right) return undefined;
    if (this.#queue.length >= this.#automaton.clock.limits.pairs) throw new Exhausted('pairs');
    this.#queue.push(visit);
    if (this.#manner.eager) this.#congruence.add(visit.left, visit.right);
    const same = this.#automaton.end(visit.left) === this.#automaton.end(visit.right);
    return same ? undefined : visit;
  }

  /** False if the pair has been looked into already. */
  #meet(left: Diagram, right: Diagram): boolean {
    const met = this.#met.get(left) ?? new Set();
    if (met.has(right)) return false;
    this.#met.set(left, met.add(right));
    return true;
  }

  #told(visit: Visit): Found {
    const { diagrams } = this.#automaton;
    const left = this.#automaton.end(visit.left);
    const right = this.#automaton.end(visit.right);
    const leftOnly = diagrams.restrict(diagrams.not(right), left);
    const rightOnly = diagrams.restrict(diagrams.not(left), right);
    const isLeft = leftOnly !== never;
    const guarded: Guarded[] = [];
    for (let at = visit; at.from; at = at.from) guarded.unshift(this.#guard(at.from, at));
    const tests = diagrams.witness(isLeft ? leftOnly : rightOnly);
    return { kind: 'different', word: { steps: guarded, tests }, in: isLeft ? 'left' : 'right' };
  }

  /** The tests that lead from one visit to the next: found again, for they are seldom needed. */
  #guard(from: Visit, to: Visit): Guarded {
    const { diagrams, steps } = this.#automaton;
    const first = this.#automaton.after(from.left)[to.letter] ?? never;
    const second = this.#automaton.after(from.right)[to.letter] ?? never;
    const seen = new Set<string>();
    const letter = steps.letters[to.letter] as string;
    const stack = [{ left: first, right: second, tests: new Map<string, boolean>() }];
    for (let at = stack.pop(); at; at = stack.pop()) {
      const { left, right, tests } = at;
      const key = `${left} ${right}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (isEnd(left) && isEnd(right)) {
        if (setAt(left) === to.left && setAt(right) === to.right) return { tests, letter };
        continue;
      }
      const variable = Math.min(diagrams.top(left), diagrams.top(right));
      const name = diagrams.names[variable] as string;
      for (const value of [true, false]) {
        const side = value ? ('high' as const) : ('low' as const);
        const [l, r] = [diagrams[side](left, variable), diagrams[side](right, variable)];
        stack.push({ left: l, right: r, tests: new Map(tests).set(name, value) });
      }
    }
    throw new Error('a pair that was visited is not reached again');
  }
}
