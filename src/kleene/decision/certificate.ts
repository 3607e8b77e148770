/**
 * Checks that an equation holds from the pairs that a search has left, and trusts nothing of it:
 * derivatives, diagrams and closures are computed again, in the plainest way.
 *
 * The pairs are a bisimulation up to congruence. Sides of a pair must end under the same tests, and
 * whatever letter follows under whatever tests must lead to sets that are equal, given the pairs.
 */

import type { Equation } from '../notation/parse.ts';
import type { Formula, Term } from '../terms/term.ts';
import { type Diagram, PlainDiagrams } from './plain-diagram.ts';

export interface Certificate {
  readonly equation: Equation;
  /** Products of terms, by number. */
  readonly states: readonly (readonly Term[])[];
  /** Sets of these, of which each pair is said to be equal. */
  readonly pairs: readonly (readonly [readonly number[], readonly number[]])[];
}

/** Undefined if the certificate shows its equation; otherwise what is wrong with it. */
export function faultOf(certificate: Certificate): string | undefined {
  return new Checker(certificate).fault();
}

/** A list of factors that are to be done one after the other. */
interface State {
  readonly number: number;
  readonly head: Term | undefined;
  readonly tail: State | undefined;
}

class Checker {
  readonly #certificate: Certificate;
  readonly #diagrams = new PlainDiagrams();
  readonly #states: State[] = [];
  readonly #byKey = new Map<string, State>();
  readonly #empties = new Map<Term, Diagram>();
  readonly #formulas = new Map<Formula, Diagram>();
  readonly #steps = new Map<State, ReadonlyMap<string, Diagram>>();
  readonly #end = new Map<State, Diagram>();
  readonly #pairs: (readonly [readonly number[], readonly number[]])[] = [];

  constructor(certificate: Certificate) {
    this.#certificate = certificate;
    this.#list(undefined, undefined);
  }

