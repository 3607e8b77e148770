/**
 * Models for goals that do not follow from simulations. A word of the concrete side is laid out as
 * a path; for each layer above, every step that a simulation asks for is added, and nothing else.
 * If the abstract sides are words, this is the least model with that path: if the goal holds there,
 * it holds wherever the path is. Otherwise some choices of words are tried.
 */
import { Automaton } from '../decision/automaton.ts';
import { isEnd, never, setAt } from '../decision/diagram.ts';
import type { Word } from '../decision/search.ts';
import { evaluate, type Model, relations, sortsOf } from '../models/model.ts';
import type { Equation } from '../notation/parse.ts';
import { Classes } from '../terms/classes.ts';
import type { Clock } from '../terms/limit.ts';
import type { Sort, Term } from '../terms/term.ts';
import type { Layer } from './simulate.ts';

const mostChoices = 64;
const wordsOfEach = 3;

/** Models in which the hypotheses of all layers hold, with this word as a path. */
export function* models(
  word: Word,
  layers: readonly Layer[],
  goal: Equation,
  given: readonly Equation[],
  clock: Clock,
): Generator<Model> {
  const sorts = sortsOf([goal, ...given].flatMap(({ left, right }) => [left, right]));
  const options = layers.flatMap(({ simulations }) =>
    [...simulations].map(([index, { abstract }]) => ({ index, words: words(abstract, clock) })),
  );
  // A step that cannot be answered: whoever relates to its start contradicts the hypothesis.
  if (options.some(({ words }) => words.length === 0)) return;
  const count = options.reduce((product, { words }) => product * words.length, 1);
  for (let choice = 0; choice < Math.min(count, mostChoices); choice++) {
    let rest = choice;
    const chosen = new Map<number, readonly string[]>();
    for (const { index, words } of options) {
      chosen.set(index, words[rest % words.length] as readonly string[]);
      rest = Math.floor(rest / words.length);
    }
    yield new Chase(sorts, goal.left.target).run(word, layers, chosen);
  }
}

class Chase {
  readonly #sorts: ReadonlyMap<string, readonly [Sort, Sort]>;
  readonly #states: Sort[] = [];
  readonly #steps = new Map<string, [number, number][]>();
  readonly #last: Sort;

  constructor(sorts: ReadonlyMap<string, readonly [Sort, Sort]>, last: Sort) {
    this.#sorts = sorts;
    this.#last = last;
  }

  run(word: Word, layers: readonly Layer[], chosen: ReadonlyMap<number, readonly string[]>) {
    const [first] = word.steps;
    const start = first ? this.#sorts.get(first.letter)?.[0] : undefined;
    let layer = [this.#states.push(start ?? this.#last) - 1];
    for (const { letter } of word.steps) {
      const next = this.#states.push(this.#sorts.get(letter)?.[1] as Sort) - 1;
      this.#step(letter, layer.at(-1) as number, next);
      layer.push(next);
    }
    for (const above of [...layers].reverse()) layer = this.#lift(above, layer, chosen);
    return this.#model();
  }

  /** A copy of each state above it, with the steps that the simulations ask for. */
  #lift(
    { letter, simulations }: Layer,
    below: readonly number[],
    chosen: ReadonlyMap<number, readonly string[]>,
  ): number[] {
    const sort = this.#sorts.get(letter)?.[0] as Sort;
    const model = this.#model();
    const steps = [...simulations].flatMap(([index, { concrete }]) => {
      const meaning = evaluateErased(concrete, model);
      return below.flatMap((from, i) =>
        below.flatMap((to, k) => (meaning.has(from, to) ? [{ index, from: i, to: k }] : [])),
      );
    });
    const same = new Classes();
    for (const { index, from, to } of steps)
      if (chosen.get(index)?.length === 0) same.join(from, to);
    const copies = below.map((_, i) => (same.root(i) === i ? this.#states.push(sort) - 1 : -1));
    const copy = (i: number) => copies[same.root(i)] as number;
    for (const [i, state] of below.entries()) this.#step(letter, copy(i), state);
    const inner: number[] = [];
    for (const { index, from, to } of steps) {
      const word = chosen.get(index) ?? [];
      let at = copy(from);
      for (const [i, name] of word.entries()) {
        const last = i === word.length - 1;
        const next = last ? copy(to) : this.#states.push(sort) - 1;
        if (!last) inner.push(next);
        this.#step(name, at, next);
        at = next;
      }
    }
    return [...new Set(copies.filter((state) => state >= 0)), ...inner];
  }

  #step(letter: string, from: number, to: number): void {
    this.#steps.set(letter, [...(this.#steps.get(letter) ?? []), [from, to]]);
  }

  #model(): Model {
    return {
      states: [...this.#states],
      letters: relations(this.#steps, this.#states.length),
      tests: new Map(),
    };
  }
}

/** What a term without sorts means: its ones stay everywhere. */
function evaluateErased(term: Term, model: Model) {
  return evaluate(term, { ...model, states: model.states.map(() => term.source) });
}

/** The first words of a term, shortest first. */
function words(term: Term, clock: Clock): string[][] {
  const automaton = new Automaton(clock);
  const found: string[][] = [];
  const queue = [{ set: automaton.derivatives.start(term), word: [] as string[] }];
  for (let at = queue.shift(); at && found.length < wordsOfEach; at = queue.shift()) {
    clock.tick(100);
    if (automaton.end(at.set) !== never) found.push(at.word);
    if (queue.length > 1_000) continue;
    for (const [letter, after] of automaton.after(at.set).entries())
      if (after !== never && isEnd(after))
        queue.push({
          set: setAt(after),
          word: [...at.word, automaton.derivatives.letters[letter] as string],
        });
  }
  return found;
}
