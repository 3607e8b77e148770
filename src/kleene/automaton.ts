/** The automaton whose states are sets of derivatives: made as far as it is asked for. */
import { Derivatives } from './derivatives.ts';
import { type Diagram, Diagrams, endOf, isEnd, never, setAt } from './diagram.ts';
import { Clock } from './limit.ts';
import { Sets } from './sets.ts';

export class Automaton {
  readonly sets = new Sets();
  readonly clock: Clock;
  readonly diagrams: Diagrams;
  readonly derivatives: Derivatives;
  readonly #after: (Int32Array | undefined)[] = [];
  readonly #ends: (Diagram | undefined)[] = [];
  #rows: Uint32Array[] = [];

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
    const { derivatives, diagrams, sets } = this;
    const states = sets.elements(set);
    for (const state of states) derivatives.step(state);
    const width = (derivatives.states + 31) >>> 5;
    const count = derivatives.letters.length;
    const guarded: Diagram[] = new Array(count).fill(never);
    const rows = this.#emptyRows(count, width);
    for (const state of states) {
      const { letters, after } = derivatives.step(state);
      this.clock.tick(letters.length);
      for (let i = 0; i < letters.length; i++) {
        const letter = letters[i]!;
        const diagram = after[i]!;
        // Most often there are no tests, and bits are joined at once.
        if (isEnd(diagram)) sets.into(setAt(diagram), rows[letter]!);
        else guarded[letter] = diagrams.union(guarded[letter]!, diagram);
      }
    }
    const result = Int32Array.from(guarded, (diagram, letter) =>
      diagrams.union(diagram, endOf(sets.intern(rows[letter]!, width))),
    );
    this.#after[set] = result;
    return result;
  }

  #emptyRows(count: number, width: number): Uint32Array[] {
    if (this.#rows.length < count || (this.#rows[0]?.length ?? 0) < width)
      this.#rows = Array.from({ length: count }, () => new Uint32Array(2 * width));
    else for (let letter = 0; letter < count; letter++) this.#rows[letter]!.fill(0, 0, width);
    return this.#rows;
  }
}
