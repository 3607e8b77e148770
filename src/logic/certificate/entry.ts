/** What a certificate says of one claim, and the question that is left when it is taken up. */
import { createHash } from 'node:crypto';
import { not } from '../boolean.ts';
import { print, type Query } from '../smtlib.ts';
import type { Term } from '../term.ts';
import { Ground, Malformed, type Step } from './ground.ts';

export interface Entry {
  /** Which formulas of the claim are needed, by number; the last is what is denied. */
  readonly needed: readonly number[];
  readonly steps: readonly Step[];
}

export type Claim = Pick<Query, 'given' | 'goal'>;

/** What a claim comes to: these formulas cannot hold together. */
export function asserted({ given, goal }: Claim): readonly Term[] {
  return goal === undefined ? given : [...given, not(goal)];
}

/** The claim as a solver reads it, in short: what an entry belongs to. */
export function digestOf({ given, goal }: Claim): string {
  const { text } = print({ name: 'claim', given, ...(goal && { goal }) });
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Facts without quantifiers: if they cannot hold together, the claim holds. Throws `Malformed` if
 * the entry is not about this claim.
 */
export function groundOf(claim: Claim, { needed, steps }: Entry): Ground {
  const formulas = asserted(claim);
  const ground = new Ground(
    needed.map((number) => {
      const formula = formulas[number];
      if (formula === undefined) throw new Malformed(`there is no formula ${number}`);
      return formula;
    }),
  );
  for (const step of steps) ground.take(step);
  return ground;
}

export function factsOf(claim: Claim, entry: Entry): readonly Term[] {
  return groundOf(claim, entry).facts.map(({ formula }) => formula);
}
