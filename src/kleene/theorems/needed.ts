/** What the hypotheses of a theorem are for: machines that violate it without one of them. */

import { randomModel, smallModel } from '../models/find.ts';
import type { Model } from '../models/model.ts';
import type { Equation } from '../notation/parse.ts';
import { NoStep } from './kernel.ts';
import { inclusions } from './laws.ts';
import type { NamedTheorem } from './library.ts';

const usualSeed = 2026;

/**
 * Machines, code and recoveries for which the other hypotheses hold, and the theorem does not;
 * undefined if none is found.
 */
export function modelWithout(
  theorem: NamedTheorem,
  hypothesis: string,
  seed = usualSeed,
): Model | undefined {
  const { name, given, hypotheses, equation } = theorem;
  const at = given.findIndex((one) => one.name === hypothesis);
  if (at < 0) {
    const names = given.map((one) => one.name).join(', ') || 'none';
    throw new NoStep(`${name} has no hypothesis ${hypothesis}; name one of: ${names}`);
  }
  const holds = plain(hypotheses.filter((_, other) => other !== at));
  return smallModel({ holds, fails: equation, run: equation.left }, seed);
}

/** Random ones for which all hypotheses hold, and in which something happens. */
export function modelOfAll({ hypotheses, equation }: NamedTheorem, seed: number) {
  return randomModel({ holds: plain(hypotheses), run: equation.left }, seed);
}

const plain = (all: readonly Equation[]): Equation[] =>
  all.flatMap((one) => inclusions(one).map((two) => ({ ...two, relation: '<=' as const })));
