/**
 * Which states can do all that others can, step by step: the greatest simulation. It shows what is
 * within what without a look at sets of states, so sets are told apart by their strongest states.
 */
import { Memo, type Sets } from '../terms/sets.ts';
import { type Diagram, type Diagrams, never } from './diagram.ts';
import type { Steps } from './subsets.ts';

const mostWork = 200_000_000;

/** What the same letter leads to the same state. */
interface Entry {
  readonly letter: number;
  readonly target: number;
  readonly from: number[];
  readonly guards: Diagram[];
  /** The states of `from` as bits. */
  readonly bits: Uint32Array;
}

export class Similarity {
  readonly #sets: Sets;
  readonly #down: number[] = [];
  /** For each state those that make it superfluous in a set. */
  readonly #stronger: readonly Uint32Array[];
  readonly #bits: Uint32Array;
  readonly #closed = new Memo();
  readonly #strongest = new Memo();

  private constructor(sets: Sets, above: Above) {
    this.#sets = sets;
    const { states, width } = above;
    const rows = Array.from({ length: states }, () => new Uint32Array(width));
    for (let state = 0; state < states; state++)
      above.each(state, (upper) => {
        rows[upper]![state >>> 5]! |= 1 << (state & 31);
      });
    for (const row of rows) this.#down.push(sets.intern(row, width));
    this.#bits = new Uint32Array(width);
    this.#stronger = rows.map((row, state) => above.strictly(state, row));
  }

  /** Undefined if there are too many states for it. */
  static of(steps: Steps, diagrams: Diagrams): Similarity | undefined {
    const above = new Above(steps, diagrams);
    return above.refine() ? new Similarity(diagrams.sets, above) : undefined;
  }

  /** All states that are below one of the set. */
  closed(set: number): number {
    const known = this.#closed.get(set);
    if (known !== undefined) return known;
    let all = set;
    for (const state of this.#sets.elements(set)) all = this.#sets.union(all, this.#down[state]!);
    return this.#closed.set(set, all);
  }

  /** The states of the set that are not below another one of it; of equal ones the first. */
  strongest(set: number): number {
    const known = this.#strongest.get(set);
    if (known !== undefined) return known;
    const sets = this.#sets;
    const bits = this.#bits.fill(0);
    sets.into(set, bits);
    const kept = sets.elements(set).filter((state) => !meets(this.#stronger[state]!, bits));
    return this.#strongest.set(set, sets.of(kept));
  }

  /** Each state with all that are below it, if there are any others. */
  pairs(): (readonly [number, number])[] {
    return this.#down.flatMap((down, state) => {
      const alone = this.#sets.single(state);
      return down === alone ? [] : [[down, alone] as const];
    });
  }
}

/** For each state those that may be above it: all at first, and those that are not leave. */
class Above {
  readonly states: number;
  readonly width: number;
  readonly #steps: Steps;
  readonly #diagrams: Diagrams;
  readonly #above: Uint32Array[] = [];
  readonly #entries: Entry[] = [];
  /** By letter and by target. */
  readonly #entry: Entry[][] = [];
  /** By target. */
  readonly #into: Entry[][] = [];
  /** By letter, and by state: the entries through which one can leave it. */
  readonly #out: [Entry, Diagram][][][] = [];
  #work = 0;

  constructor(steps: Steps, diagrams: Diagrams) {
    this.#steps = steps;
    this.#diagrams = diagrams;
    this.states = steps.states;
    this.width = (steps.states + 31) >>> 5;
    for (let state = 0; state < this.states; state++) {
      this.#above[state] = new Uint32Array(this.width);
      this.#into[state] = [];
    }
    for (let state = 0; state < this.states; state++) this.#enter(state);
    this.#compareEnds();
    this.#compareLetters();
  }

  /** Takes out what is not above; false if that is too much work. */
  refine(): boolean {
    return (
      this.#settle((entry) => this.#byLetters(entry)) &&
      (this.#diagrams.size === 0 || this.#settle((entry) => this.#byTests(entry)))
    );
  }

  each(state: number, visit: (upper: number) => void): void {
    eachBit(this.#above[state]!, visit);
  }

  /** What is above a state and not below it; if it is both, only what has a smaller number. */
  strictly(state: number, below: Uint32Array): Uint32Array {
    return this.#above[state]!.map((above, i) => {
      const smaller = (1 << (state & 31)) - 1;
      const earlier = i < state >>> 5 ? -1 : i > state >>> 5 ? 0 : smaller;
      return above & (~below[i]! | earlier) & (i === state >>> 5 ? ~(1 << (state & 31)) : -1);
    });
  }

