/**
 * Partial derivatives of terms (Antimirov 1996), with tests kept as diagrams.
 *
 * A state is what is left to do: a list of factors, the first of which comes next. Keeping the list
 * flat is what makes products associate: otherwise a stack of k recoveries has 2^k states, not 3k.
 * A term has at most one state more than it has letters.
 */

import { type Clock, Exhausted } from '../terms/limit.ts';
import type { Sets } from '../terms/sets.ts';
import type { Term } from '../terms/term.ts';
import { fold } from '../terms/walk.ts';
import { type Diagram, type Diagrams, endOf, never } from './diagram.ts';
import type { Step, Steps } from './subsets.ts';

/** Nothing is left to do. */
export const finished = 0;
const dead = -1;
const most = 2 ** 26;

export class Derivatives implements Steps {
  readonly #sets: Sets;
  readonly #diagrams: Diagrams;
  readonly #clock: Clock;
  readonly #heads: (Term | undefined)[] = [undefined];
  readonly #tails: number[] = [finished];
  readonly #states = new Map<number, number>();
  readonly letters: string[] = [];
  readonly #letters = new Map<string, number>();
  readonly #steps: (Step | undefined)[] = [{ letters: [], after: [] }];
  readonly #ends: (Diagram | undefined)[] = [];
  readonly #empties = new Map<Term, Diagram>();

  constructor(diagrams: Diagrams) {
    this.#sets = diagrams.sets;
    this.#diagrams = diagrams;
    this.#clock = diagrams.clock;
    this.#ends[finished] = diagrams.always;
  }

  get states(): number {
    return this.#heads.length;
  }

  /** What comes first in a state that has not finished, and the state that is left then. */
  parts(state: number): { readonly head: Term; readonly tail: number } {
    return { head: this.#heads[state] as Term, tail: this.#tails[state]! };
  }

  /** The set of states that a term starts in: one, or none if it is plainly zero. */
  start(term: Term): number {
    const state = this.#before(term, finished);
    return state === dead ? 0 : this.#sets.single(state);
  }

  /** Under which tests a state may end at once. */
  end(state: number): Diagram {
    this.#alongTail(state, this.#ends, (at) => {
      const head = this.#heads[at] as Term;
      this.#ends[at] = this.#diagrams.restrict(this.empty(head), this.#ends[this.#tails[at]!]!);
    });
    return this.#ends[state]!;
  }

  step(state: number): Step {
    this.#alongTail(state, this.#steps, (at) => {
      this.#steps[at] = this.#derive(at);
    });
    return this.#steps[state]!;
  }

  /** Under which tests a term lets one pass without a letter. */
  empty(term: Term): Diagram {
    const diagrams = this.#diagrams;
    return fold<Diagram>(
      term,
      (part, of) => {
        this.#clock.tick();
        if (part.kind === 'one' || part.kind === 'star') return diagrams.always;
        if (part.kind === 'test') return diagrams.of(part.formula);
        if (part.kind === 'product') return diagrams.restrict(of(part.left), of(part.right));
        return part.kind === 'choice' ? diagrams.union(of(part.left), of(part.right)) : never;
      },
      this.#empties,
    );
  }

  /** Does the work for the tail of a list before that for the list, without a call for each. */
  #alongTail(state: number, done: readonly unknown[], work: (state: number) => void): void {
    const open: number[] = [];
    for (let at = state; done[at] === undefined; at = this.#tails[at]!) open.push(at);
    for (let at = open.pop(); at !== undefined; at = open.pop()) work(at);
  }

  #derive(state: number): Step {
    const head = this.#heads[state] as Term;
    const tail = this.#tails[state]!;
    const found = new Map<number, Diagram>();
    this.#advance(head, tail, found);
    const skip = this.empty(head);
    if (skip !== never) {
      const { letters, after } = this.step(tail);
      for (const [index, letter] of letters.entries())
        this.#add(found, letter, this.#diagrams.restrict(skip, after[index]!));
    }
    return { letters: [...found.keys()], after: [...found.values()] };
  }

  /** The steps whose letter is in the term; `next` is what is left after the term. */
  #advance(term: Term, next: number, found: Map<number, Diagram>): void {
    const stack: [Term, number, Diagram][] = [[term, next, this.#diagrams.always]];
    const seen = new Map<number, Diagram>();
    for (let frame = stack.pop(); frame; frame = stack.pop()) {
      const [part, after, guard] = frame;
      if (after === dead || part.kind === 'zero' || part.kind === 'one' || part.kind === 'test')
        continue;
      this.#clock.tick();
      const fresh = part.kind === 'letter' ? guard : this.#news(seen, part, after, guard);
      if (fresh === never) continue;
      if (part.kind === 'star') stack.push([part.body, this.#before(part, after), fresh]);
      else if (part.kind === 'choice')
        stack.push([part.right, after, fresh], [part.left, after, fresh]);
      else if (part.kind === 'product') {
        const past = this.#diagrams.restrict(fresh, this.empty(part.left));
        if (past !== never) stack.push([part.right, after, past]);
        stack.push([part.left, this.#before(part.right, after), fresh]);
      } else {
        const target = endOf(this.#sets.single(after));
        const name = part.kind === 'letter' ? part.name : ';';
        this.#add(found, this.#letter(name), this.#diagrams.restrict(guard, target));
      }
    }
  }

  /** That of the guard under which the part was not entered before: terms share their parts. */
  #news(seen: Map<number, Diagram>, part: Term, after: number, guard: Diagram): Diagram {
    const key = part.id * most + after;
    const before = seen.get(key);
    seen.set(key, before === undefined ? guard : this.#diagrams.union(before, guard));
    if (before === undefined) return guard;
    return this.#diagrams.restrict(this.#diagrams.not(before), guard);
  }

  #add(found: Map<number, Diagram>, letter: number, after: Diagram): void {
    if (after === never) return;
    found.set(letter, this.#diagrams.union(found.get(letter) ?? never, after));
  }

  #letter(name: string): number {
    const known = this.#letters.get(name);
    if (known !== undefined) return known;
    this.#letters.set(name, this.letters.length);
    return this.letters.push(name) - 1;
  }

  /** The state in which the term is to be done before what another state has left. */
  #before(term: Term, state: number): number {
    let next = state;
    const stack = [term];
    for (let part = stack.pop(); part && next !== dead; part = stack.pop())
      if (part.kind === 'product') stack.push(part.left, part.right);
      else if (part.kind === 'zero') next = dead;
      else if (part.kind !== 'one') next = this.#list(once(part), next);
    return next;
  }

  #list(head: Term, tail: number): number {
    const key = head.id * most + tail;
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    if (this.#heads.length >= 2 ** 22) throw new Exhausted('pairs');
    this.#clock.tick(4);
    const state = this.#heads.push(head) - 1;
    this.#states.set(key, state);
    this.#tails.push(tail);
    return state;
  }
}

/** Repeating what is repeated already adds nothing. */
function once(term: Term): Term {
  let part = term;
  while (part.kind === 'star' && part.body.kind === 'star') part = part.body;
  return part;
}
