/** `plimsoll replay`: a counterexample once more, on the code as it is now. */
import { type Counterexample, instanceOf, type Replayed, replay } from '../../explore/index.ts';
import type { Verdict } from '../../report/event.ts';
import type { Exit } from '../command/exit.ts';
import { loadLayer, prepare } from '../command/load.ts';
import { type ReportOptions, reportOptions } from '../command/options.ts';
import { Session } from '../command/session.ts';
import type { AddVerb } from '../command/verb.ts';
import { layerFile, readCounterexample, shown } from './counterexample-file.ts';
import { notExplorable } from './not-explorable.ts';

/** What the explorer says when nothing is wrong. */
const keptPromise = 'the promise is kept';

export const addReplay: AddVerb = (program, finish) => {
  const command = program
    .command('replay')
    .description('run a counterexample again, on the code as it is now')
    .argument('<counterexample>', 'a file that prove or explore has written');
  for (const option of reportOptions()) command.addOption(option);
  command.action(async (file: string, options: ReportOptions) => {
    finish(await replayFile(file, options));
  });
};

async function replayFile(path: string, options: ReportOptions): Promise<Exit> {
  prepare({ bounded: true });
  const session = new Session(options);
  const run = readCounterexample(path);
  const file = layerFile(run, session.folder);
  const { name } = run.layer;
  session.event({ event: 'begin', verb: 'replay', layer: name, file });
  const begun = performance.now();
  const layer = await loadLayer(file, name);
  const verdict = await replay(instanceOf(layer, run), run).then(
    (replayed) => verdictOf(replayed, run),
    notExplorable,
  );
  session.event({
    event: 'verdict',
    verb: 'replay',
    layer: name,
    file,
    verdict,
    milliseconds: performance.now() - begun,
    trusts: [],
  });
  return session.end();
}

function verdictOf(replayed: Replayed, counterexample: Counterexample): Verdict {
  const { because } = replayed;
  if (replayed.violated) return { kind: 'refuted', because, counterexample, ...shown(replayed) };
  if (replayed.because === keptPromise)
    return { kind: 'explored', bound: 'this one run, in which the promise is kept' };
  return {
    kind: 'unknown',
    reason: 'incomplete',
    because: `the code no longer goes this way: ${because}`,
    remedy: 'prove or explore again; the sources have changed since this was found',
  };
}
