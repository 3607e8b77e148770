/** `plimsoll explore`: every crash, choice and sequence of operations of a small instance. */
import { explore, type Instance, type Outcome, replay, shrink } from '../explore/index.ts';
import type { Verdict } from '../report/event.ts';
import type { LayerDeclaration, Program } from '../symbolic/ir.ts';
import { complete, shown } from './counterexample-file.ts';
import { type Exit, WrongUse } from './exit.ts';
import { loadLayer } from './load.ts';
import {
  type BoundOptions,
  boundOptions,
  onlyOption,
  reportOptions,
  writeTestOption,
} from './options.ts';
import { nothing, proofFiles } from './proof-files.ts';
import { refusedAsEvents } from './refused.ts';
import { Session, type SessionOptions } from './session.ts';
import type { AddVerb } from './verb.ts';

export interface ExploreOptions extends SessionOptions, BoundOptions {
  readonly all?: boolean;
  readonly only?: string;
}

/** What an exploration rests on; everything else was seen to happen. */
const trusts = [
  'the machines below are as their classes say',
  'the promise is what was meant',
  'what larger sizes and other contents do is not shown',
];

export const addExplore: AddVerb = (program, finish) => {
  const command = program
    .command('explore')
    .description('try every crash, choice and sequence of operations of a small instance')
    .argument('[file]', 'a proof file, or the folder of one')
    .option('--all', 'the shipped layers, and every proof.ts of this project')
    .addOption(onlyOption());
  for (const option of [...boundOptions(), ...reportOptions(), writeTestOption()])
    command.addOption(option);
  command.action(async (file: string | undefined, options: ExploreOptions) => {
    const files = proofFiles(file, options.all ?? false, process.cwd());
    const session = new Session(options);
    await explorePart(files, options, session);
    finish(end(options, session));
  });
};

function end(options: ExploreOptions, session: Session): Exit {
  if (session.verdicts > 0) return session.end();
  throw new WrongUse(nothing(options.only));
}

/** Explores the layers of each file: a file outside the subset does not keep others from it. */
export async function explorePart(
  files: readonly string[],
  options: ExploreOptions,
  session: Session,
): Promise<void> {
  const { readProgram } = await import('../symbolic/reader/read.ts');
  for (const file of files)
    await refusedAsEvents('explore', file, session, async () => {
      const { program } = readProgram([file]);
      for (const layer of program.layers)
        if (options.only === undefined || layer.name === options.only)
          await exploreLayer(program, layer, options, session);
    });
}

async function exploreLayer(
  program: Program,
  layer: LayerDeclaration,
  options: ExploreOptions,
  session: Session,
): Promise<void> {
  const { instanceOf } = await import('../refine/domain.ts');
  const { file } = layer.at;
  session.event({ event: 'begin', verb: 'explore', layer: layer.name, file });
  const begun = performance.now();
  const instance = instanceOf(program, layer, await loadLayer(file, layer.name), {
    ...(options.blocks === undefined ? {} : { length: options.blocks }),
    ...(options.values === undefined ? {} : { values: options.values }),
    ...(options.operations === undefined ? {} : { operations: options.operations }),
  });
  const outcome = await explore(instance, ({ states }) =>
    session.event({ event: 'progress', layer: layer.name, done: states, what: 'states' }),
  );
  session.event({
    event: 'verdict',
    verb: 'explore',
    layer: layer.name,
    file,
    verdict: await verdictOf(outcome, instance, layer, program),
    milliseconds: performance.now() - begun,
    sources: Object.fromEntries(program.files),
    trusts,
    counts: Object.fromEntries(Object.entries(outcome.counts).filter(([, many]) => many > 0)),
  });
}

async function verdictOf(
  outcome: Outcome,
  instance: Instance,
  layer: LayerDeclaration,
  program: Program,
): Promise<Verdict> {
  const { kind } = outcome;
  if (kind === 'explored')
    return outcome.exhausted
      ? { kind, bound: outcome.bound }
      : {
          kind: 'unknown',
          reason: 'bound',
          because: outcome.bound,
          remedy: 'fewer --blocks, --values or --operations',
        };
  if (kind === 'vacuous') return { kind, because: outcome.because, at: outcome.at ?? layer.at };
  const run = await shrink(instance, outcome.counterexample);
  const replayed = await replay(instance, run);
  const about = { file: layer.at.file, layer: layer.name };
  return {
    kind: 'refuted',
    because: replayed.because,
    counterexample: complete(run, about, program.files),
    shown: shown(replayed),
  };
}
