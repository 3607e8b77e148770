/** Proving the codecs of modules that declare no layer. */
import ts from '@typescript/typescript6';
import type { Pool } from '../../logic/index.ts';
import { proveCodec } from '../../refine/codecs/prove-codec.ts';
import { placeOf } from '../../refine/discharge/discharge.ts';
import type { CodecDeclaration, Program } from '../../symbolic/ir.ts';
import { loadCodec, prepare } from '../command/load.ts';
import type { Session } from '../command/session.ts';
import { everySolver } from './every-solver.ts';
import type { ProveOptions } from './prove.ts';
import type { PoolOf } from './solvers.ts';

export interface ChosenCodec {
  readonly program: Program;
  readonly codec: CodecDeclaration;
}

/** The codecs of a program without layers that are asked for. */
export function selectedCodecs(program: Program, only: string | undefined): ChosenCodec[] {
  if (program.layers.length > 0) return [];
  return [...program.codecs.values()]
    .filter(({ name }) => only === undefined || name === only)
    .map((codec) => ({ program, codec }));
}

export async function proveOneCodec(
  { program, codec }: ChosenCodec,
  options: Pick<ProveOptions, 'seeds' | 'crossCheck'>,
  poolOf: PoolOf,
  session: Session,
): Promise<void> {
  const { name, at } = codec;
  const about = { layer: name, file: at.file };
  session.event({ event: 'begin', verb: 'prove', ...about });
  const begun = performance.now();
  const real = () => {
    prepare({ bounded: true });
    return loadCodec(at.file, name);
  };
  const prove = async (pool: Pool) => ({
    verdict: await proveCodec({ program, codec, pool, report: session, real }),
  });
  const asked = { name, prove, again: prove };
  const { verdict, solvers } = await everySolver(asked, options, poolOf, session);
  session.event({
    event: 'verdict',
    verb: 'prove',
    ...about,
    at: placeOf(at),
    verdict,
    milliseconds: performance.now() - begun,
    sources: Object.fromEntries(program.files),
    trusts: [...solvers, `the reader of TypeScript ${ts.version}`],
  });
}
