/** A pool that answers claims from a certificate: what it asks in turn has no quantifier. */
import type { Pool } from '../pool.ts';
import type { Query } from '../smtlib.ts';
import type { Answer, Effort } from '../solver.ts';
import { isQuantifier, type Term } from '../term.ts';
import { postorder } from '../traverse.ts';
import { digestOf, factsOf } from './entry.ts';
import { Malformed } from './ground.ts';
import type { Certificate } from './text.ts';

/** Told of every question that is left, under the digest of its claim. */
export type Listening = (claim: string, facts: readonly Term[]) => void;

/** `unsat` only ever comes from the solver; the certificate chooses what it is asked. */
export function certified(pool: Pool, certificate: Certificate, listen?: Listening): Pool {
  return {
    name: pool.name,
    solve: (query) => check(query, pool, certificate, listen),
    core: (facts, limits) => pool.core(facts, limits),
    close: () => pool.close(),
  };
}

async function check(
  query: Query,
  pool: Pool,
  { entries }: Certificate,
  listen: Listening = () => {},
): Promise<Answer> {
  const begun = performance.now();
  const effort = (): Effort => ({
    milliseconds: performance.now() - begun,
    cached: false,
    solver: pool.name,
    size: 0,
  });
  const undecided = (detail: string): Answer => ({
    kind: 'unknown',
    reason: 'incomplete',
    detail,
    ...effort(),
  });
  const claim = digestOf(query);
  const entry = entries.get(claim);
  if (entry === undefined) return undecided('the certificate says nothing of this claim');
  let facts: readonly Term[];
  try {
    facts = factsOf(query, entry);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return undecided(`the certificate does not fit this claim: ${error.message}`);
  }
  if (postorder(facts).some(isQuantifier)) throw new Error('a quantifier was left in a fact');
  listen(claim, facts);
  const answer = await pool.solve({ name: query.name, given: facts });
  if (answer.kind !== 'sat') return answer;
  return undecided('the instances in the certificate do not show this claim');
}