  #enter(state: number): void {
    const { letters, after } = this.#steps.step(state);
    for (let i = 0; i < letters.length; i++) {
      const letter = letters[i]!;
      this.#entry[letter] ??= [];
      this.#out[letter] ??= [];
      const out: [Entry, Diagram][] = [];
      this.#out[letter]![state] = out;
      for (const [target, guard] of this.#diagrams.guards(after[i]!)) {
        const entry = this.#entryOf(letter, target);
        entry.from.push(state);
        entry.guards.push(guard);
        entry.bits[state >>> 5]! |= 1 << (state & 31);
        out.push([entry, guard]);
      }
    }
  }

  #entryOf(letter: number, target: number): Entry {
    const known = this.#entry[letter]![target];
    if (known) return known;
    const bits = new Uint32Array(this.width);
    const entry = { letter, target, from: [], guards: [], bits };
    this.#entry[letter]![target] = entry;
    this.#into[target]!.push(entry);
    this.#entries.push(entry);
    return entry;
  }

  /** What is above may end wherever one may end. */
  #compareEnds(): void {
    const byEnd = new Map<Diagram, number[]>();
    for (let state = 0; state < this.states; state++) {
      const end = this.#steps.end(state);
      const others = byEnd.get(end);
      if (others) others.push(state);
      else byEnd.set(end, [state]);
    }
    for (const [end, lower] of byEnd) {
      const row = new Uint32Array(this.width);
      for (const [other, upper] of byEnd)
        if (this.#diagrams.implies(end, other))
          for (const state of upper) row[state >>> 5]! |= 1 << (state & 31);
      for (const state of lower) this.#above[state]!.set(row);
    }
  }

  /** What is above can do every letter that one can do. */
  #compareLetters(): void {
    for (const entries of this.#entry) {
      const can = new Uint32Array(this.width);
      const all = Object.values(entries ?? []);
      for (const { bits } of all) for (let i = 0; i < this.width; i++) can[i]! |= bits[i]!;
      eachBit(can, (state) => kept(this.#above[state]!, can));
      this.#work += 2 * all.length * this.width;
    }
  }

  /** Looks at each entry again whenever fewer states are above its target: the last ones first. */
  #settle(look: (entry: Entry) => readonly number[]): boolean {
    const waits = new Uint8Array(this.states).fill(1);
    for (let target = this.states - 1; target >= 0; ) {
      waits[target] = 0;
      for (const entry of this.#into[target]!) for (const state of look(entry)) waits[state] = 1;
      this.#diagrams.clock.tick(20);
      if (this.#work > mostWork) return false;
      const before = waits.lastIndexOf(1, target);
      target = before >= 0 ? before : waits.lastIndexOf(1);
    }
    return true;
  }

  /** What is above must have the letter to something above the target, under whatever tests. */
  #byLetters({ letter, target, from }: Entry): number[] {
    const can = new Uint32Array(this.width);
    const entries = this.#entry[letter]!;
    this.each(target, (upper) => {
      const bits = entries[upper]?.bits;
      if (!bits) return;
      for (let i = 0; i < bits.length; i++) can[i]! |= bits[i]!;
      this.#work += bits.length;
    });
    this.#work += from.length * this.width;
    return from.filter((state) => kept(this.#above[state]!, can));
  }

  /** The same, under all tests under which one has it. */
  #byTests({ letter, target, from, guards }: Entry): number[] {
    const diagrams = this.#diagrams;
    const out = this.#out[letter]!;
    const goals = this.#above[target]!;
    const known = new Map<number, Diagram>();
    const under = (state: number) => {
      let all = known.get(state) ?? never;
      if (known.has(state)) return all;
      for (const [entry, guard] of out[state] ?? [])
        if (has(goals, entry.target)) all = diagrams.union(all, guard);
      this.#work += 20;
      known.set(state, all);
      return all;
    };
    return from.filter((state, index) => {
      let changed = false;
      const guard = guards[index]!;
      const above = this.#above[state]!;
      this.each(state, (upper) => {
        this.#work += 20;
        if (upper === state || diagrams.implies(guard, under(upper))) return;
        above[upper >>> 5]! &= ~(1 << (upper & 31));
        changed = true;
      });
      return changed;
    });
  }
}

function has(bits: Uint32Array, element: number): boolean {
  return (bits[element >>> 5]! & (1 << (element & 31))) !== 0;
}

function meets(bits: Uint32Array, others: Uint32Array): boolean {
  for (let i = 0; i < bits.length; i++) if ((bits[i]! & others[i]!) !== 0) return true;
  return false;
}

/** Leaves only what is in both; whether that is less. */
function kept(bits: Uint32Array, others: Uint32Array): boolean {
  let changed = false;
  for (let i = 0; i < bits.length; i++) {
    const both = bits[i]! & others[i]!;
    if (both !== (bits[i]! | 0)) {
      bits[i] = both;
      changed = true;
    }
  }
  return changed;
}

function eachBit(bits: Uint32Array, visit: (element: number) => void): void {
  for (let i = 0; i < bits.length; i++)
    for (let word = bits[i]!; word !== 0; word &= word - 1)
      visit(32 * i + 31 - Math.clz32(word & -word));
}
