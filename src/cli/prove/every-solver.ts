/** One question, put to every solver and with every seed that was asked for. */
import type { Pool } from '../../logic/index.ts';
import type { Verdict } from '../../report/event.ts';
import type { Session } from '../command/session.ts';
import { crossChecked } from './cross-check.ts';
import type { ProveOptions } from './prove.ts';
import type { PoolOf } from './solvers.ts';

interface Judged {
  readonly verdict: Verdict;
}

export interface Question<P extends Judged> {
  readonly name: string;
  readonly prove: (pool: Pool) => Promise<P>;
  /** Proves it once more, without looking for a counterexample. */
  readonly again: (pool: Pool) => Promise<Judged>;
}

export interface Agreement<P extends Judged> {
  readonly first: P;
  readonly verdict: Verdict;
  readonly solvers: readonly string[];
}

/** Proved is only what all of them prove. */
export async function everySolver<P extends Judged>(
  { name, prove, again }: Question<P>,
  { seeds, crossCheck }: Pick<ProveOptions, 'seeds' | 'crossCheck'>,
  poolOf: PoolOf,
  session: Session,
): Promise<Agreement<P>> {
  const pool = await poolOf(0);
  const first = await prove(pool);
  const verdicts = [first.verdict];
  const solvers = new Set([pool.name]);
  for (let seed = 1; seed < seeds; seed++) {
    const other = await poolOf(seed);
    solvers.add(other.name);
    verdicts.push((await prove(other)).verdict);
  }
  if (seeds > 1)
    for (const [seed, { kind }] of verdicts.entries())
      session.note(`${name}: seed ${seed}: ${kind}`);
  const verdict = agreed(verdicts);
  if (!crossCheck || verdict.kind !== 'proved') return { first, verdict, solvers: [...solvers] };
  const checked = await crossChecked(again, pool.name, poolOf);
  if (checked.solver) solvers.add(checked.solver);
  return { first, verdict: checked.verdict, solvers: [...solvers] };
}

/** A verdict that depends on the luck of a seed is none. */
function agreed(verdicts: readonly Verdict[]): Verdict {
  const [first] = verdicts;
  const kinds = verdicts.map(({ kind }) => kind);
  if (first && kinds.every((kind) => kind === first.kind)) return first;
  const refutation = verdicts.find(({ kind }) => kind === 'refuted');
  if (refutation) return refutation;
  return {
    kind: 'unknown',
    reason: 'solver',
    because: `the seeds disagree: ${kinds.map((kind, seed) => `${seed} ${kind}`).join(', ')}`,
    remedy: 'split the invariant into simpler conjuncts, or try another --solver',
  };
}
