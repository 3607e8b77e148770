/** The automaton whose states are sets of derivatives: made as far as it is asked for. */

import { Clock } from '../terms/limit.ts';
import { Sets } from '../terms/sets.ts';
import { Derivatives } from './derivatives.ts';
import { type Diagram, Diagrams, endOf, isEnd, never, setAt } from './diagram.ts';

export class Automaton {
  readonly sets = new Sets();
  readonly clock: Clock;
  readonly diagrams: Diagrams;
  readonly derivatives: Derivatives;
  readonly #after: (Int32Array | undefined)[] = [];
  readonly #ends: (Diagram | undefined)[] = [];
  readonly #rows: Uint32Array[] = [];

  constructor(clock: Clock = new Clock()) {
    this.clock = clock;
    this.diagrams = new Diagrams(this.sets, clock);
    this.derivatives = new Derivatives(this.sets, this.diagrams, clock);
  }

  /** Under which tests one of the states may end. */
  end(set: number): Diagram {
    const known = this.#ends[set];
    if (known !== undefined) return known;
    let end: Diagram = never;
    for (const state of this.sets.elements(set))
      end = this.diagrams.union(end, this.derivatives.end(state));
    this.#ends[set] = end;
    return end;
  }

  /** For each letter, by number, the sets after it. Letters beyond the end lead nowhere. */
  after(set: number): Int32Array {
    const known = this.#after[set];
    if (known) return known;
    const { derivatives, sets } = this;
    const states = sets.elements(set);
    for (const state of states) derivatives.step(state);
    const result = new Int32Array(derivatives.letters.length).fill(never);
    const [only] = states;
    if (only !== undefined && states.length === 1) {
      const { letters, after } = derivatives.step(only);
      for (let i = 0; i < letters.length; i++) result[letters[i]!] = after[i]!;
    } else this.#joined(states, result);
    this.#after[set] = result;
    return result;
  }

  /** Adds what follows any of the states. Most often there are no tests, and bits are joined. */
  #joined(states: readonly number[], result: Int32Array): void {
    const { derivatives, diagrams, sets } = this;
    const width = (derivatives.states + 31) >>> 5;
    const touched: number[] = [];
    const isTouched = new Uint8Array(result.length);
    for (const state of states) {
      const { letters, after } = derivatives.step(state);
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
