/** What to say of a layer that was neither proved nor refuted. */
import type { Pool } from '../../logic/index.ts';
import type { Verdict } from '../../report/event.ts';
import type { Model } from '../obligations/model.ts';
import type { Obligation } from '../obligations/obligation.ts';
import type { Proving } from '../prove.ts';
import { falseFor } from '../refutation/false-contract.ts';
import { conjunctOf } from './conjunct.ts';
import { obligationName, placeOf, type Settled } from './discharge.ts';
import { failing } from './scene.ts';

/** Names the first obligation that failed, what may be to blame, and what to try. */
export async function explained(
  proving: Proving,
  model: Model,
  failed: readonly Settled[],
): Promise<Verdict> {
  const { pool } = proving;
  // What rests on a contract or a codec says less than what is wrong with it.
  const rests = (s: Settled) => !['contract', 'codec'].includes(s.obligation.phase);
  const ordered = [...failed.filter((s) => !rests(s)), ...failed.filter(rests)];
  const first =
    ordered.find((s) => s.answer.kind === 'sat') ??
    failed.find((s) => s.answer.kind !== 'error') ??
    failed[0]!;
  const { obligation, claim, answer } = first;
  const name = obligationName(obligation, first.part);
  const others = failed.length > 1 ? `, and ${failed.length - 1} more` : '';
  const at = placeOf(obligation.at);
  if (answer.kind === 'error')
    return {
      kind: 'unknown',
      reason: 'solver',
      because: `${name}: the solver failed: ${answer.detail}`,
      at,
      remedy: 'try --solver wasm; `plimsoll doctor` shows which solvers work',
    };
  if (answer.kind === 'unknown' && answer.reason !== 'incomplete')
    return {
      kind: 'unknown',
      reason: answer.reason,
      because: `${name}: the solver gave up, ${limitsMet[answer.reason]}${others}`,
      at,
      remedy: 'split the invariant, or state the step that is hard with assert()',
    };
  const part = conjunctOf(proving, first);
  const conjunct = part && { conjunct: part };
  if (obligation.phase === 'contract')
    return { ...(await ofContract(pool, model, first)), at, ...conjunct };
  const state = await failing(pool, model, claim, obligation.scene);
  const blamed = blame(obligation);
  return {
    kind: 'unknown',
    reason: 'annotation',
    because: `not shown: ${name}${others}; no run of the code was found that breaks the promise`,
    at,
    blame: blamed === 'code' ? 'code' : 'annotation',
    remedy: remedies[blamed],
    ...conjunct,
    ...(state.length > 0 && { state }),
  };
}

/** Which limit it was, in words. */
const limitsMet = {
  timeout: 'out of time',
  resources: 'out of steps',
  memory: 'out of memory',
} as const;

/** A lemma, or a function with a contract: whether it is false, or only its proof fails. */
async function ofContract(
  pool: Pool,
  model: Model,
  { obligation, claim, part }: Settled,
): Promise<Verdict & { kind: 'unknown' }> {
  const wrong = await falseFor(pool, model, obligation);
  const state = wrong ?? (await failing(pool, model, claim, obligation.scene));
  const name = obligationName(obligation, part);
  const blamed = wrong ? 'contract' : proofs[obligation.kind] ? 'proof' : 'code';
  return {
    kind: 'unknown',
    reason: 'annotation',
    because: wrong ? `${obligation.about}: what it ensures does not hold` : `not shown: ${name}`,
    blame: blamed,
    remedy:
      blamed === 'contract'
        ? 'a stronger requires(), or a weaker ensures()'
        : (proofs[obligation.kind] ?? 'guard it in the code, or ask for more in requires()'),
    ...(state.length > 0 && { state }),
  };
}

/** What to try where the proof of a contract fails. */
const proofs: Partial<Record<Obligation['kind'], string>> = {
  ensures: 'another case, a call of itself on a smaller measure, or assert() for a hard step',
  assert: 'a smaller step before it',
  contract: 'see to it before the call, or ask for it in requires()',
  measure: 'decreases() with a number that is smaller at this call, and was not negative',
};

type Blamed = 'begins' | 'kept' | 'measure' | 'crash' | 'abstraction' | 'use' | 'codec' | 'code';

const remedies: Record<Blamed, string> = {
  begins: 'the loop invariant is not established: weaken it, or see to it before the loop',
  kept: 'the loop invariant may be too weak to be kept: add what a turn of the loop relies on',
  measure: 'a measure that is smaller after every turn, and not negative before one',
  crash: 'the crash invariant may leave out a state in which power can go',
  abstraction: 'the abstraction or an invariant may be too weak; try `plimsoll explore`',
  use: 'see to it before the call, or say in an invariant why it holds',
  codec: 'mend encode or decode, or accept less',
  code: 'guard it in the code, or state in the abstraction why it holds',
};

function blame({ kind, text }: Obligation): Blamed {
  if (kind === 'invariant') return text.includes('before') ? 'begins' : 'kept';
  if (kind === 'outcome' || kind === 'initial') return 'abstraction';
  if (kind === 'contract') return 'use';
  return kind === 'measure' || kind === 'crash' || kind === 'codec' ? kind : 'code';
}
