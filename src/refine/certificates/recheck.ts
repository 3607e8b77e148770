/**
 * A proof once more, from its certificate. The obligations are stated anew from the sources; the
 * certificate only says which instances decide them. Whether the layer says anything at all is
 * asked again as in a proof: for that there is no certificate.
 */
import { type Certificate, certified, type Listening } from '../../logic/certificate/index.ts';
import type { Verdict } from '../../report/event.ts';
import { obligationName, placeOf, type Settled } from '../discharge/discharge.ts';
import { restarts } from '../obligations/initialisation.ts';
import { Model } from '../obligations/model.ts';
import { attempt, claims, type Proof, type Proving } from '../prove.ts';
import { progress, sanity } from '../sanity/sanity.ts';

export interface Rechecking extends Pick<Proving, 'program' | 'layer' | 'pool' | 'report'> {
  readonly certificate: Certificate;
  /** Told of every question that is left. */
  readonly listen?: Listening;
}

export function recheckLayer({ certificate, listen, ...proving }: Rechecking): Promise<Proof> {
  const pool = certified(proving.pool, certificate, listen);
  // Obligations of a reason that does not hold would only be stated to be given up.
  const restart = restarts.find((one) => one === certificate.restart);
  const remembered = restart === undefined ? {} : { restart };
  return attempt(async (settled, assumptions) => {
    const model = new Model(proving.program, proving.layer);
    settled.push(...(await claims({ ...proving, pool, remembered }, model, assumptions)));
    const left = settled.filter((s) => s.answer.kind !== 'unsat');
    if (left.length > 0) return undecided(left);
    const empty = await sanity(proving, model, settled);
    return empty ?? (await progress(proving, model)) ?? { kind: 'proved' };
  });
}

function undecided(left: readonly Settled[]): Verdict {
  const { obligation, part, answer } = left[0]!;
  const others = left.length > 1 ? `, and ${left.length - 1} more` : '';
  const detail = 'detail' in answer ? answer.detail : '';
  return {
    kind: 'unknown',
    reason: answer.kind === 'error' ? 'solver' : 'certificate',
    because: `${obligationName(obligation, part)}: ${detail}${others}`,
    at: placeOf(obligation.at),
    remedy: 'plimsoll prove --certify, which writes the certificate anew',
  };
}
