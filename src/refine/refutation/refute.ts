/**
 * Looks for a counterexample to what was not proved: the solver names a small state and a call, and
 * the real code shows whether a store gets there from its first use, and what goes wrong then.
 */
import {
  type Counterexample,
  explore,
  type Instance,
  type Limits,
  type Outcome,
  probe,
  type Replayed,
  reach,
  replay,
  shrink,
} from '../../explore/index.ts';
import type { Verdict } from '../../report/event.ts';
import type { CodecDeclaration } from '../../symbolic/ir.ts';
import type { RealCodec } from '../codecs/wrong-codec.ts';
import type { Settled } from '../discharge/discharge.ts';
import type { Bounds } from '../layer.ts';
import { alike, covers, integersIn } from '../promise/compare.ts';
import type { Proving } from '../prove.ts';
import { accusing } from './accused.ts';
import { type Candidate, suspicions } from './suspicions.ts';

/** A counterexample as it is shown: as text, and piece by piece. */
export type Shown = Pick<Extract<Verdict, { kind: 'refuted' }>, 'shown' | 'trace'>;

/** The real code of a layer, and how its counterexamples are written down. */
export interface Refuter {
  instance(bounds: Bounds): Promise<Instance> | Instance;
  /** Fills in whose counterexample it is. */
  sign(run: Counterexample): Counterexample;
  /** A run that was replayed, as people see it. */
  show(replayed: Replayed): Shown;
  /** A codec as it runs; undefined if it cannot be loaded. */
  codec?(codec: CodecDeclaration): Promise<RealCodec | undefined>;
}

/** How many of the solver's numbers are tried as arguments. */
const numbers = 6;

/** Operations tried after the run that the solver named, for its damage to show. */
const aftermath = 3;

/** Steps decide, so that a slow machine finds what a fast one does; time guards against hangs. */
const limits = { milliseconds: 60_000, steps: 150_000, states: 5_000 } as const;
export const soonLimits = { milliseconds: 60_000, steps: 150_000, states: 10_000 } as const;
const lastLimits = { milliseconds: 120_000, steps: 1_000_000, states: 20_000 } as const;

export async function refuted(
  proving: Proving,
  failed: readonly Settled[],
): Promise<Verdict | undefined> {
  const { refuter } = proving;
  if (!refuter) return undefined;
  try {
    const found = await search(proving, refuter, failed);
    if (found?.kind !== 'refuted') return found;
    return accusing(proving.program, proving.layer, found);
  } catch (error) {
    // What cannot be run is not refuted; why it was not proved is said all the same.
    const { message } = error as Error;
    proving.report.event({ event: 'note', text: `no counterexample was looked for: ${message}` });
    return undefined;
  }
}

async function search(
  proving: Proving,
  refuter: Refuter,
  failed: readonly Settled[],
): Promise<Verdict | undefined> {
  const soon = await everything(refuter, [], soonLimits);
  if (soon) return soon;
  const integers = new Set<number | bigint>();
  const named = await followed(proving, refuter, failed, integers);
  return named ?? everything(refuter, [...integers].slice(0, numbers), lastLimits);
}

/** Follows up what the solver names, the smallest states first, and notes its numbers. */
async function followed(
  proving: Proving,
  refuter: Refuter,
  failed: readonly Settled[],
  integers: Set<number | bigint>,
): Promise<Verdict | undefined> {
  for await (const { candidate, size } of suspicions(proving, failed)) {
    const { lower, memory, given } = candidate;
    for (const integer of integersIn([lower, memory, given])) integers.add(integer);
    const verdict = await follow(refuter, candidate, size);
    if (verdict) return verdict;
  }
  return undefined;
}

/** Everything a small store can do, with these numbers. */
async function everything(
  refuter: Refuter,
  integers: readonly (number | bigint)[],
  limits: Limits,
): Promise<Verdict | undefined> {
  const within = { ...(await refuter.instance({ integers })), limits };
  return confirmed(refuter, within, await explore(within));
}

/** Takes the real code to the state, makes the call, and looks for damage. */
async function follow(
  refuter: Refuter,
  candidate: Candidate,
  size: number,
): Promise<Verdict | undefined> {
  const integers = integersIn([candidate.lower, candidate.memory, candidate.given]);
  const plain = await refuter.instance({ length: size, values: candidate.values, integers });
  const instance: Instance = {
    ...plain,
    limits,
    operations: plain.operations.map((o) =>
      o.name === candidate.call ? { ...o, arguments: [candidate.given, ...o.arguments] } : o,
    ),
  };
  const reached = await reach(
    instance,
    (lower, memory, phase) =>
      phase === (candidate.memory ? 'up' : 'new') &&
      alike(lower, candidate.lower) &&
      (!candidate.memory || covers(memory, candidate.memory)),
    limits,
  );
  if (!reached) return undefined;
  const outcome = await probe(instance, reached.run, aftermath);
  return confirmed(refuter, instance, outcome);
}

/** A false assertion stops the code; a false invariant or contract is a false remark about it. */
function isRemark(because: string): boolean {
  return /\b(?:invariant|measure|contract)\b/.test(because);
}

/** A violation, made small, replayed, and shown; a false remark only where one is wanted. */
export async function confirmed(
  refuter: Refuter,
  instance: Instance,
  outcome: Outcome,
  remarks = false,
): Promise<Verdict | undefined> {
  if (outcome.kind === 'explored' || outcome.kind === 'vacuous') return undefined;
  if (outcome.kind === 'statement' && !remarks && isRemark(outcome.because)) return undefined;
  const run = await shrink(instance, outcome.counterexample);
  const replayed = await replay(instance, run);
  if (!replayed.violated) return undefined;
  return {
    kind: 'refuted',
    because: replayed.because,
    counterexample: refuter.sign(run),
    ...refuter.show(replayed),
  };
}
