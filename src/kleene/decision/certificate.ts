/**
 * Checks that an equation holds from the pairs that a search has left, and trusts nothing of it:
 * derivatives, diagrams and closures are computed again, in the plainest way.
 *
 * The pairs are a bisimulation up to congruence. Sides of a pair must end under the same tests, and
 * whatever letter follows under whatever tests must lead to sets that are equal, given the pairs.
 * Letters are told apart by their sorts as well as by their names, and both sides of the equation
 * go from and to the same, so what is shown of words holds of words with their sorts.
 */

import type { Equation } from '../notation/parse.ts';
import { Clock } from '../terms/limit.ts';
import { type Term, Terms } from '../terms/term.ts';
import { copier } from '../terms/walk.ts';
import { PlainDerivatives } from './plain-derivative.ts';
import type { Diagram } from './plain-diagram.ts';
import type { Word } from './search.ts';

export interface Certificate {
  readonly equation: Equation;
  /** Products of terms, by number. */
  readonly states: readonly (readonly Term[])[];
  /** Sets of these, of which each pair is said to be equal. */
  readonly pairs: readonly (readonly [readonly number[], readonly number[]])[];
}

type Side = readonly number[];

/** Undefined if the certificate shows its equation; otherwise what is wrong with it. */
export function faultOf(certificate: Certificate, clock = new Clock()): string | undefined {
  return new Checker(certificate, clock).fault();
}

class Checker {
  readonly #certificate: Certificate;
  readonly #clock: Clock;
  readonly #derivatives: PlainDerivatives;
  readonly #pairs: (readonly [Side, Side])[] = [];
  readonly #known = new Set<string>();

  constructor({ equation, states, pairs }: Certificate, clock: Clock) {
    // Terms of several makers have the same numbers: here all are made anew, by one.
    const copied = copier(new Terms());
    const { relation, left, right } = equation;
    this.#certificate = {
      equation: { relation, left: copied(left), right: copied(right) },
      states: states.map((factors) => factors.map(copied)),
      pairs,
    };
    this.#clock = clock;
    this.#derivatives = new PlainDerivatives(clock);
  }

  fault(): string | undefined {
    const { equation, states, pairs } = this.#certificate;
    const { left, right } = equation;
    if (left.source !== right.source || left.target !== right.target)
      return 'the two sides do not go from and to the same';
    const known = states.map((factors) => this.#derivatives.state(factors));
    for (const [index, [first, second]] of pairs.entries()) {
      if (![...first, ...second].every((state) => Object.hasOwn(known, state)))
        return `pair ${index + 1} is of states that are not listed`;
      const numbered = (side: Side) => sorted(side.flatMap((state) => known[state]?.number ?? []));
      const pair = [numbered(first), numbered(second)] as const;
      this.#pairs.push(pair);
      this.#known.add(pair.join(' = '));
    }
    const start = (term: Term) => this.#derivatives.state([term])?.number ?? [];
    const after = [start(right)].flat();
    const before = [start(left)].flat();
    const first = equation.relation === '=' ? before : sorted([...before, ...after]);
    if (!this.#follows(first, after)) return 'the equation does not follow from the pairs';
    for (const [index, pair] of this.#pairs.entries()) {
      const fault = this.#pairFault(pair);
      if (fault) return `pair ${index + 1} is not kept: ${fault}`;
    }
    return undefined;
  }

  #pairFault([left, right]: readonly [Side, Side]): string | undefined {
    const { diagrams } = this.#derivatives;
    const ends = (side: Side) =>
      diagrams.joined(side.map((number) => this.#derivatives.end(number)));
    if (ends(left) !== ends(right)) return 'its sides end under different tests';
    const first = this.#after(left);
    const second = this.#after(right);
    for (const letter of new Set([...first.keys(), ...second.keys()])) {
      const [one, other] = [first.get(letter), second.get(letter)];
      const equal = diagrams.everywhere(
        one ?? diagrams.never,
        other ?? diagrams.never,
        (before, after) => this.#follows(before, after),
      );
      if (!equal) return `its sides do not go the same way by ${JSON.parse(letter)[0]}`;
    }
    return undefined;
  }

  /** For each letter what follows a set of states. */
  #after(side: Side): Map<string, Diagram> {
    const found = new Map<string, Diagram[]>();
    for (const number of side)
      for (const [letter, diagram] of this.#derivatives.step(number)) {
        const parts = found.get(letter) ?? [];
        parts.push(diagram);
        found.set(letter, parts);
      }
    const { diagrams } = this.#derivatives;
    return new Map([...found].map(([letter, parts]) => [letter, diagrams.joined(parts)]));
  }

  /** Whether two sets are equal, given that the sides of every pair are. */
  #follows(left: Side, right: Side): boolean {
    if (this.#known.has(`${left} = ${right}`)) return true;
    return this.#covers(left, right) && this.#covers(right, left);
  }

  #covers(from: Side, to: Side): boolean {
    const closed = new Uint8Array(this.#derivatives.size);
    for (const number of from) closed[number] = 1;
    const inside = (side: Side) => {
      for (let i = 0; i < side.length; i++) if (closed[side[i]!] === 0) return false;
      return true;
    };
    let open = this.#pairs;
    while (!inside(to)) {
      this.#clock.tick(open.length);
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
}

const sorted = (numbers: readonly number[]): number[] =>
  [...new Set(numbers)].sort((one, other) => one - other);

/** Whether a word is one of a term: its letters are taken one after the other. */
export function hasWord(root: Term, { steps, tests }: Word, clock = new Clock()): boolean {
  const derivatives = new PlainDerivatives(clock);
  const { diagrams } = derivatives;
  let states = [derivatives.state([copier(new Terms())(root)])?.number ?? []].flat();
  for (const { tests: before, letter } of steps) {
    const next = new Set<number>();
    for (const state of states)
      for (const [key, diagram] of derivatives.step(state))
        if (JSON.parse(key)[0] === letter)
          for (const number of diagrams.at(diagram, before)) next.add(number);
    states = [...next];
  }
  return states.some((state) => diagrams.at(derivatives.end(state), tests).length > 0);
}
