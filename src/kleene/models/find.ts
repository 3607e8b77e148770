/**
 * Random finite models in which some inclusions hold. A run of a term is laid out as a path; then,
 * as long as an inclusion is violated at a pair of states, some run of its right side is added
 * between the two. What is found has been evaluated; that nothing is found says nothing. The same
 * seed finds the same model.
 */

import type { Equation } from '../notation/parse.ts';
import type { Formula, Sort, Term } from '../terms/term.ts';
import { dropped } from '../terms/walk.ts';
import {
  allHoldIn,
  dropsAreFunctions,
  evaluate,
  evaluator,
  holdsIn,
  type Model,
  relations,
  sortsOf,
} from './model.ts';
import { Random } from './random.ts';

export interface Sought {
  /** Inclusions. */
  readonly holds: readonly Equation[];
  readonly fails?: Equation;
  /** Of which there is a run in the model. */
  readonly run: Term;
}

const mostStates = 12;
const mostRepairs = 60;

/** A model of a random beginning, or nothing if that leads nowhere. */
export function randomModel(sought: Sought, seed: number): Model | undefined {
  const model = new Growing(sought, new Random(seed)).model();
  return model && meets(sought, model) ? model : undefined;
}

/** The smallest of some, without what it does not need. */
export function smallModel(sought: Sought, seed: number, tries = 400): Model | undefined {
  let best: Model | undefined;
  for (let attempt = 0; attempt < tries; attempt++) {
    const found = randomModel(sought, seed + attempt);
    const less = found && lessened(sought, found);
    if (less && (!best || size(less) < size(best))) best = less;
    if (best && attempt > 150) return best;
  }
  return best;
}

export function meets({ holds, fails }: Sought, model: Model): boolean {
  return dropsAreFunctions(model) && allHoldIn(holds, model) && !(fails && holdsIn(fails, model));
}

const size = ({ states, letters }: Model): number =>
  [...letters.values()].reduce((sum, one) => sum + [...one].length, 10 * states.length);

class Growing {
  readonly #sought: Sought;
  readonly #random: Random;
  readonly #sorts: ReadonlyMap<string, readonly [Sort, Sort]>;
  readonly #states: Sort[] = [];
  readonly #steps = new Map<string, [number, number][]>();
  readonly #tests = new Map<string, Set<number>>();

