/** Proving layers: reading, asking, refuting, and saying what came of it. */
import type { Pool } from '../../logic/index.ts';
import { placeOf } from '../../refine/discharge/discharge.ts';
import { proveLayer } from '../../refine/prove.ts';
import { instanceOf } from '../../refine/refutation/domain.ts';
import type { Refuter } from '../../refine/refutation/refute.ts';
import type { LayerDeclaration, Program } from '../../symbolic/ir.ts';
import { apart, type Chosen, type ChosenStack, chosenLayers } from '../command/chosen-layers.ts';
import { loadCodec, loadLayer, prepare } from '../command/load.ts';
import type { Session } from '../command/session.ts';
import { readSource } from '../command/terminal.ts';
import { complete, shown } from '../explore/counterexample-file.ts';
import { proofTrusts } from '../trusts/trusted.ts';
import { expectRoom, keepCertificate } from './certificates.ts';
import { everySolver } from './every-solver.ts';
import type { ProveOptions } from './prove.ts';
import { type ChosenCodec, proveOneCodec } from './prove-codecs.ts';
import { Proved, type ProvedLayer, proveOneStack } from './prove-stacks.ts';
import { type PoolOf, withPools } from './solvers.ts';

/** Proves the layers of each file: a file outside the subset does not keep others from it. */
export async function proveLayers(
  files: readonly string[],
  options: ProveOptions,
  session: Session,
): Promise<void> {
  const codecs: ChosenCodec[] = [];
  const stacks: ChosenStack[] = [];
  const chosen = await chosenLayers('prove', files, options.only, session, codecs, stacks);
  if (chosen.length + codecs.length + stacks.length === 0) return;
  if (options.certify) expectRoom(options, session);
  await withPools(options, session, async (poolOf) => {
    for (const each of codecs)
      await apart(session, () => proveOneCodec(each, options, poolOf, session));
    const proved = new Proved((one) => proveOne({ ...one, poolOf, options, session }));
    for (const each of chosen) await apart(session, () => proved.prove(each));
    for (const each of stacks)
      await apart(session, () => proveOneStack({ ...each, proved, session }));
  });
}

interface Task extends Chosen {
  readonly poolOf: PoolOf;
  readonly options: Pick<ProveOptions, 'seeds' | 'crossCheck' | 'certify' | 'certificates'>;
  readonly session: Session;
  /** Which version of the sources is to be run, where they change: see load.ts. */
  readonly version?: number;
}

export async function proveOne(task: Task): Promise<ProvedLayer> {
  const { program, layer, poolOf, options, session } = task;
  const { file } = layer.at;
  const about = { layer: layer.name, file };
  session.event({ event: 'begin', verb: 'prove', ...about });
  const begun = performance.now();
  const refuter = refuterOf(program, layer, task.version);
  const asking = { program, layer, report: session, remembered: {} };
  const prove = (pool: Pool) => proveLayer({ ...asking, pool, refuter, readSource });
  const again = (pool: Pool) => proveLayer({ ...asking, pool });
  const asked = { name: layer.name, prove, again };
  const { first, verdict, solvers } = await everySolver(asked, options, poolOf, session);
  session.event({
    event: 'verdict',
    verb: 'prove',
    ...about,
    at: placeOf(layer.at),
    verdict,
    milliseconds: performance.now() - begun,
    sources: Object.fromEntries(program.files),
    trusts: proofTrusts(program, layer, solvers, [...first.assumptions.values()]),
  });
  if (options.certify && verdict.kind === 'proved')
    await keepCertificate({ layer, pool: await poolOf(0), proof: first, options, session });
  return {
    verdict,
    anew: first.anew ?? false,
    assumptions: [...first.assumptions.values()],
    solvers,
  };
}

/** What a suspicion is tried on: the real code, which is loaded only if there is one. */
function refuterOf(program: Program, layer: LayerDeclaration, version = 0): Refuter {
  const about = { file: layer.at.file, layer: layer.name };
  return {
    instance: async (bounds) => {
      prepare({ bounded: true });
      const code = await loadLayer(about.file, about.layer, { version });
      return instanceOf(program, layer, code, bounds);
    },
    sign: (run) => complete(run, about, program.files),
    show: shown,
    codec: ({ at, name }) => {
      prepare({ bounded: true });
      return loadCodec(at.file, name, version);
    },
  };
}
