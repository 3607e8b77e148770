/**
 * Hypotheses `a <= w` and `1 <= w` for a word w: what ends in f may then use a in place of w. The
 * automaton of f gets a step a wherever it has a way w, until there is none to add (Kozen and
 * Mamouras 2014). Every step that is added is at most a way that was there, so is every way of the
 * new automaton at most one of the old: what is below the closure of f is below f.
 */
import { Automaton } from '../decision/automaton.ts';
import { type Diagram, isEnd, never, setAt } from '../decision/diagram.ts';
import type { Equation } from '../notation/parse.ts';
import { type Clock, Exhausted } from '../terms/limit.ts';
import { termOf } from '../terms/regular.ts';
import type { Term, Terms } from '../terms/term.ts';
import { dropped, factors } from '../terms/walk.ts';

/** A letter, or nothing, that is at most a word. */
export interface Shortcut {
  readonly letter: string | undefined;
  readonly word: readonly string[];
}

export function shortcut({ relation, left, right }: Equation): Shortcut[] {
  const forth = oneWay(left, right);
  const back = relation === '=' ? oneWay(right, left) : undefined;
  return [forth, back].filter((one) => one !== undefined);
}

function oneWay(left: Term, right: Term): Shortcut | undefined {
  if (left.kind !== 'letter' && left.kind !== 'one') return undefined;
  const word = factors(right);
  if (word.length === 0 || !word.every((factor) => factor.kind === 'letter')) return undefined;
  const letter = left.kind === 'letter' ? left.name : undefined;
  return { letter, word: word.map((factor) => (factor.kind === 'letter' ? factor.name : dropped)) };
}

export interface Step {
  readonly from: number;
  readonly to: number;
  /** Undefined for a step that does nothing. */
  readonly letter: string | undefined;
}

/** An automaton from state 0, and the steps that were added with the hypotheses allowing them. */
export interface Closure {
  readonly size: number;
  readonly final: readonly number[];
  readonly steps: readonly Step[];
  readonly added: readonly (Step & { readonly hypothesis: number })[];
}

/** An automaton may have no more states. */
export const mostStates = 150;

/** The closure of a term without tests; undefined if it has some, or is too large. */
export function closureOf(term: Term, given: readonly Equation[], clock: Clock) {
  const base = automatonOf(term, clock);
  if (!base) return undefined;
  const shortcuts = given.flatMap((one, hypothesis) =>
    shortcut(one).map((found) => ({ ...found, hypothesis })),
  );
  const added: (Step & { hypothesis: number })[] = [];
  const ways = new Ways(base.size, base.steps);
  for (let before = -1; before !== added.length; ) {
    before = added.length;
    for (const { letter, word, hypothesis } of shortcuts)
      for (let from = 0; from < base.size; from++)
        for (const to of ways.spelled(from, word)) {
          clock.tick(base.size);
          const step = { from, to, letter };
          if (ways.has(step) || (letter === undefined && from === to)) continue;
          ways.add(step);
          added.push({ ...step, hypothesis });
        }
  }
  return { ...base, added } satisfies Closure;
}

/** Whether every step that was added is at most a way that was there before it. */
export function isClosure({ size, steps, added }: Closure, given: readonly Equation[]): boolean {
  const within = ({ from, to }: Step) => from >= 0 && from < size && to >= 0 && to < size;
  if (![...steps, ...added].every(within)) return false;
  const ways = new Ways(size, steps);
  return added.every(({ from, to, letter, hypothesis }) => {
    const allowed = given[hypothesis] ? shortcut(given[hypothesis]) : [];
    const fits = allowed.some(
      (one) => one.letter === letter && ways.spelled(from, one.word).has(to),
    );
    ways.add({ from, to, letter });
    return fits;
  });
}

/** What an automaton accepts: before the steps were added, or with them. */
export function accepted(terms: Terms, { size, final, steps, added }: Closure, all: boolean): Term {
  const edges = [...steps, ...(all ? added : [])].map(({ from, to, letter }) => ({
    ...{ from, to, label: letter === undefined ? terms.one() : terms.letter(letter) },
  }));
  return termOf(terms, size, edges, final);
}

class Ways {
  readonly #from: Map<string | undefined, Set<number>>[];

  constructor(size: number, steps: readonly Step[]) {
    this.#from = Array.from({ length: size }, () => new Map());
    for (const step of steps) this.add(step);
  }

  add({ from, to, letter }: Step): void {
    const row = this.#from[from];
    row?.set(letter, (row.get(letter) ?? new Set()).add(to));
  }

  has({ from, to, letter }: Step): boolean {
    return this.#from[from]?.get(letter)?.has(to) ?? false;
  }

  /** Where a word leads, with steps that do nothing in between. */
  spelled(from: number, word: readonly string[]): Set<number> {
    let here = this.#silently(new Set([from]));
    for (const letter of word) {
      const next = [...here].flatMap((state) => [...(this.#from[state]?.get(letter) ?? [])]);
      here = this.#silently(new Set(next));
    }
    return here;
  }

  #silently(states: Set<number>): Set<number> {
    for (const state of states)
      for (const next of this.#from[state]?.get(undefined) ?? []) states.add(next);
    return states;
  }
}

function automatonOf(term: Term, clock: Clock): Omit<Closure, 'added'> | undefined {
  const automaton = new Automaton(clock);
  const { derivatives, sets } = automaton;
  const numbers = new Map<number, number>();
  const steps: Step[] = [];
  const final: number[] = [];
  const number = (state: number) => {
    const known = numbers.get(state) ?? numbers.size;
    numbers.set(state, known);
    return known;
  };
  const plain = (diagram: Diagram) => isEnd(diagram);
  for (const state of sets.elements(derivatives.start(term))) number(state);
  for (const [state, from] of numbers) {
    if (numbers.size > mostStates) return undefined;
    const end = derivatives.end(state);
    if (!plain(end)) return undefined;
    if (end !== never) final.push(from);
    const { letters, after } = derivatives.step(state);
    if (!after.every(plain)) return undefined;
    for (const [i, letter] of letters.entries())
      for (const next of sets.elements(setAt(after[i] as Diagram)))
        steps.push({ from, to: number(next), letter: derivatives.letters[letter] });
  }
  return { size: Math.max(1, numbers.size), final, steps };
}

/** Steps are added to a model until every shortcut has its way; undefined if that does not end. */
export function chased(
  size: number,
  steps: readonly Step[],
  given: readonly Equation[],
): { readonly fresh: readonly string[]; readonly steps: readonly Step[] } | undefined {
  const all = [...steps];
  // The letter that leads into each new state.
  const fresh: string[] = [];
  for (let round = 0; round < 20; round++) {
    const ways = new Ways(size + fresh.length, all);
    const before = all.length;
    for (const { letter, word } of given.flatMap(shortcut)) {
      if (letter === undefined) continue;
      for (const step of all.slice(0, before)) {
        if (step.letter !== letter || ways.spelled(step.from, word).has(step.to)) continue;
        let at = step.from;
        for (const [i, name] of word.entries()) {
          const last = i === word.length - 1;
          const to = last ? step.to : size + fresh.push(name) - 1;
          all.push({ from: at, to, letter: name });
          at = to;
        }
      }
    }
    if (all.length === before) return { fresh, steps: all };
    if (all.length > 500) throw new Exhausted('pairs');
  }
  return undefined;
}
