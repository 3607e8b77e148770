/** Random numbers that can be had again, small random models, and texts with one mistake. */
import { holdsIn, type Model } from '../models/model.ts';
import { Relation } from '../models/relations.ts';
import type { Equation } from '../notation/parse.ts';
import type { Sort, Term } from '../terms/term.ts';
import { dropped, testsOf, within } from '../terms/walk.ts';

/** A number from 0 up to below. */
export type Next = (below: number) => number;

export function numbers(seed: number): Next {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A small model for whatever letters, tests and sorts there are. */
export function randomModel(equations: readonly Pick<Equation, 'left' | 'right'>[], next: Next) {
  const parts = equations.flatMap(({ left, right }) => [left, right]);
  const all = new Set(parts.flatMap((part) => [...within(part)]));
  const sorts = new Set([...all].flatMap(({ source, target }) => [source, target]));
  const states = [...sorts].flatMap((sort): Sort[] => (next(2) ? [sort] : [sort, sort]));
  const names = [...all].flatMap((part: Term) => (part.kind === 'letter' ? [part.name] : []));
  const density = 2 + next(4);
  const random = () => Relation.where(states.length, states.length, () => next(density) === 0);
  const some = () => new Set([...states.keys()].filter(() => next(2) === 1));
  return {
    states,
    letters: new Map([...names, dropped].map((name) => [name, random()])),
    tests: new Map([...testsOf(...all)].map((name) => [name, some()])),
  } satisfies Model;
}

/** Whether the hypotheses hold in a model; undefined if not, else whether the equation does. */
export function judged(goal: Equation, given: readonly Equation[], model: Model) {
  return given.every((one) => holdsIn(one, model)) ? holdsIn(goal, model) : undefined;
}

/** One place of one line changed: a number, a word, a part, or the whole line. */
export function mutated(lines: readonly string[], next: Next, words: readonly string[]): string[] {
  const all = lines.map((line) => JSON.parse(line) as unknown[]);
  const line = all[next(all.length)] as unknown[];
  const like = all[next(all.length)] as unknown[];
  if (next(10) === 0) all.splice(next(all.length), 1);
  else if (next(8) === 0) line.splice(0, line.length, ...like);
  else change(line, 1 + next(Math.max(1, line.length - 1)), like, next, words);
  return all.map((one) => JSON.stringify(one));
}

function change(
  line: unknown[],
  place: number,
  like: readonly unknown[],
  next: Next,
  words: readonly string[],
): void {
  const value = line[place];
  if (typeof value === 'number') line[place] = Math.max(0, value + next(7) - 3);
  else if (Array.isArray(value) && value.length > 0 && next(3) > 0)
    change(value, next(value.length), like, next, words);
  else if (Array.isArray(value) && next(2) === 0)
    value.splice(next(value.length), next(2), next(9));
  else if (like[0] === line[0]) line[place] = like[place];
  else if (typeof value === 'string') line[place] = words[next(words.length)];
  else if (typeof value === 'boolean') line[place] = !value;
}
