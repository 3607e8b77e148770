/**
 * Turns a goal under hypotheses into an equation without any (Hardin and Kozen; Kozen and
 * Mamouras). A letter that hypotheses restrict is replaced by what it equals; what cannot happen, z
 * = 0, is allowed on both sides: e <= f given z = 0 iff e <= f + T z T, T being anything at all.
 */
import type { Consequence } from './lemmas.ts';
import type { Equation } from './parse.ts';
import type { Term, Terms } from './term.ts';
import { lettersOf, rebuilt } from './walk.ts';

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

/** The equation that holds without hypotheses only if the goal follows from them. */
export function eliminated(terms: Terms, goal: Equation, elimination: Elimination): Equation {
  const { replacements, zeros } = elimination;
  const [left, right, ...never] = [goal.left, goal.right, ...zeros.map(({ zero }) => zero)].map(
    (term) => replaced(terms, term, replacements),
  ) as [Term, Term, ...Term[]];
  if (never.length === 0) return { relation: goal.relation, left, right };
  const letters = [...lettersOf(left, right, ...never)].map((name) => terms.letter(name));
  const anything = terms.star(terms.sum(letters));
  const allowed = terms.sequence([anything, terms.sum(never), anything]);
  return {
    relation: goal.relation,
    left: goal.relation === '=' ? terms.choice(left, allowed) : left,
    right: terms.choice(right, allowed),
  };
}
