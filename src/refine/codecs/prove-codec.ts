/** Proves a codec by itself, where no layer does: of a module that others put on their disks. */
import type { Answer, Pool } from '../../logic/index.ts';
import type { Reporter, Verdict } from '../../report/event.ts';
import type { CodecDeclaration, Program } from '../../symbolic/ir.ts';
import { Inexpressible } from '../../symbolic/vectors/index.ts';
import { discharge, insist, placeOf } from '../discharge/discharge.ts';
import { nobody } from '../obligations/obligation.ts';
import { codecObligations } from './codecs.ts';
import { type RealCodec, refutedCodec } from './wrong-codec.ts';

export interface ProvingCodec {
  readonly program: Program;
  readonly codec: CodecDeclaration;
  readonly pool: Pool;
  readonly report: Reporter;
  /** The codec as it runs. */
  readonly real: () => Promise<RealCodec>;
}

export async function proveCodec(proving: ProvingCodec): Promise<Verdict> {
  try {
    return await decide(proving);
  } catch (error) {
    if (!(error instanceof Inexpressible)) throw error;
    const { message: because, at, remedy } = error;
    return { kind: 'unknown', reason: 'subset', because, at: placeOf(at), remedy };
  }
}

async function decide({ program, codec, pool, report, real }: ProvingCodec): Promise<Verdict> {
  const into = nobody();
  codecObligations(program, [codec], into);
  const asking = { pool, report, layer: codec };
  const settled = await discharge(asking, into.obligations);
  const open = settled.filter(({ answer }) => answer.kind !== 'unsat');
  if (open.length === 0) return { kind: 'proved' };
  const found = await refutedCodec(pool, program, codec, await real());
  if (found) return found;
  const left = (await insist(asking, open)).find(({ answer }) => answer.kind !== 'unsat');
  if (!left) return { kind: 'proved' };
  return {
    kind: 'unknown',
    reason: reasonOf(left.answer),
    because: `not shown: ${codec.name}: ${left.obligation.text}`,
    at: placeOf(left.obligation.at),
    ...(left.answer.kind === 'sat' ? { blame: 'code' as const } : {}),
    remedy: 'mend encode or decode, or accept less',
  };
}

function reasonOf(answer: Answer): (Verdict & { kind: 'unknown' })['reason'] {
  if (answer.kind === 'unknown') return answer.reason;
  return answer.kind === 'error' ? 'solver' : 'annotation';
}
