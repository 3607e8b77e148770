/** Has the solver decide obligations, claim by claim. */
import type { Answer, Limits } from '../../logic/index.ts';
import type { Position } from '../../symbolic/ir.ts';
import type { Obligation } from '../obligations/obligation.ts';
import type { Proving } from '../prove.ts';
import { type Claim, split } from './goal.ts';

/** An obligation, or one conjunct of it, and what the solver said of its negation. */
export interface Settled {
  readonly obligation: Obligation;
  readonly claim: Claim;
  /** Which conjunct, counted from 1, of how many. */
  readonly part: readonly [number, number];
  readonly answer: Answer;
}

export function obligationName(o: Obligation, part: readonly [number, number]): string {
  const which = part[1] > 1 ? ` (${part[0]} of ${part[1]})` : '';
  return `${o.about}: ${o.text}${which}`;
}

/** How hard the solver tries at first: what is true mostly takes much less. */
export const quick: Partial<Limits> = { resources: 500_000 };

/** Who asks, and about what. */
export type Asking = Pick<Proving, 'pool' | 'report'> & {
  readonly layer: { readonly name: string };
};

export function discharge(
  proving: Asking,
  obligations: readonly Obligation[],
): Promise<readonly Settled[]> {
  const claims = obligations.flatMap((obligation) => {
    const parts = split(obligation.given, obligation.goal);
    return parts.map((claim, i) => ({ obligation, claim, part: [i + 1, parts.length] as const }));
  });
  return settle(proving, claims, quick);
}

/** Asks again, with the solver's usual limits, where the solver gave up. */
export async function insist(
  proving: Asking,
  settled: readonly Settled[],
): Promise<readonly Settled[]> {
  const open = settled.filter((s) => s.answer.kind === 'unknown');
  const again = await settle(proving, open, {});
  return [...settled.filter((s) => s.answer.kind !== 'unknown'), ...again];
}

function settle(
  { pool, report, layer }: Asking,
  claims: readonly Omit<Settled, 'answer'>[],
  limits: Partial<Limits>,
): Promise<readonly Settled[]> {
  let done = 0;
  return Promise.all(
    claims.map(async ({ obligation, claim, part }) => {
      const name = obligationName(obligation, part);
      const answer = await pool.solve({ name, given: claim.given, goal: claim.goal }, limits);
      done++;
      report.event({
        event: 'obligation',
        layer: layer.name,
        name,
        at: placeOf(obligation.at),
        answer: answer.kind === 'unsat' ? 'proved' : answer.kind === 'sat' ? 'failed' : 'unknown',
        ...('reason' in answer && { reason: answer.reason }),
        milliseconds: answer.milliseconds,
        cached: answer.cached,
        solver: answer.solver,
        size: answer.size,
      });
      report.event({
        event: 'progress',
        layer: layer.name,
        done,
        of: claims.length,
        what: 'obligations',
      });
      return { obligation, claim, part, answer };
    }),
  );
}

export function placeOf({ file, line, column }: Position) {
  return { file, line, column };
}
