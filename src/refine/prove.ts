/** `plimsoll prove`: reads layers, shows what has to be shown, and says what came of it. */
import type { Pool } from '../logic/index.ts';
import type { Reporter, Verdict } from '../report/event.ts';
import { Undecidable } from '../symbolic/execute/index.ts';
import type { LayerDeclaration, Program } from '../symbolic/ir.ts';
import { Inexpressible } from '../symbolic/vectors/index.ts';
import { wrongCodec } from './codecs/wrong-codec.ts';
import { discharge, insist, placeOf, type Settled } from './discharge/discharge.ts';
import { explained } from './discharge/explain.ts';
import { initialisableAnew } from './obligations/anew.ts';
import { initialisation, type Restart, restarts } from './obligations/initialisation.ts';
import { Model } from './obligations/model.ts';
import type { Collected } from './obligations/obligation.ts';
import { obligationsOf } from './obligations/obligations.ts';
import { neverHolding, refutedRemark } from './refutation/never.ts';
import { type Refuter, refuted } from './refutation/refute.ts';
import { suspicions } from './refutation/suspicions.ts';
import { progress, sanity } from './sanity/sanity.ts';

/** What is known of a layer after a proof was tried. */
export interface Proof {
  readonly verdict: Verdict;
  readonly settled: readonly Settled[];
  /** Assumptions by place, as the layer states them. */
  readonly assumptions: Collected['assumptions'];
  /** Whether it is shown that a store in use can be initialised anew: see anew.ts. */
  readonly anew?: boolean;
  /** Why initialisation may begin again, where it is shown that it may. */
  readonly restart?: Restart;
}

export interface Proving {
  readonly program: Program;
  readonly layer: LayerDeclaration;
  readonly pool: Pool;
  readonly report: Reporter;
  readonly refuter?: Refuter;
  /** The text of a file, to quote it. */
  readonly readSource?: (file: string) => string | undefined;
  /** Whether one claim that fails is enough: nobody asks why. */
  readonly hasty?: boolean;
  /** What proofs of this layer leave for the next; it saves time, and nothing rests on it. */
  readonly remembered?: { restart?: Restart };
}

/** Proves one layer, or says why not. */
export async function proveLayer(proving: Proving): Promise<Proof> {
  const { remembered = {} } = proving;
  const asked = { ...proving, remembered };
  const proof = await attempt((settled, assumptions) => decide(asked, settled, assumptions));
  if (proof.verdict.kind !== 'proved' || proving.hasty) return proof;
  const { restart } = remembered;
  const model = new Model(proving.program, proving.layer);
  const anew = await initialisableAnew(proving, model);
  return { ...proof, anew, ...(restart !== undefined && { restart }) };
}

type Deciding = (settled: Settled[], assumptions: Collected['assumptions']) => Promise<Verdict>;

/** What comes of a proof, also where the code cannot be run on terms. */
export async function attempt(deciding: Deciding): Promise<Proof> {
  const assumptions: Collected['assumptions'] = new Map();
  const settled: Settled[] = [];
  try {
    const verdict = await deciding(settled, assumptions);
    return { verdict, settled, assumptions };
  } catch (error) {
    if (!(error instanceof Undecidable || error instanceof Inexpressible)) throw error;
    const { message, at, remedy } = error;
    const reason = error instanceof Undecidable ? error.reason : 'subset';
    return {
      verdict: { kind: 'unknown', reason, because: message, at, remedy },
      settled,
      assumptions,
    };
  }
}

async function decide(
  proving: Proving,
  settled: Settled[],
  assumptions: Collected['assumptions'],
): Promise<Verdict> {
  const model = new Model(proving.program, proving.layer);
  settled.push(...(await claims(proving, model, assumptions)));
  const open = settled.filter((s) => s.answer.kind !== 'unsat');
  if (proving.hasty && (await fails(proving, open))) return unexplained(model);
  const empty = await sanity(proving, model, settled);
  const never = await neverHolding(proving, settled);
  // Behind an invariant that is never true no run goes on, as if nothing were said.
  const nothing = empty?.kind === 'vacuous' && never.length === 0;
  if (nothing && !(await onlyBroken(proving, model, settled))) return empty;
  if (open.length > 0) {
    const found = (await wrongCodec(proving, open)) ?? (await refuted(proving, open));
    const remark = found ?? (await refutedRemark(proving, never));
    if (remark) return remark;
    const left = (await insist(proving, open)).filter((s) => s.answer.kind !== 'unsat');
    if (left.length > 0) return explained(proving, model, left);
  }
  return empty ?? (await progress(proving, model)) ?? { kind: 'proved' };
}

/**
 * On terms a run ends where a rule of the language is broken. Where every run breaks one, none
 * seems to come to its end, as if nothing were said; but it is said, and wrong.
 */
async function onlyBroken(
  proving: Proving,
  { program, layer }: Model,
  settled: readonly Settled[],
): Promise<boolean> {
  if (settled.every((s) => s.answer.kind === 'unsat')) return false;
  const heedless = new Model(program, layer, undefined, { heedless: true });
  return (await sanity(proving, heedless, settled))?.kind !== 'vacuous';
}

/** Everything that has to be shown, and what the solver said of it. */
export async function claims(
  proving: Proving,
  model: Model,
  assumptions: Collected['assumptions'],
): Promise<readonly Settled[]> {
  const collected = obligationsOf(model);
  for (const [key, value] of collected.assumptions) assumptions.set(key, value);
  const settled = await discharge(proving, collected.obligations);
  return [...settled, ...(await initial(proving, model, assumptions))];
}

/** Whether the solver names a state in which one of these fails, be it a small one. */
async function fails(proving: Proving, open: readonly Settled[]): Promise<boolean> {
  if (open.some((s) => s.answer.kind === 'sat')) return true;
  if (open.length === 0) return false;
  try {
    for await (const _ of suspicions(proving, open)) return true;
  } catch (error) {
    if (!(error instanceof Undecidable)) throw error;
  }
  return false;
}

/** The verdict of the hasty. */
function unexplained({ layer }: Model): Verdict {
  return {
    kind: 'unknown',
    reason: 'annotation',
    because: 'a claim fails in some state',
    at: placeOf(layer.at),
  };
}

/** Initialisation is safe to begin again if a crash leaves a first state, or from any state. */
async function initial(
  proving: Proving,
  model: Model,
  assumptions: Collected['assumptions'],
): Promise<readonly Settled[]> {
  const { remembered = {} } = proving;
  const held = remembered.restart;
  const tried: (readonly Settled[])[] = [];
  for (const restart of new Set([...(held ? [held] : []), ...restarts])) {
    const into: Collected = { obligations: [], assumptions };
    initialisation(model, restart, into);
    const settled = await discharge(proving, into.obligations);
    if (settled.every((s) => s.answer.kind === 'unsat')) {
      remembered.restart = restart;
      return settled;
    }
    tried.push(settled);
  }
  // What came closest says most about what is amiss.
  const failures = (kind: string, all: readonly Settled[]) =>
    all.filter((s) => s.answer.kind === kind).length;
  const distance = (all: readonly Settled[]) =>
    failures('sat', all) * all.length + failures('unknown', all);
  return tried.reduce((best, next) => (distance(next) < distance(best) ? next : best));
}
