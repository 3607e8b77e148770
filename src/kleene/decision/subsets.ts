/** The automaton whose states are sets of states of another: made as far as it is asked for. */
import type { Clock } from '../terms/limit.ts';
import { Memo, type Sets } from '../terms/sets.ts';
import { type Diagram, type Diagrams, endOf, isEnd, never, setAt } from './diagram.ts';
import type { Similarity } from './similarity.ts';

/** For each letter that can come next, by number, the states after it. */
export interface Step {
  readonly letters: readonly number[];
  readonly after: readonly Diagram[];
}

/** What single states do. */
export interface Steps {
  /** How many states there are by now. */
  readonly states: number;
  readonly letters: readonly string[];
  step(state: number): Step;
  /** Under which tests a state may end at once. */
  end(state: number): Diagram;
}

export class Subsets {
  readonly sets: Sets;
  readonly clock: Clock;
  readonly diagrams: Diagrams;
  readonly steps: Steps;
  readonly #similarity: Similarity | undefined;
  readonly #after = new Map<number, Int32Array>();
  readonly #ends = new Memo();
  readonly #closed: (readonly Diagram[] | undefined)[] = [];
  readonly #rows: Uint32Array[] = [];

  /** With a similarity, sets are closed: what is below a state comes with it. */
  constructor(steps: Steps, diagrams: Diagrams, similarity?: Similarity) {
    this.steps = steps;
    this.diagrams = diagrams;
    this.sets = diagrams.sets;
    this.clock = diagrams.clock;
    this.#similarity = similarity;
  }

  /** The set with what comes with it. */
  closed(set: number): number {
    return this.#similarity?.closed(set) ?? set;
  }

  /** Of the set those states with which the others come. */
  strongest(set: number): number {
    return this.#similarity?.strongest(set) ?? set;
  }

  /** Under which tests one of the states may end. */
  end(set: number): Diagram {
    const known = this.#ends.get(set);
    if (known !== undefined) return known;
    let end: Diagram = never;
    for (const state of this.sets.elements(this.strongest(set)))
      end = this.diagrams.union(end, this.steps.end(state));
    return this.#ends.set(set, end);
  }

  /** For each letter, by number, the sets after it. Letters beyond the end lead nowhere. */
  after(set: number): Int32Array {
    const known = this.#after.get(set);
    if (known) return known;
    const states = this.sets.elements(this.strongest(set));
    for (const state of states) this.steps.step(state);
    const result = new Int32Array(this.steps.letters.length).fill(never);
    const [only] = states;
    if (only !== undefined && states.length === 1) {
      const { letters } = this.steps.step(only);
      const after = this.#step(only);
      for (let i = 0; i < letters.length; i++) result[letters[i]!] = after[i]!;
    } else this.#joined(states, result);
    this.#after.set(set, result);
    return result;
  }

  /** For each letter of the step what follows it, closed. */
  #step(state: number): readonly Diagram[] {
    const { after } = this.steps.step(state);
    if (!this.#similarity) return after;
    const close = (set: number) => this.closed(set);
    this.#closed[state] ??= after.map((diagram) => this.diagrams.mapped(diagram, close));
    return this.#closed[state];
  }

  /** Adds what follows any of the states. Most often there are no tests, and bits are joined. */
  #joined(states: readonly number[], result: Int32Array): void {
    const { steps, diagrams, sets } = this;
    const width = (steps.states + 31) >>> 5;
    const touched: number[] = [];
    const isTouched = new Uint8Array(result.length);
    for (const state of states) {
      const { letters } = steps.step(state);
      const after = this.#step(state);
      this.clock.tick(letters.length);
      for (let i = 0; i < letters.length; i++) {
        const letter = letters[i]!;
        const diagram = after[i]!;
        if (!isEnd(diagram)) {
          result[letter] = diagrams.union(result[letter]!, diagram);
          continue;
        }
        if (isTouched[letter] === 0) touched.push(this.#clear(letter, width));
        isTouched[letter] = 1;
        sets.into(setAt(diagram), this.#rows[letter]!);
      }
    }
    for (const letter of touched) {
      const plain = endOf(sets.intern(this.#rows[letter]!, width));
      result[letter] = diagrams.union(result[letter]!, plain);
    }
  }

  #clear(letter: number, width: number): number {
    const row = this.#rows[letter];
    if (row && row.length >= width) row.fill(0, 0, width);
    else this.#rows[letter] = new Uint32Array(2 * width);
    return letter;
  }
}
