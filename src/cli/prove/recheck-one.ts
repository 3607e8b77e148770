/** Checking one layer again: the obligations are stated anew, and asked without quantifiers. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Certificate, Listening } from '../../logic/certificate/index.ts';
import { type Pool, print } from '../../logic/index.ts';
import { recheckLayer } from '../../refine/certificates/recheck.ts';
import { placeOf } from '../../refine/discharge/discharge.ts';
import type { Proof } from '../../refine/prove.ts';
import { pathText } from '../../report/frame.ts';
import type { LayerDeclaration } from '../../symbolic/ir.ts';
import type { Chosen } from '../command/chosen-layers.ts';
import { WrongUse } from '../command/exit.ts';
import type { Session } from '../command/session.ts';
import { replaceFile } from '../command/whole-file.ts';
import { proofTrusts } from '../trusts/trusted.ts';
import { certificateFile, readLayerCertificate } from './certificates.ts';
import type { ProvedLayer } from './prove-stacks.ts';
import type { RecheckOptions } from './recheck.ts';

export interface Task extends Chosen {
  readonly pool: Pool;
  readonly options: RecheckOptions;
  readonly session: Pick<Session, 'event' | 'folder' | 'root'>;
}

/** What came of it: the layer may be one of a stack. */
export type Rechecked = Omit<ProvedLayer, 'anew'>;

export async function recheckOne(task: Task): Promise<Rechecked> {
  const { program, layer, pool, session } = task;
  const about = { layer: layer.name, file: layer.at.file };
  session.event({ event: 'begin', verb: 'recheck', ...about });
  const begun = performance.now();
  const proof = await checked(task);
  const assumptions = [...proof.assumptions.values()];
  session.event({
    event: 'verdict',
    verb: 'recheck',
    ...about,
    at: placeOf(layer.at),
    verdict: proof.verdict,
    milliseconds: performance.now() - begun,
    trusts: proofTrusts(program, layer, [pool.name], assumptions),
  });
  return { verdict: proof.verdict, assumptions, solvers: [pool.name] };
}

async function checked({ program, layer, pool, options, session }: Task): Promise<Proof> {
  const file = certificateFile(options, layer, session);
  const called = pathText(file, session.folder);
  if (!existsSync(file)) return without(layer, `there is no certificate: ${called}`);
  let certificate: Certificate;
  try {
    certificate = readLayerCertificate(file, layer);
  } catch (error) {
    return without(layer, `the certificate ${called} is of no use: ${(error as Error).message}`);
  }
  const listen = options.queries === undefined ? {} : { listen: writer(options.queries, layer) };
  return recheckLayer({ program, layer, pool, report: session, certificate, ...listen });
}

function without(layer: LayerDeclaration, because: string): Proof {
  const remedy = 'plimsoll prove --certify, which writes one';
  return {
    verdict: { kind: 'unknown', reason: 'certificate', because, at: placeOf(layer.at), remedy },
    settled: [],
    assumptions: new Map(),
  };
}

/** Writes each question where another solver can read it. */
function writer(folder: string, layer: LayerDeclaration): Listening {
  return (claim, facts) => {
    const file = join(resolve(folder), layer.name, `${claim}.smt2`);
    const { text } = print({ name: claim, given: facts });
    try {
      replaceFile(file, `(set-logic ALL)\n(set-info :status unsat)\n${text}(check-sat)\n`);
    } catch (error) {
      const { message } = error as Error;
      const remedy = 'name a folder of yours with --queries';
      throw new WrongUse(`a question cannot be written: ${message}; ${remedy}`, 'output');
    }
  };
}
