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
import { leaders, PlainClosure } from './plain-closure.ts';
import { PlainDerivatives, type State } from './plain-derivative.ts';
import type { Diagram } from './plain-diagram.ts';
import type { Word } from './search.ts';

export interface Certificate {
  readonly equation: Equation;
  /** What may be left to do, by number. */
  readonly states: readonly Listed[];
  /** Sets of these, of which each pair is said to be equal. */
  readonly pairs: readonly (readonly [readonly number[], readonly number[]])[];
}

/** A term and then what an earlier state has left; without either there is nothing of it. */
export interface Listed {
  readonly head?: Term;
  readonly tail?: number;
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
  /** Pairs of ends that the closure has been asked about. */
  readonly #seen = new Set<number>();

  constructor({ equation, states, pairs }: Certificate, clock: Clock) {
    // Terms of several makers have the same numbers: here all are made anew, by one.
    const copied = copier(new Terms(clock));
    const { relation, left, right } = equation;
    this.#certificate = {
      equation: { relation, left: copied(left), right: copied(right) },
      states: states.map(({ head, tail }) => ({
        ...(head && { head: copied(head) }),
        ...(tail !== undefined && { tail }),
      })),
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
    const known: (State | undefined)[] = [];
    for (const [index, { head, tail }] of states.entries()) {
      if (tail !== undefined && !Object.hasOwn(known, tail))
        return `state ${index + 1} goes on with one that is not listed before it`;
      const rest = tail === undefined ? this.#derivatives.finished : known[tail];
      known.push(head ? this.#derivatives.before(head, rest) : rest);
    }
    const numbers = (side: Side) => sorted(side.flatMap((state) => known[state]?.number ?? []));
    const kept: (readonly [Side, Side])[] = [];
    for (const [index, [first, second]] of pairs.entries()) {
      if (![...first, ...second].every((state) => Object.hasOwn(known, state)))
        return `pair ${index + 1} is of states that are not listed`;
      kept.push([numbers(first), numbers(second)]);
    }
    const start = (term: Term) => [this.#derivatives.start(term)?.number ?? []].flat();
    const after = start(right);
    const first = equation.relation === '=' ? start(left) : [...start(left), ...after];
    return this.#bisimulationFault(kept, first, after);
  }

  /**
   * Where pairs of one and one say that states are equal, one of them leads in all sets. Those
   * pairs themselves are checked of the states that they name: so a state does what its leader
   * does, up to what is equal, and another pair is kept if it is kept with leaders.
   */
  #bisimulationFault(
    all: readonly (readonly [Side, Side])[],
    first: Side,
    after: Side,
  ): string | undefined {
    const leader = leaders(all);
    const led = (side: Side) => sorted(side.map((number) => leader.get(number) ?? number));
    const pairs = all.map(([one, other]) => [led(one), led(other)] as const);
    const checked = all.map((pair, i) => (isSingle(pair) ? pair : pairs[i]!));
    // All states that a pair may lead to are made before they are counted.
    this.#derivatives.lead(leader);
    for (const number of new Set(checked.flat(2))) this.#derivatives.step(number);
    const closure = new PlainClosure(this.#derivatives.size, pairs, this.#clock);
    if (!closure.equal(led(first), led(after)))
      return 'the equation does not follow from the pairs';
    for (const [index, pair] of checked.entries()) {
      const fault = this.#pairFault(pair, closure);
      if (fault) return `pair ${index + 1} is not kept: ${fault}`;
    }
    return undefined;
  }

  #pairFault([left, right]: readonly [Side, Side], closure: PlainClosure): string | undefined {
    const { diagrams } = this.#derivatives;
    const ends = (side: Side) =>
      diagrams.joined(new Set(side.map((number) => this.#derivatives.end(number))));
    if (ends(left) !== ends(right)) return 'its sides end under different tests';
    const first = this.#after(left);
    const second = this.#after(right);
    for (const letter of new Set([...first.keys(), ...second.keys()])) {
      const one = diagrams.joined(first.get(letter) ?? []);
      const other = diagrams.joined(second.get(letter) ?? []);
      const equal = diagrams.everywhere(one, other, this.#seen, (before, after) =>
        closure.equal(before, after),
      );
      if (!equal) return `its sides do not go the same way by ${JSON.parse(letter)[0]}`;
    }
    return undefined;
  }

  /** For each letter what follows the states of a set. */
  #after(side: Side): Map<string, Set<Diagram>> {
    const found = new Map<string, Set<Diagram>>();
    for (const number of side)
      for (const [letter, diagram] of this.#derivatives.step(number)) {
        const parts = found.get(letter);
        if (parts) parts.add(diagram);
        else found.set(letter, new Set([diagram]));
      }
    return found;
  }
}

const isSingle = ([left, right]: readonly [Side, Side]) => left.length === 1 && right.length === 1;

const sorted = (numbers: readonly number[]): number[] =>
  [...new Set(numbers)].sort((one, other) => one - other);

/** Whether a word is one of a term: its letters are taken one after the other. */
export function hasWord(root: Term, { steps, tests }: Word, clock = new Clock()): boolean {
  const derivatives = new PlainDerivatives(clock);
  const { diagrams } = derivatives;
  let states = [derivatives.start(copier(new Terms(clock))(root))?.number ?? []].flat();
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
