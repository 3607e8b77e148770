/** What to say of a layer that was neither proved nor refuted. */
import type { Verdict } from '../report/event.ts';
import { obligationName, placeOf, type Settled } from './discharge.ts';
import type { Model } from './model.ts';
import type { Obligation } from './obligation.ts';
import type { Proving } from './prove.ts';
import { failing } from './scene.ts';

/** Names the first obligation that failed, what may be to blame, and what to try. */
export async function explained(
  { pool }: Proving,
  model: Model,
  failed: readonly Settled[],
): Promise<Verdict> {
  const first =
    failed.find((s) => s.answer.kind === 'sat') ??
    failed.find((s) => s.answer.kind !== 'error') ??
    failed[0]!;
  const { obligation, claim, part, answer } = first;
  const name = obligationName(obligation, part);
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
      reason: answer.reason === 'memory' ? 'memory' : 'timeout',
      because: `${name}: the solver gave up${others}`,
      at,
      remedy: 'split the invariant, or state the step that is hard with assert()',
    };
  const state = await failing(pool, model, claim, obligation.scene);
  return {
    kind: 'unknown',
    reason: 'annotation',
    because: `not shown: ${name}${others}; no run of the code was found that breaks the promise`,
    at,
    remedy: remedies[blame(obligation)],
    ...(state.length > 0 && { state }),
  };
}

type Blamed = 'invariant' | 'crash' | 'abstraction' | 'code';

const remedies: Record<Blamed, string> = {
  invariant: 'the loop invariant may be false, or too weak to be kept by a turn of the loop',
  crash: 'the crash invariant may leave out a state in which power can go',
  abstraction: 'the abstraction or an invariant may be too weak; try `plimsoll explore`',
  code: 'guard it in the code, or state in the abstraction why it holds',
};

function blame({ kind }: Obligation): Blamed {
  if (kind === 'invariant' || kind === 'measure') return 'invariant';
  if (kind === 'crash') return 'crash';
  return kind === 'outcome' || kind === 'initial' ? 'abstraction' : 'code';
}
