/**
 * Partial derivatives as the checker of certificates has them: lists of factors as objects, and
 * nothing that is shared with the search. Letters that differ in their sorts are different letters.
 */
import type { Clock } from '../terms/limit.ts';
import type { Term } from '../terms/term.ts';
import { partsOf } from '../terms/walk.ts';
import { type Diagram, PlainDiagrams } from './plain-diagram.ts';

/** A list of factors that are to be done one after the other. */
export interface State {
  readonly number: number;
  readonly head: Term | undefined;
  readonly tail: State | undefined;
}

/** Of terms that have one maker. */
export class PlainDerivatives {
  readonly diagrams: PlainDiagrams;
  readonly #clock: Clock;
  readonly #states: State[] = [];
  readonly #byKey = new Map<string, State>();
  readonly #empties = new Map<Term, Diagram>();
  readonly #steps = new Map<State, ReadonlyMap<string, Diagram>>();
  readonly #ends = new Map<State, Diagram>();
  #leader: ReadonlyMap<number, number> = new Map();
  /** Nothing is left to do. */
  readonly finished: State;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.diagrams = new PlainDiagrams(clock);
    this.finished = this.#list(undefined, undefined);
  }

  /** How many states there are so far; they are numbered from 0. */
  get size(): number {
    return this.#states.length;
  }

  /** From now on what follows is told with these in the place of others. */
  lead(leader: ReadonlyMap<number, number>): void {
    this.#leader = leader;
  }

  /** The state that a term starts in; undefined if it is plainly zero. */
  start(term: Term): State | undefined {
    return this.before(term, this.finished);
  }

  /** Under which tests a state may end at once. */
  end(number: number): Diagram {
    const state = this.#states[number] as State;
    this.#alongTail(state, this.#ends, (at) => {
      const rest = this.end(at.tail?.number as number);
      return this.diagrams.where(this.#empty(at.head as Term), rest);
    });
    return this.#ends.get(state) ?? this.diagrams.always;
  }

  /** For each letter that can come next, the states after it. */
  step(number: number): ReadonlyMap<string, Diagram> {
    const state = this.#states[number] as State;
    this.#alongTail(state, this.#steps, (at) => {
      const found = new Map<string, Diagram>();
      const skip = this.#empty(at.head as Term);
      for (const [letter, diagram] of this.step(at.tail?.number as number))
        this.#add(found, letter, this.diagrams.where(skip, diagram));
      this.#enter(at.head as Term, at.tail as State, found);
      return found;
    });
    return this.#steps.get(state) ?? new Map();
  }

  /** Does the work for the tail of a list before that for the list, without a call for each. */
  #alongTail<T>(state: State, done: Map<State, T>, work: (state: State) => T): void {
    const open: State[] = [];
    for (let at = state; at.head && at.tail && !done.has(at); at = at.tail) open.push(at);
    for (let at = open.pop(); at; at = open.pop()) done.set(at, work(at));
  }

  /** The state in which the term is to be done before what another state has left. */
  before(root: Term, rest: State | undefined): State | undefined {
    let state = rest;
    const stack = [root];
    for (let term = stack.pop(); term && state; term = stack.pop()) {
      this.#clock.tick();
      if (term.kind === 'product') stack.push(term.left, term.right);
      else if (term.kind === 'zero') state = undefined;
      else if (term.kind !== 'one') state = this.#list(plainStar(term), state);
    }
    return state;
  }

  #list(head: Term | undefined, tail: State | undefined): State {
    const key = `${head?.id} ${tail?.number}`;
    const state = this.#byKey.get(key) ?? { number: this.#states.length, head, tail };
    if (state.number === this.#states.length) this.#states.push(state);
    this.#byKey.set(key, state);
    return state;
  }

  #enter(root: Term, rest: State, found: Map<string, Diagram>): void {
    const { always, never } = this.diagrams;
    const stack: [Term, State, Diagram][] = [[root, rest, always]];
    const seen = new Set<string>();
    for (let top = stack.pop(); top; top = stack.pop()) {
      const [term, next, guard] = top;
      const key = `${term.id} ${next.number} ${guard.number}`;
      if (guard === never || seen.has(key)) continue;
      seen.add(key);
      this.#clock.tick();
      if (term.kind === 'letter' || term.kind === 'drop') {
        const target = this.diagrams.end([this.#leader.get(next.number) ?? next.number]);
        this.#add(found, letterKey(term), this.diagrams.where(guard, target));
      } else if (term.kind === 'choice')
        stack.push([term.left, next, guard], [term.right, next, guard]);
      else if (term.kind === 'product') {
        const past = this.diagrams.where(guard, this.#empty(term.left));
        const then = this.before(term.right, next);
        stack.push([term.right, next, past]);
        if (then) stack.push([term.left, then, guard]);
      } else if (term.kind === 'star') {
        const again = this.before(term, next);
        if (again) stack.push([term.body, again, guard]);
      }
    }
  }

  #add(found: Map<string, Diagram>, letter: string, diagram: Diagram): void {
    found.set(letter, this.diagrams.joined([found.get(letter) ?? this.diagrams.never, diagram]));
  }

  /** Under which tests a term lets one pass without a letter. */
  #empty(root: Term): Diagram {
    const done = this.#empties;
    const stack = [root];
    for (let term = stack.at(-1); term; term = stack.at(-1)) {
      const parts = term.kind === 'star' ? [] : partsOf(term);
      const missing = parts.filter((part) => !done.has(part));
      stack.push(...missing);
      if (missing.length > 0) continue;
      stack.pop();
      this.#clock.tick();
      const [left, right] = parts.map((part) => done.get(part) as Diagram);
      if (left && right)
        done.set(
          term,
          term.kind === 'product'
            ? this.diagrams.where(left, right)
            : this.diagrams.joined([left, right]),
        );
      else done.set(term, this.#atOnce(term));
    }
    return done.get(root) as Diagram;
  }

  #atOnce(term: Term): Diagram {
    if (term.kind === 'test') return this.diagrams.of(term.formula);
    return term.kind === 'one' || term.kind === 'star' ? this.diagrams.always : this.diagrams.never;
  }
}

/** What tells a letter from all others. */
function letterKey(term: Term): string {
  const name = term.kind === 'letter' ? term.name : ';';
  return JSON.stringify([name, term.source, term.target]);
}

function plainStar(term: Term): Term {
  let star = term;
  while (star.kind === 'star' && star.body.kind === 'star') star = star.body;
  return star;
}
