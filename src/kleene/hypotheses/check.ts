/**
 * Checks certificates: what they claim is shown by what they bring, or not. Nothing is searched
 * for, and nothing that a certificate says is believed. What is relied on is this folder's proof.ts
 * with the shapes in lemmas.ts and closure.ts, decision/certificate.ts, and models/model.ts.
 */
import { hasWord } from '../decision/certificate.ts';
import { unsorted } from '../decision/decide.ts';
import type { Word } from '../decision/search.ts';
import {
  costOf,
  dropsAreFunctions,
  holdsIn,
  type Model,
  mostCost,
  relations,
} from '../models/model.ts';
import type { Equation } from '../notation/parse.ts';
import { Clock, Exhausted } from '../terms/limit.ts';
import { Misfit, Terms } from '../terms/term.ts';
import { dropped, lettersOf } from '../terms/walk.ts';
import { BadCertificate, type Claim, type PlainModel, readClaim } from './claim.ts';
import { sortingOf } from './eliminate.ts';
import { proofFault } from './proof.ts';

/** What a certificate shows; a BadCertificate says where it does not. */
export function checkedClaim(lines: readonly string[], clock = new Clock()): Claim {
  const claim = readClaim(lines, clock);
  const fault = claimFault(claim, clock);
  if (fault) throw new BadCertificate(fault);
  return claim;
}

/** An equation that follows from others, as a certificate shows; anything else is an error. */
export function shownBy(lines: readonly string[]): Pick<Claim, 'goal' | 'given'> {
  const { goal, given, answer } = checkedClaim(lines);
  if (answer.kind !== 'holds') throw new BadCertificate('it shows that the equation fails');
  return { goal, given };
}

/** Undefined if what a certificate brings shows what it claims. */
export function claimFault({ goal, given, answer }: Claim, clock: Clock): string | undefined {
  try {
    sortingOf(goal, given);
    for (const { left, right } of [goal, ...given])
      if (left.source !== right.source || left.target !== right.target)
        return 'the two sides of an equation do not go from and to the same';
    if (answer.kind === 'holds') return proofFault(goal, given, answer.proof, clock);
    if (goal.relation === '<=' && answer.in === 'right')
      return 'an inclusion does not fail by what is of its right side only';
    return 'word' in answer.by
      ? wordFault(goal, given, answer.by.word, answer.in, clock)
      : modelFault(goal, given, answer.by.model);
  } catch (problem) {
    if (problem instanceof Misfit) return problem.message;
    throw problem;
  }
}

function wordFault(
  goal: Equation,
  given: readonly Equation[],
  word: Word,
  side: 'left' | 'right',
  clock: Clock,
): string | undefined {
  if (given.length > 0) return 'under hypotheses a word refutes nothing; a model does';
  const plain = unsorted(goal, new Terms(clock));
  const [has, hasNot] = side === 'left' ? [plain.left, plain.right] : [plain.right, plain.left];
  if (!hasWord(has, word, clock)) return `the word is not one of the ${side} side`;
  return hasWord(hasNot, word, clock) ? 'the word is one of both sides' : undefined;
}

function modelFault(
  goal: Equation,
  given: readonly Equation[],
  plain: PlainModel,
): string | undefined {
  const equations = [goal, ...given];
  if (costOf(equations, plain.states.length) > mostCost) throw new Exhausted('nodes');
  const model = modelWith(plain, equations);
  if (!dropsAreFunctions(model)) return 'a value is dropped in no way, or in several';
  for (const [index, one] of given.entries())
    if (!holdsIn(one, model)) return `hypothesis ${index + 1} does not hold in the model`;
  return holdsIn(goal, model) ? 'the equation holds in the model' : undefined;
}

/** The model, with what the equations speak of. */
export function modelWith(
  { states, letters, tests }: PlainModel,
  equations: readonly Equation[],
): Model {
  const spoken = lettersOf(...equations.flatMap(({ left, right }) => [left, right]));
  const used = [...letters].filter(([name]) => spoken.has(name) || name === dropped);
  return {
    states,
    letters: relations(new Map(used), states.length),
    tests: new Map([...tests].map(([name, holds]) => [name, new Set(holds)])),
  };
}
