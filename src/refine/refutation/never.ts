/**
 * Loop invariants that can never hold. Where one is false in some run only, too little or too much
 * may be said; one that no run can meet is as wrong as an assertion that always fails.
 */
import { explore } from '../../explore/index.ts';
import { not } from '../../logic/index.ts';
import type { Verdict } from '../../report/event.ts';
import { beforeLoop } from '../../symbolic/execute/index.ts';
import type { Position } from '../../symbolic/ir.ts';
import { quick, type Settled } from '../discharge/discharge.ts';
import type { Proving } from '../prove.ts';
import { confirmed, soonLimits } from './refute.ts';

/** Places of invariants that are false whenever their loop begins. */
export async function neverHolding(
  { pool }: Pick<Proving, 'pool'>,
  settled: readonly Settled[],
): Promise<readonly Position[]> {
  const never = async ({ claim, obligation }: Settled) => {
    const query = { name: obligation.text, given: claim.given, goal: not(claim.goal) };
    return (await pool.solve(query, quick)).kind === 'unsat';
  };
  const begun = settled.filter(({ obligation }) => obligation.text === beforeLoop);
  const found: Position[] = [];
  for (const parts of grouped(begun, ({ obligation }) => placeText(obligation.at))) {
    // A loop is reached in several ways, and none of them may lead to where it holds.
    const ways = grouped(parts, ({ obligation }) => obligation);
    const failing = ways.map((way) => way.filter(({ answer }) => answer.kind === 'sat'));
    if (failing.some((way) => way.length === 0)) continue;
    const all = failing.map(async (way) => (await Promise.all(way.map(never))).includes(true));
    if (!(await Promise.all(all)).includes(false)) found.push(parts[0]!.obligation.at);
  }
  return found;
}

/** A run of the real code that comes to one of them. */
export async function refutedRemark(
  { refuter }: Pick<Proving, 'refuter'>,
  never: readonly Position[],
): Promise<Verdict | undefined> {
  if (!refuter || never.length === 0) return undefined;
  const instance = { ...(await refuter.instance({})), limits: soonLimits };
  const outcome = await explore(instance);
  if (outcome.kind !== 'statement' || !outcome.at) return undefined;
  const { file, line } = outcome.at;
  if (!never.some((at) => at.file === file && at.line === line)) return undefined;
  return confirmed(refuter, instance, outcome, true);
}

function grouped<T>(list: readonly T[], by: (each: T) => unknown): readonly (readonly T[])[] {
  const groups = new Map<unknown, T[]>();
  for (const each of list) groups.set(by(each), [...(groups.get(by(each)) ?? []), each]);
  return [...groups.values()];
}

const placeText = ({ file, line, column }: Position): string => `${file}:${line}:${column}`;
