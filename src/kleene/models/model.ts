/** Finite models: what letters and tests mean on a few states, and what holds there. */

import type { Word } from '../decision/search.ts';
import type { Equation } from '../notation/parse.ts';
import type { Sort, Term } from '../terms/term.ts';
import { dropped, fold, foldFormula, within } from '../terms/walk.ts';
import { Relation } from './relations.ts';

export interface Model {
  /** The sort of each state. */
  readonly states: readonly Sort[];
  /** Letters that are not here relate nothing. */
  readonly letters: ReadonlyMap<string, Relation>;
  /** Where each test holds; nowhere, if it is not here. */
  readonly tests: ReadonlyMap<string, ReadonlySet<number>>;
}

export function evaluate(root: Term, model: Model): Relation {
  return evaluator(model)(root);
}

/** What terms mean in a model: what they have in common is computed once. */
export function evaluator(model: Model): (root: Term) => Relation {
  const { states } = model;
  const size = states.length;
  const none = Relation.empty(size);
  const stays = new Map<Sort, Relation>();
  const stay = (sort: Sort) => {
    const known = stays.get(sort) ?? Relation.test(size, (state) => states[state] === sort);
    stays.set(sort, known);
    return known;
  };
  const memo = new Map<Term, Relation>();
  const visit = (term: Term, of: (part: Term) => Relation): Relation => {
    switch (term.kind) {
      case 'zero':
        return none;
      case 'one':
        return stay(term.source);
      case 'letter':
      case 'drop': {
        const name = term.kind === 'letter' ? term.name : dropped;
        const all = model.letters.get(name) ?? none;
        return stay(term.source).compose(all).compose(stay(term.target));
      }
      case 'test':
        return Relation.test(
          size,
          (state) => states[state] === term.source && testHolds(term, model, state),
        );
      case 'product':
        return of(term.left).compose(of(term.right));
      case 'choice':
        return of(term.left).union(of(term.right));
      case 'star':
        return stay(term.source).compose(of(term.body).star());
      default:
        return term satisfies never;
    }
  };
  return (root) => fold<Relation>(root, visit, memo);
}

function testHolds(term: Term & { kind: 'test' }, { tests }: Model, state: number): boolean {
  return foldFormula<boolean>(term.formula, (part, of) => {
    if (part.kind === 'true' || part.kind === 'false') return part.kind === 'true';
    if (part.kind === 'name') return tests.get(part.name)?.has(state) ?? false;
    if (part.kind === 'not') return !of(part.body);
    return part.kind === 'and' ? of(part.left) && of(part.right) : of(part.left) || of(part.right);
  });
}

export function holdsIn(equation: Equation, model: Model): boolean {
  return allHoldIn([equation], model);
}

export function allHoldIn(equations: readonly Equation[], model: Model): boolean {
  const meaning = evaluator(model);
  return equations.every(({ relation, left, right }) => {
    const first = meaning(left);
    const second = meaning(right);
    return first.within(second) && (relation === '<=' || second.within(first));
  });
}

/** To drop a value is a function: every state with a value has just one without it. */
export function dropsAreFunctions({ states, letters }: Model): boolean {
  const drops = letters.get(dropped);
  return states.every((sort, state) => {
    if (!sort.includes('!')) return true;
    const [rest] = sort.split('!');
    const without = states.filter((other, index) => other === rest && drops?.has(state, index));
    return without.length === 1;
  });
}

/** The bits that may be written when equations are evaluated: more are refused. */
export const mostCost = 2 ** 31;

/** Bits that are written when equations are evaluated in a model of so many states. */
export function costOf(equations: readonly Equation[], states: number): number {
  const roots = equations.flatMap(({ left, right }) => [left, right]);
  return roots.reduce((sum, term) => sum + within(term).size, 0) * states ** 2;
}

/** From where to where the letters go that occur in these terms. */
export function sortsOf(terms: readonly Term[]): Map<string, readonly [Sort, Sort]> {
  const sorts = new Map<string, readonly [Sort, Sort]>();
  for (const root of terms)
    for (const term of within(root))
      if (term.kind === 'letter') sorts.set(term.name, [term.source, term.target]);
  return sorts;
}

/** The states of a word one after the other, with its letters as the only steps. */
export function modelOf(word: Word, { left, right }: Equation, others: readonly Term[]): Model {
  const sorts = sortsOf([left, right, ...others]);
  const states: Sort[] = [left.source];
  for (const { letter } of word.steps) {
    const before = states.at(-1) as Sort;
    states.push(letter === dropped ? (before.split('!')[0] as Sort) : sorts.get(letter)![1]);
  }
  const steps = new Map<string, [number, number][]>();
  const add = (letter: string, from: number, to: number) =>
    steps.set(letter, [...(steps.get(letter) ?? []), [from, to]]);
  for (const [from, { letter }] of word.steps.entries()) add(letter, from, from + 1);
  // A state whose value nobody drops in the word can be without its value all the same.
  for (const [from, sort] of [...states.entries()])
    if (sort.includes('!') && word.steps[from]?.letter !== dropped)
      add(dropped, from, states.push(sort.split('!')[0] as Sort) - 1);
  const tests = new Map<string, Set<number>>();
  const answers = [...word.steps.map((step) => step.tests), word.tests];
  for (const [state, answered] of answers.entries())
    for (const [name, holds] of answered)
      if (holds) tests.set(name, (tests.get(name) ?? new Set()).add(state));
  return { states, letters: relations(steps, states.length), tests };
}

export function relations(
  steps: ReadonlyMap<string, readonly (readonly [number, number])[]>,
  size: number,
): Map<string, Relation> {
  return new Map([...steps].map(([letter, pairs]) => [letter, Relation.of(size, size, pairs)]));
}