  constructor(sought: Sought, random: Random) {
    this.#sought = sought;
    this.#random = random;
    const { holds, fails, run } = sought;
    const equations = [...holds, ...(fails ? [fails] : [])];
    const terms = [...equations.flatMap(({ left, right }) => [left, right]), run];
    this.#sorts = sortsOf(terms);
    for (const name of this.#sorts.keys()) this.#steps.set(name, []);
  }

  model(): Model | undefined {
    const { run, holds } = this.#sought;
    const start = this.#fresh(run.source);
    if (!this.#run(run, start, undefined)) return undefined;
    for (let more = this.#random.below(4); more > 0; more--) this.#anyStep();
    for (let repairs = 0; repairs < mostRepairs; repairs++) {
      const model = this.#soFar();
      const meaning = evaluator(model);
      const missing = holds.flatMap(({ left, right }) =>
        [...meaning(left).minus(meaning(right))].map(([from, to]) => ({ right, from, to })),
      );
      const one = missing[this.#random.below(missing.length)];
      if (!one) return model;
      if (!this.#run(one.right, one.from, one.to)) return undefined;
    }
    return undefined;
  }

  /** A step of the machines that nobody asked for. */
  #anyStep(): void {
    const names = [...this.#sorts.keys()];
    const name = names[this.#random.below(names.length)] as string;
    const [source, target] = this.#sorts.get(name) as readonly [Sort, Sort];
    const from = this.#state(source);
    this.#steps.get(name)?.push([from, this.#state(target)]);
  }

  /** Adds a run of the term between two states; false if there can be none. */
  #run(term: Term, from: number, to: number | undefined): boolean {
    const run = this.#word(term);
    const letters = run.filter(({ kind }) => kind !== 'test').length;
    if (letters === 0 && to !== undefined && to !== from) return false;
    let at = from;
    let left = letters;
    for (const part of run) {
      if (part.kind === 'test') {
        if (!this.#asked(part.formula, at)) return false;
        continue;
      }
      left--;
      const end = left === 0 ? to : undefined;
      const next =
        part.kind === 'drop' ? this.#without(at) : (end ?? this.#before(run, part, to, left));
      if (end !== undefined && next !== end) return false;
      if (part.kind === 'letter') this.#steps.get(part.name)?.push([at, next]);
      else if (part.kind !== 'drop') return false;
      at = next;
    }
    return this.#states.length <= mostStates;
  }

  /** Where a step may lead; if the value is dropped last, to a state that is the end without it. */
  #before(run: readonly Term[], { target }: Term, to: number | undefined, left: number): number {
    if (to === undefined || left !== 1 || run.at(-1)?.kind !== 'drop') return this.#state(target);
    const known = [...this.#states.keys()].filter(
      (state) => this.#states[state] === target && this.#without(state) === to,
    );
    const chosen = known[this.#random.below(known.length)];
    if (chosen !== undefined) return chosen;
    const state = this.#states.push(target) - 1;
    this.#steps.set(dropped, [...(this.#steps.get(dropped) ?? []), [state, to]]);
    return state;
  }

  /** Letters and tests, one after the other. */
  #word(term: Term): Term[] {
    if (term.kind === 'product') return [...this.#word(term.left), ...this.#word(term.right)];
    if (term.kind === 'choice')
      return this.#word(this.#random.below(2) === 0 ? term.left : term.right);
    if (term.kind === 'star') {
      const times = this.#random.below(3);
      return Array.from({ length: times }, () => this.#word(term.body)).flat();
    }
    return term.kind === 'one' ? [] : [term];
  }

  #asked(formula: Formula, state: number): boolean {
    if (formula.kind === 'true') return true;
    if (formula.kind === 'and')
      return this.#asked(formula.left, state) && this.#asked(formula.right, state);
    if (formula.kind !== 'name') return false;
    const holding = this.#tests.get(formula.name) ?? new Set();
    this.#tests.set(formula.name, holding.add(state));
    return true;
  }

  /** One that is there, most of the time. */
  #state(sort: Sort): number {
    const known = [...this.#states.keys()].filter((state) => this.#states[state] === sort);
    const chosen = known[this.#random.below(known.length)];
    return chosen === undefined || this.#random.below(3) === 0 ? this.#fresh(sort) : chosen;
  }

  #fresh(sort: Sort): number {
    const state = this.#states.push(sort) - 1;
    const [plain, value] = sort.split('!') as [Sort, string?];
    if (value === undefined) return state;
    const drops = this.#steps.get(dropped) ?? [];
    drops.push([state, this.#state(plain)]);
    this.#steps.set(dropped, drops);
    return state;
  }

  /** The state without its value. */
  #without(state: number): number {
    return this.#steps.get(dropped)?.find(([from]) => from === state)?.[1] ?? state;
  }

  #soFar(): Model {
    const letters = relations(this.#steps, this.#states.length);
    const tests = new Map([...this.#tests].map(([name, holding]) => [name, new Set(holding)]));
    return { states: [...this.#states], letters, tests };
  }
}

/** The same without steps, tests and states that it does not need. */
function lessened(sought: Sought, model: Model): Model {
  let best = model;
  const attempt = (next: Model) => {
    if (meets(sought, next) && [...evaluate(sought.run, next)].length > 0) best = next;
  };
  for (const [name, relation] of model.letters)
    for (const [from, to] of relation) attempt(without(best, name, from, to));
  for (const [name, holding] of model.tests)
    for (const state of holding) {
      const fewer = new Set([...(best.tests.get(name) ?? [])].filter((one) => one !== state));
      attempt({ ...best, tests: new Map(best.tests).set(name, fewer) });
    }
  attempt(compact(best));
  return best;
}

function without(model: Model, name: string, from: number, to: number): Model {
  const pairs = [...(model.letters.get(name) ?? [])].filter(
    ([source, target]) => source !== from || target !== to,
  );
  const steps = new Map([...model.letters].map(([letter, all]) => [letter, [...all]] as const));
  return { ...model, letters: relations(steps.set(name, pairs), model.states.length) };
}

/** Without states that nothing happens in. */
function compact({ states, letters, tests }: Model): Model {
  const used = new Set([...letters.values()].flatMap((one) => [...one].flat()));
  for (const holding of tests.values()) for (const state of holding) used.add(state);
  const kept = [...states.keys()].filter((state) => used.has(state));
  const place = new Map(kept.map((state, at) => [state, at] as const));
  const at = (state: number) => place.get(state) as number;
  const steps = [...letters].map(
    ([name, all]) => [name, [...all].map(([from, to]) => [at(from), at(to)] as const)] as const,
  );
  return {
    states: kept.map((state) => states[state] as Sort),
    letters: relations(new Map(steps), kept.length),
    tests: new Map([...tests].map(([name, some]) => [name, new Set([...some].map(at))] as const)),
  };
}
