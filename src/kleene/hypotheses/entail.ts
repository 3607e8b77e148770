/**
 * Whether an equation follows from hypotheses. The answer is yes with a proof, no with a model in
 * which the hypotheses hold and the equation does not, or undecided, with the hypothesis that no
 * method here can use: the general problem has no algorithm.
 */

import { type Decision, decide, unsorted } from '../decision/decide.ts';
import type { Word } from '../decision/search.ts';
import {
  costOf,
  dropsAreFunctions,
  evaluate,
  holdsIn,
  type Model,
  modelOf,
  mostCost,
  relations,
  sortsOf,
} from '../models/model.ts';
import { Relation } from '../models/relations.ts';
import type { Equation } from '../notation/parse.ts';
import { Clock, Exhausted, type Limit, type Limits, usual } from '../terms/limit.ts';
import { single, Terms } from '../terms/term.ts';
import { models } from './chase.ts';
import { accepted, chased, closureOf, shortcut } from './closure.ts';
import { eliminated, eliminationOf, replaced, type Sorting, sortingOf } from './eliminate.ts';
import { type Consequence, consequences, simulation } from './lemmas.ts';
import { type Closed, directions, type Proof } from './proof.ts';
import { layersOf, spelled, stackOf, Unsuitable } from './simulate.ts';

export type Answer =
  | { readonly kind: 'holds'; readonly proof: Proof }
  | {
      readonly kind: 'fails';
      /** Without hypotheses a shortest word that belongs to one side only. */
      readonly word?: Word;
      /** What kept the search for a shorter word from its end. */
      readonly shorter?: Limit;
      readonly in: 'left' | 'right';
      /** Checked: the hypotheses hold in it, the equation does not. */
      readonly model: Model;
    }
  | { readonly kind: 'undecided'; readonly limit: Limit }
  | { readonly kind: 'undecided'; readonly unusable: readonly number[] };

export function entails(
  goal: Equation,
  given: readonly Equation[] = [],
  limits: Limits | Clock = usual,
): Answer {
  const clock = limits instanceof Clock ? limits : new Clock(limits);
  try {
    return new Question(goal, given, clock).answer();
  } catch (error) {
    if (!(error instanceof Exhausted)) throw error;
    const reached = 'the hypotheses were still being worked in';
    return { kind: 'undecided', limit: { what: error.what, reached } };
  }
}

class Question {
  readonly #goal: Equation;
  readonly #given: readonly Equation[];
  readonly #clock: Clock;
  readonly #terms: Terms;
  readonly #plain: Equation;
  readonly #plainGiven: readonly Equation[];
  readonly #sorting: Sorting;

  constructor(goal: Equation, given: readonly Equation[], clock: Clock) {
    this.#goal = goal;
    this.#given = given;
    this.#clock = clock;
    this.#terms = new Terms(clock);
    this.#sorting = sortingOf(goal, given);
    this.#plain = unsorted(goal, this.#terms);
    this.#plainGiven = given.map((one) => unsorted(one, this.#terms));
  }

