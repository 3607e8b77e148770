/** A proof is done again by a solver of another make, which shares no code with the first. */
import type { Pool } from '../../logic/index.ts';
import { nativeEngine } from '../../logic/native.ts';
import type { Verdict } from '../../report/event.ts';
import type { PoolOf } from './solvers.ts';

/** The verdict after the other solver was asked, and who it was. */
export interface CrossChecked {
  readonly verdict: Verdict;
  readonly solver?: string;
}

/** Both must prove it; `first` is the solver that has. */
export async function crossChecked(
  prove: (pool: Pool) => Promise<{ readonly verdict: Verdict }>,
  first: string,
  poolOf: PoolOf,
): Promise<CrossChecked> {
  const other = first.startsWith('cvc5') ? 'auto' : 'cvc5';
  if (other === 'cvc5' && (await nativeEngine('cvc5', 0)) === undefined)
    return {
      verdict: unknown(
        `only ${first} has proved it: no solver of another make is on PATH`,
        'install cvc5, or leave out --cross-check',
      ),
    };
  const pool = await poolOf(0, other);
  const { verdict } = await prove(pool);
  if (verdict.kind === 'proved') return { verdict, solver: pool.name };
  const because = 'because' in verdict ? `: ${verdict.because}` : '';
  return {
    verdict: {
      ...unknown(
        `${first} proves it, ${pool.name} says ${verdict.kind}${because}`,
        'split the invariant into simpler conjuncts, or state the hard step with assert()',
      ),
      ...('at' in verdict && verdict.at && { at: verdict.at }),
    },
    solver: pool.name,
  };
}

function unknown(because: string, remedy: string): Verdict & { kind: 'unknown' } {
  return { kind: 'unknown', reason: 'solver', because, remedy };
}
