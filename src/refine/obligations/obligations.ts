/**
 * Recovery refinement as obligations (Chajed et al., PLDI 2019, theorems 3 to 5; the premises of
 * the crash rule in their weaker form: docs/internals/obligations.md).
 *
 * With R the abstraction, C the crash invariant, s the promise and c the lower machine:
 *
 *   operation   R(s, c), then the code: same outcome as a step of the promise to some s', R(s', c')
 *   crash       wherever power may go on the way: C(s, s', c)
 *   idle        R(s, c) gives C(s, s, c)
 *   recovery    C(s, s', c), a power failure, then recover(): at each of its points C again, and in
 *               the end R(s*, c*) where s* is what a crash makes of s or of s'
 *   initial     init() from any first state, also cut short, ends in R of some first state
 */
import { codecsIn, reachedBy } from '../../symbolic/reach.ts';
import { codecObligations } from '../codecs/codecs.ts';
import { contracts } from './contracts.ts';
import type { Model } from './model.ts';
import type { Collected } from './obligation.ts';
import { isQuiet, operation } from './operation.ts';
import { idle, recovery } from './recovery.ts';

/** Everything that has to be shown of a layer, but for the checks of sanity. */
export function obligationsOf(model: Model): Collected {
  const into: Collected = { obligations: [], assumptions: new Map() };
  // What is small has the bodies themselves, and rests on no contract.
  if (model.bound === undefined) {
    const reached = reachedBy(model.program, model.layer);
    contracts(model, reached, into);
    codecObligations(model.program, codecsIn(model.program, reached), into);
  }
  for (const name of model.operations) operation(model, name, into);
  idle(model, into);
  recovery(model, undefined, into);
  for (const name of model.operations) if (!isQuiet(model, name)) recovery(model, name, into);
  return into;
}
