/** Checking layers again: reading them, stating the obligations anew, asking without quantifiers. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Certificate, Listening } from '../logic/certificate/index.ts';
import { type Pool, print } from '../logic/index.ts';
import type { Proof } from '../refine/prove.ts';
import { recheckLayer } from '../refine/recheck.ts';
import { pathText } from '../report/frame.ts';
import type { LayerDeclaration, Program } from '../symbolic/ir.ts';
import { readProgram } from '../symbolic/reader/read.ts';
import { certificateFile, readLayerCertificate } from './certificates.ts';
import { WrongUse } from './exit.ts';
import { placeOf } from './load.ts';
import { selected } from './prove-layers.ts';
import type { RecheckOptions } from './recheck.ts';
import { refusedAsEvents } from './refused.ts';
import type { Session } from './session.ts';
import { withPools } from './solvers.ts';
import { proofTrusts } from './trusted.ts';
import { writeWhole } from './whole-file.ts';

export async function recheckLayers(
  files: readonly string[],
  options: RecheckOptions,
  session: Session,
): Promise<void> {
  // An answer that was kept is not a check.
  const solving = { ...options, seeds: 1, cache: false };
  await withPools(solving, session, async (poolOf) => {
    const pool = await poolOf(0);
    for (const file of files)
      await refusedAsEvents('recheck', file, session, async () => {
        const { program } = readProgram([file]);
        for (const layer of selected(program, options.only))
          await recheckOne({ program, layer, pool, options, session });
      });
  });
}

interface Task {
  readonly program: Program;
  readonly layer: LayerDeclaration;
  readonly pool: Pool;
  readonly options: RecheckOptions;
  readonly session: Session;
}

async function recheckOne(task: Task): Promise<void> {
  const { program, layer, pool, session } = task;
  const about = { layer: layer.name, file: layer.at.file };
  session.event({ event: 'begin', verb: 'recheck', ...about });
  const begun = performance.now();
  const proof = await checked(task);
  session.event({
    event: 'verdict',
    verb: 'recheck',
    ...about,
    at: placeOf(layer),
    verdict: proof.verdict,
    milliseconds: performance.now() - begun,
    sources: Object.fromEntries(program.files),
    trusts: proofTrusts(program, layer, [pool.name], [...proof.assumptions.values()]),
  });
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
    verdict: { kind: 'unknown', reason: 'certificate', because, at: placeOf(layer), remedy },
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
      writeWhole(file, `(set-logic ALL)\n(set-info :status unsat)\n${text}(check-sat)\n`);
    } catch (error) {
      const { message } = error as Error;
      const remedy = 'name a folder of yours with --queries';
      throw new WrongUse(`a question cannot be written: ${message}; ${remedy}`, 'output');
    }
  };
}
