/** Decides equations without hypotheses; the answer brings what shows it. */

import type { Equation } from '../notation/parse.ts';
import { Clock, Exhausted, type Limit, type Limits, usual } from '../terms/limit.ts';
import { Terms } from '../terms/term.ts';
import { erased } from '../terms/walk.ts';
import { Automaton } from './automaton.ts';
import type { Certificate, Listed } from './certificate.ts';
import { finished } from './derivatives.ts';
import { Search, type Word } from './search.ts';

export type Decision =
  | { readonly kind: 'holds'; readonly certificate: Certificate }
  | { readonly kind: 'fails'; readonly word: Word; readonly in: 'left' | 'right' }
  | { readonly kind: 'undecided'; readonly limit: Limit };

/** Whether an equation holds in every Kleene algebra with tests, and so of all relations. */
export function decide(equation: Equation, limits: Limits | Clock = usual): Decision {
  const automaton = new Automaton(limits instanceof Clock ? limits : new Clock(limits));
  const search = new Search(automaton);
  try {
    const left = automaton.derivatives.start(equation.left);
    const right = automaton.derivatives.start(equation.right);
    const first = equation.relation === '=' ? left : automaton.sets.union(left, right);
    const found = search.run(first, right);
    if (found.kind === 'different') return { ...found, kind: 'fails' };
    return { kind: 'holds', certificate: certificate(equation, automaton, found.pairs) };
  } catch (error) {
    if (!(error instanceof Exhausted)) throw error;
    return { kind: 'undecided', limit: { what: error.what, reached: search.reached } };
  }
}

function certificate(
  equation: Equation,
  { sets, derivatives }: Automaton,
  pairs: readonly (readonly [number, number])[],
): Certificate {
  const numbers = new Map<number, number>();
  const states: Listed[] = [];
  const number = (state: number) => {
    const open: number[] = [];
    for (let at = state; !numbers.has(at); at = derivatives.parts(at).tail) {
      open.push(at);
      if (at === finished) break;
    }
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const { head, tail } = derivatives.parts(at);
      const listed = at === finished ? {} : { head, tail: numbers.get(tail) as number };
      numbers.set(at, states.push(listed) - 1);
    }
    return numbers.get(state) as number;
  };
  const listed = (set: number) => sets.elements(set).map(number);
  return {
    equation,
    pairs: pairs.map(([left, right]) => [listed(left), listed(right)] as const),
    states,
  };
}

/** An equation with its sorts left out: it holds if and only if the one with sorts does. */
export function unsorted(equation: Equation, terms = new Terms()): Equation {
  const { relation, left, right } = equation;
  return { relation, left: erased(terms, left), right: erased(terms, right) };
}
