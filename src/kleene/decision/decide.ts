/** Decides equations without hypotheses; the answer brings what shows it. */

import type { Equation } from '../notation/parse.ts';
import { Clock, Exhausted, type Limit, type Limits, usual } from '../terms/limit.ts';
import { Terms } from '../terms/term.ts';
import { erased } from '../terms/walk.ts';
import { Automaton } from './automaton.ts';
import type { Certificate, Listed } from './certificate.ts';
import { finished } from './derivatives.ts';
import { Quotient } from './quotient.ts';
import { type Found, type Manner, Search, type Word } from './search.ts';
import { Similarity } from './similarity.ts';
import { Subsets } from './subsets.ts';

export type Decision =
  | { readonly kind: 'holds'; readonly certificate: Certificate }
  | {
      readonly kind: 'fails';
      readonly word: Word;
      readonly in: 'left' | 'right';
      /** What kept the search for a shorter word from its end; without it there is none. */
      readonly shorter?: Limit;
    }
  | { readonly kind: 'undecided'; readonly limit: Limit };

/** How many elements sets may have before it is worth while to compare single states. */
const few = 4_000;

/** Whether an equation holds in every Kleene algebra with tests, and so of all relations. */
export function decide(
  equation: Equation,
  limits: Limits | Clock = usual,
  patience = few,
): Decision {
  const automaton = new Automaton(limits instanceof Clock ? limits : new Clock(limits));
  return new Question(equation, automaton, patience).answer();
}

type Different = Found & { kind: 'different' };

class Question {
  readonly #equation: Equation;
  readonly #automaton: Automaton;
  readonly #patience: number;
  #search: Search | undefined;
  #shorter: Limit | undefined;

  constructor(equation: Equation, automaton: Automaton, patience: number) {
    this.#equation = equation;
    this.#automaton = automaton;
    this.#patience = patience;
  }

  answer(): Decision {
    const { left, right, relation } = this.#equation;
    const { derivatives, sets } = this.#automaton;
    try {
      const first = derivatives.start(left);
      const second = derivatives.start(right);
      return this.#told(this.#found(relation === '=' ? first : sets.union(first, second), second));
    } catch (error) {
      if (!(error instanceof Exhausted)) throw error;
      return { kind: 'undecided', limit: this.#limit(error) };
    }
  }

  #limit({ what }: Exhausted): Limit {
    return { what, reached: this.#search?.reached ?? 'nothing was compared yet' };
  }

  /** First as it is; what is not told apart soon is made small first. */
  #found(left: number, right: number): Found {
    const automaton = this.#automaton;
    const soon = this.#run(automaton, left, right, { most: this.#patience });
    if (soon) return soon;
    const quotient = Quotient.of(automaton, [left, right]);
    if (!quotient) return this.#run(automaton, left, right, {})!;
    const { diagrams } = automaton;
    const similarity = Similarity.of(quotient, diagrams);
    const small = new Subsets(quotient, diagrams, similarity);
    const [first, second] = [left, right].map((set) => small.closed(quotient.image(set)));
    const found = this.#run(small, first!, second!, { eager: true })!;
    if (found.kind === 'different') return this.#shortest(small, first!, second!, found);
    const pairs = found.pairs.map((pair) => pair.map((set) => small.strongest(set)));
    const all = [...(similarity?.pairs() ?? []), ...pairs];
    const named = all.map(
      ([one, other]) => [quotient.meant(one!), quotient.meant(other!)] as const,
    );
    return { kind: 'same', pairs: [...quotient.pairs(), ...named] };
  }

  /** A word that was found is one, also if the search for a shorter one comes to no end. */
  #shortest(small: Subsets, first: number, second: number, found: Different): Found {
    try {
      return this.#run(small, first, second, { shorterThan: found.word.steps.length }) ?? found;
    } catch (error) {
      if (!(error instanceof Exhausted)) throw error;
      this.#shorter = this.#limit(error);
      return found;
    }
  }

  #run(automaton: Subsets, left: number, right: number, manner: Manner): Found | undefined {
    this.#search = new Search(automaton, manner);
    return this.#search.run(left, right);
  }

  #told(found: Found): Decision {
    if (found.kind === 'different')
      return { ...found, kind: 'fails', ...(this.#shorter && { shorter: this.#shorter }) };
    const { pairs } = found;
    return { kind: 'holds', certificate: certificate(this.#equation, this.#automaton, pairs) };
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