  fault(): string | undefined {
    const { equation, states, pairs } = this.#certificate;
    const known = states.map((factors) => this.#before(factors, this.#states[0]));
    const numbered = (side: readonly number[]) => {
      if (side.some((index) => !(index in known))) throw new RangeError('a state is not listed');
      return side.flatMap((index) => known[index]?.number ?? []);
    };
    for (const [left, right] of pairs) this.#pairs.push([numbered(left), numbered(right)]);
    const left = this.#start(equation.left);
    const right = this.#start(equation.right);
    const first = equation.relation === '=' ? left : [...left, ...right];
    if (!this.#follows(first, right)) return 'the equation does not follow from the pairs';
    for (const [index, pair] of this.#pairs.entries())
      if (!this.#holds(pair)) return `pair ${index + 1} is not kept by what can follow it`;
    return undefined;
  }

  #start(term: Term): number[] {
    const state = this.#before([term], this.#states[0]);
    return state ? [state.number] : [];
  }

  #holds([left, right]: readonly [readonly number[], readonly number[]]): boolean {
    const ends = (side: readonly number[]) =>
      this.#diagrams.joined(side.map((number) => this.#endOf(this.#states[number] as State)));
    if (ends(left) !== ends(right)) return false;
    const first = this.#after(left);
    const second = this.#after(right);
    const { never } = this.#diagrams;
    return [...new Set([...first.keys(), ...second.keys()])].every((letter) =>
      this.#diagrams.everywhere(
        first.get(letter) ?? never,
        second.get(letter) ?? never,
        (one, other) => this.#follows(one, other),
      ),
    );
  }

  /** For each letter what follows a set of states. */
  #after(side: readonly number[]): Map<string, Diagram> {
    const found = new Map<string, Diagram[]>();
    for (const number of side)
      for (const [letter, diagram] of this.#step(this.#states[number] as State))
        found.set(letter, [...(found.get(letter) ?? []), diagram]);
    return new Map([...found].map(([letter, parts]) => [letter, this.#diagrams.joined(parts)]));
  }

  /** Whether two sets are equal, given that the sides of every pair are. */
  #follows(left: readonly number[], right: readonly number[]): boolean {
    return this.#covers(left, right) && this.#covers(right, left);
  }

  #covers(from: readonly number[], to: readonly number[]): boolean {
    const closed = new Uint8Array(this.#states.length);
    for (const number of from) closed[number] = 1;
    const inside = (side: readonly number[]) => side.every((number) => closed[number] === 1);
    let open = this.#pairs;
    while (!inside(to)) {
      const rest = open.filter(([left, right]) => {
        if (!inside(left) && !inside(right)) return true;
        for (const number of left) closed[number] = 1;
        for (const number of right) closed[number] = 1;
        return false;
      });
      if (rest.length === open.length) return false;
      open = rest;
    }
    return true;
  }

  /** The list with these factors before it; undefined if one of them is zero. */
  #before(factors: readonly Term[], rest: State | undefined): State | undefined {
    let state = rest;
    const stack = [...factors];
    for (let term = stack.pop(); term && state; term = stack.pop()) {
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

  #endOf(state: State): Diagram {
    const open: State[] = [];
    for (let at = state; at.head && at.tail && !this.#end.has(at); at = at.tail) open.push(at);
    for (let at = open.pop(); at; at = open.pop()) {
      const rest = this.#endOf(at.tail as State);
      this.#end.set(at, this.#diagrams.where(this.#empty(at.head as Term), rest));
    }
    return this.#end.get(state) ?? this.#diagrams.always;
  }

  /** For each letter that can come next, the states after it. */
  #step(state: State): ReadonlyMap<string, Diagram> {
    const open: State[] = [];
    for (let at = state; at.head && at.tail && !this.#steps.has(at); at = at.tail) open.push(at);
    for (let at = open.pop(); at; at = open.pop()) {
      const found = new Map<string, Diagram>();
      const skip = this.#empty(at.head as Term);
      for (const [letter, diagram] of this.#step(at.tail as State))
        this.#add(found, letter, this.#diagrams.where(skip, diagram));
      this.#enter(at.head as Term, at.tail as State, found);
      this.#steps.set(at, found);
    }
    return this.#steps.get(state) ?? new Map();
  }

  #enter(root: Term, rest: State, found: Map<string, Diagram>): void {
    const { always, never } = this.#diagrams;
    const stack: [Term, State, Diagram][] = [[root, rest, always]];
    const seen = new Set<string>();
    for (let top = stack.pop(); top; top = stack.pop()) {
      const [term, next, guard] = top;
      const key = `${term.id} ${next.number} ${guard.number}`;
      if (guard === never || seen.has(key)) continue;
      seen.add(key);
      if (term.kind === 'letter' || term.kind === 'drop') {
        const target = this.#diagrams.end([next.number]);
        const name = term.kind === 'letter' ? term.name : ';';
        this.#add(found, name, this.#diagrams.where(guard, target));
      } else if (term.kind === 'choice')
        stack.push([term.left, next, guard], [term.right, next, guard]);
      else if (term.kind === 'product') {
        const past = this.#diagrams.where(guard, this.#empty(term.left));
        const then = this.#before([term.right], next);
        stack.push([term.right, next, past]);
        if (then) stack.push([term.left, then, guard]);
      } else if (term.kind === 'star') {
        const again = this.#before([term], next);
        if (again) stack.push([term.body, again, guard]);
      }
    }
  }

  #add(found: Map<string, Diagram>, letter: string, diagram: Diagram): void {
    found.set(letter, this.#diagrams.joined([found.get(letter) ?? this.#diagrams.never, diagram]));
  }

  /** Under which tests a term lets one pass without a letter. */
  #empty(root: Term): Diagram {
    const done = this.#empties;
    const stack = [root];
    for (let term = stack.at(-1); term; term = stack.at(-1)) {
      const parts =
        term.kind === 'product' || term.kind === 'choice' ? [term.left, term.right] : [];
      const missing = parts.filter((part) => !done.has(part));
      stack.push(...missing);
      if (missing.length > 0) continue;
      stack.pop();
      const [left, right] = parts.map((part) => done.get(part) as Diagram);
      if (left && right)
        done.set(
          term,
          term.kind === 'product'
            ? this.#diagrams.where(left, right)
            : this.#diagrams.joined([left, right]),
        );
      else done.set(term, this.#atOnce(term));
    }
    return done.get(root) as Diagram;
  }

  #atOnce(term: Term): Diagram {
    if (term.kind === 'test') return this.#formula(term.formula);
    return term.kind === 'one' || term.kind === 'star'
      ? this.#diagrams.always
      : this.#diagrams.never;
  }

  #formula(root: Formula): Diagram {
    const done = this.#formulas;
    const stack = [root];
    for (let part = stack.at(-1); part; part = stack.at(-1)) {
      const parts = 'body' in part ? [part.body] : 'left' in part ? [part.left, part.right] : [];
      const missing = parts.filter((inner) => !done.has(inner));
      stack.push(...missing);
      if (missing.length > 0) continue;
      stack.pop();
      const [left, right] = parts.map((inner) => done.get(inner) as Diagram);
      done.set(part, this.#diagrams.connective(part, left, right));
    }
    return done.get(root) as Diagram;
  }
}

function plainStar(term: Term): Term {
  let star = term;
  while (star.kind === 'star' && star.body.kind === 'star') star = star.body;
  return star;
}