  answer(): Answer {
    if (this.#given.length === 0) return this.#withoutHypotheses();
    const simulated = this.#bySimulation();
    if (simulated && 'kind' in simulated) return simulated;
    return this.#byElimination(simulated?.used ?? new Set());
  }

  #withoutHypotheses(): Answer {
    const decision = decide(this.#plain, this.#clock);
    if (decision.kind === 'undecided') return decision;
    if (decision.kind === 'holds')
      return { kind: 'holds', proof: { rule: 'equation', certificate: decision.certificate } };
    const { word, shorter } = decision;
    const model = modelOf(word, this.#goal, []);
    // A word alone shows it; its model is looked at as well where that is no great work.
    if (this.#cost(model) < mostCost) this.#mustRefute(model);
    return { kind: 'fails', word, in: decision.in, model, ...(shorter && { shorter }) };
  }

  /** What cannot be used is left out: a yes stays a yes, and a no has its model looked at. */
  #byElimination(used: ReadonlySet<number>): Answer {
    const found = this.#plainGiven.map((one) => consequences(this.#terms, one));
    const usable = found.map((list): readonly Consequence[] => list ?? []);
    const elimination = eliminationOf(usable);
    const equation = eliminated(this.#terms, this.#plain, elimination, this.#sorting);
    const decision = decide(equation, this.#clock);
    if (decision.kind === 'undecided') return decision;
    const { replacements } = elimination;
    if (decision.kind === 'holds')
      return { kind: 'holds', proof: { rule: 'elimination', elimination, ...decision } };
    const model = this.#meant(decision, replacements);
    if (this.#refutes(model)) return { kind: 'fails', in: decision.in, model };
    const shortcuts = this.#plainGiven.map((one) => shortcut(one).length > 0);
    if (shortcuts.includes(true)) {
      const closures = this.#closures(equation);
      if (closures) return { kind: 'holds', proof: { rule: 'closure', elimination, closures } };
      const larger = this.#chased(model);
      if (larger && this.#refutes(larger)) return { kind: 'fails', in: decision.in, model: larger };
    }
    const missed = found.flatMap((list, index) => (list || used.has(index) ? [] : [index]));
    return { kind: 'undecided', unusable: missed.length > 0 ? missed : this.#unmet(model) };
  }

  /** For each direction the closure of its right side, if the left one is within it. */
  #closures(equation: Equation): Closed[] | undefined {
    const found: Closed[] = [];
    for (const [left, right] of directions(equation)) {
      const closure = closureOf(right, this.#plainGiven, this.#clock);
      if (!closure) return undefined;
      const before = accepted(this.#terms, closure, false);
      const after = accepted(this.#terms, closure, true);
      const base = decide({ relation: '<=', left: before, right }, this.#clock);
      const cover = decide({ relation: '<=', left, right: after }, this.#clock);
      if (base.kind !== 'holds' || cover.kind !== 'holds') return undefined;
      found.push({ closure, base: base.certificate, cover: cover.certificate });
    }
    return found;
  }

  /** The model with the ways that its steps must have; undefined if there is no end to them. */
  #chased({ states, letters, tests }: Model): Model | undefined {
    const steps = [...letters].flatMap(([letter, relation]) =>
      [...relation].map(([from, to]) => ({ from, to, letter })),
    );
    const found = chased(states.length, steps, this.#plainGiven);
    if (!found) return undefined;
    const sorts = sortsOf([this.#goal, ...this.#given].flatMap((one) => [one.left, one.right]));
    const fresh = found.fresh.map((letter) => sorts.get(letter)?.[1] ?? single);
    const byLetter = new Map<string, [number, number][]>();
    for (const { from, to, letter = '' } of found.steps)
      byLetter.set(letter, [...(byLetter.get(letter) ?? []), [from, to]]);
    const all = [...states, ...fresh];
    return { states: all, letters: relations(byLetter, all.length), tests };
  }

  /** In the model of the word a letter that was replaced means what it was replaced by. */
  #meant(
    { word }: Decision & { kind: 'fails' },
    replacements: readonly { letter: string; equals: Equation['left'] }[],
  ) {
    const all = this.#given.flatMap(({ left, right }) => [left, right]);
    const base = modelOf(word, this.#goal, all);
    const plain: Model = { ...base, states: base.states.map(() => this.#plain.left.source) };
    const letters = new Map(base.letters);
    const sorts = sortsOf([this.#goal.left, this.#goal.right, ...all]);
    for (const [name, [source, target]] of sorts) {
      const steps = replacements.map((one) => ({ ...one, hypothesis: 0 }));
      const meaning = evaluate(replaced(this.#terms, this.#terms.letter(name), steps), plain);
      const fits = Relation.where(
        base.states.length,
        base.states.length,
        (from, to) => base.states[from] === source && base.states[to] === target,
      );
      letters.set(name, meaning.intersection(fits));
    }
    return { ...base, letters };
  }

  #bySimulation(): Answer | { readonly used: ReadonlySet<number> } | undefined {
    const terms = this.#terms;
    const stack = stackOf(terms, this.#plain, this.#plainGiven);
    if (!stack) return undefined;
    const used = new Set(
      this.#plainGiven.flatMap((one, index) =>
        stack.letters.includes(simulation(terms, one)?.letter ?? '') ? [index] : [],
      ),
    );
    try {
      const layers = layersOf(terms, stack, this.#plainGiven, this.#clock);
      const target = layers.at(-1) ? spelled(terms, layers.at(-1)!, 'concrete') : stack.abstract;
      const equation = { relation: '<=', left: stack.concrete, right: target } as const;
      const cover = decide(equation, this.#clock);
      if (cover.kind === 'undecided') return cover;
      if (cover.kind === 'fails') {
        const { word } = cover;
        for (const model of models(word, layers, this.#goal, this.#given, this.#clock))
          if (this.#refutes(model)) return { kind: 'fails', in: 'left', model };
        return { used: new Set() };
      }
      return this.#simulated(layers, stack.abstract, cover.certificate) ?? { used };
    } catch (error) {
      if (error instanceof Unsuitable) return { used: new Set() };
      throw error;
    }
  }

  #simulated(
    layers: ReturnType<typeof layersOf>,
    abstract: Equation['left'],
    cover: (Decision & { kind: 'holds' })['certificate'],
  ): Answer | undefined {
    let target = abstract;
    const specified = [];
    for (const layer of layers) {
      const left = spelled(this.#terms, layer, 'abstract');
      const decision = decide({ relation: '<=', left, right: target }, this.#clock);
      if (decision.kind === 'undecided') return decision;
      if (decision.kind === 'fails') return undefined;
      specified.push(decision.certificate);
      target = spelled(this.#terms, layer, 'concrete');
    }
    return { kind: 'holds', proof: { rule: 'simulation', layers, specified, cover } };
  }

  #cost({ states }: Model): number {
    return costOf([this.#goal, ...this.#given], states.length);
  }

  #refutes(model: Model): boolean {
    if (this.#cost(model) > mostCost) throw new Exhausted('nodes');
    return (
      dropsAreFunctions(model) &&
      this.#given.every((one) => holdsIn(one, model)) &&
      !holdsIn(this.#goal, model)
    );
  }

  #mustRefute(model: Model): void {
    if (!this.#refutes(model)) throw new Error('the model of a word does not refute the equation');
  }

  #unmet(model: Model): number[] {
    const unmet = this.#given.flatMap((one, index) => (holdsIn(one, model) ? [] : [index]));
    return unmet.length > 0 ? unmet : this.#given.map((_, index) => index);
  }
}
