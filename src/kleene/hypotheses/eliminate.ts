/**
 * Turns a goal under hypotheses into an equation without any (Hardin and Kozen; Kozen and
 * Mamouras). A letter that hypotheses restrict is replaced by what it equals; what cannot happen, z
 * = 0, is allowed on both sides: e <= f given z = 0 iff e <= f + T z T, T being anything at all.
 */

import type { Equation } from '../notation/parse.ts';
import { termOf } from '../terms/regular.ts';
import { Misfit, type Sort, type Term, type Terms } from '../terms/term.ts';
import { dropped, rebuilt, within } from '../terms/walk.ts';
import type { Consequence } from './lemmas.ts';

export interface Replacement {
  /** Which hypothesis allows it, from 0. */
  readonly hypothesis: number;
  readonly letter: string;
  readonly equals: Term;
}

export interface Zero {
  readonly hypothesis: number;
  readonly zero: Term;
}

export interface Elimination {
  /** Done one after the other. */
  readonly replacements: readonly Replacement[];
  readonly zeros: readonly Zero[];
}

/** Every replacement of a letter may double what stands for it. */
const mostOfOne = 4;

/** What the consequences of hypotheses come to; hypotheses without any are left out. */
export function eliminationOf(found: readonly (readonly Consequence[])[]): Elimination {
  const counts = new Map<string, number>();
  for (const one of found.flat())
    if (one.kind === 'letter') counts.set(one.letter, (counts.get(one.letter) ?? 0) + 1);
  const replacements: Replacement[] = [];
  const zeros: Zero[] = [];
  for (const [hypothesis, list] of found.entries())
    for (const [index, one] of list.entries()) {
      if (one.kind === 'letter') {
        const { letter, equals } = one;
        const before = list[index - 1];
        if (before?.kind !== 'zero' || (counts.get(letter) ?? 0) <= mostOfOne)
          replacements.push({ hypothesis, letter, equals });
        else zeros.push({ hypothesis, zero: before.zero });
        continue;
      }
      const next = list[index + 1];
      // A zero that is followed by the letter that avoids it is dealt with there.
      if (next?.kind !== 'letter') zeros.push({ hypothesis, zero: one.zero });
    }
  return { replacements, zeros };
}

export function replaced(terms: Terms, root: Term, replacements: readonly Replacement[]): Term {
  return replacements.reduce(
    (term, { letter, equals }) =>
      rebuilt(terms, term, (leaf) =>
        leaf.kind === 'letter' && leaf.name === letter ? equals : leaf,
      ),
    root,
  );
}

/** From where to where the letters go, and the goal: what can happen before and after a zero. */
export interface Sorting {
  readonly goal: readonly [Sort, Sort];
  readonly given: readonly (readonly [Sort, Sort])[];
  readonly letters: readonly (readonly [name: string, from: Sort, to: Sort])[];
}

/** Refuses a name that is given to two letters: without sorts they would be one. */
export function sortingOf(goal: Equation, given: readonly Equation[]): Sorting {
  const ends = ({ left }: Equation) => [left.source, left.target] as const;
  const letters = new Map<string, readonly [string, Sort, Sort]>();
  const roots = [goal, ...given].flatMap(({ left, right }) => [left, right]);
  for (const term of roots.flatMap((root) => [...within(root)])) {
    if (term.kind !== 'letter' && term.kind !== 'drop') continue;
    const { source, target } = term;
    const name = term.kind === 'letter' ? term.name : dropped;
    const key = term.kind === 'letter' ? name : `${name} ${source}`;
    const known = letters.get(key) ?? [name, source, target];
    if (known[1] !== source || known[2] !== target)
      throw new Misfit(`${name} is the name of two letters; give each its own`);
    letters.set(key, known);
  }
  return { goal: ends(goal), given: given.map(ends), letters: [...letters.values()] };
}

/** The equation that holds without hypotheses only if the goal follows from them. */
export function eliminated(
  terms: Terms,
  goal: Equation,
  elimination: Elimination,
  sorting: Sorting,
): Equation {
  const { replacements, zeros } = elimination;
  const left = replaced(terms, goal.left, replacements);
  const right = replaced(terms, goal.right, replacements);
  if (zeros.length === 0) return { relation: goal.relation, left, right };
  const bySorts = new Map<string, { ends: readonly [Sort, Sort]; zeros: Term[] }>();
  for (const { hypothesis, zero } of zeros) {
    const ends = sorting.given[hypothesis] as readonly [Sort, Sort];
    const group = bySorts.get(ends.join(' ')) ?? { ends, zeros: [] };
    group.zeros.push(replaced(terms, zero, replacements));
    bySorts.set(ends.join(' '), group);
  }
  const [start, end] = sorting.goal;
  const never = [...bySorts.values()].map(({ ends: [from, to], zeros: some }) =>
    terms.sequence([
      anything(terms, sorting, start, from),
      terms.sum(some),
      anything(terms, sorting, to, end),
    ]),
  );
  const allowed = terms.sum(never);
  return {
    relation: goal.relation,
    left: goal.relation === '=' ? terms.choice(left, allowed) : left,
    right: terms.choice(right, allowed),
  };
}

/**
 * All ways from one sort to another. A test that is zero says so of its own states only: of other
 * sorts nothing follows, even if no state of its sort is left.
 */
function anything(terms: Terms, { letters }: Sorting, from: Sort, to: Sort): Term {
  const sorts = [...new Set([from, to, ...letters.flatMap(([, ...ends]) => ends)])];
  const edges = letters.map(([name, source, target]) => ({
    ...{ from: sorts.indexOf(source), to: sorts.indexOf(target), label: terms.letter(name) },
  }));
  return termOf(terms, sorts.length, edges, [sorts.indexOf(to)]);
}
