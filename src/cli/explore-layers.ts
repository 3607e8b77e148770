/** Exploring layers: reading, trying everything, and saying what came of it. */
import {
  explore,
  exploreSchedules,
  type Instance,
  type Outcome,
  type Progress,
  replay,
  shrink,
} from '../explore/index.ts';
import { accusing } from '../refine/accused.ts';
import { placeOf } from '../refine/discharge.ts';
import { instanceOf } from '../refine/domain.ts';
import type { Verdict } from '../report/event.ts';
import type { LayerDeclaration, Program } from '../symbolic/ir.ts';
import { apart, chosenLayers } from './chosen-layers.ts';
import { complete, shown } from './counterexample-file.ts';
import { WrongUse } from './exit.ts';
import type { ExploreOptions } from './explore.ts';
import { loadLayer, prepare } from './load.ts';
import { notExplorable } from './not-explorable.ts';
import type { Session } from './session.ts';

/** What an exploration rests on; everything else was seen to happen. */
const trusts = [
  'the machines below are as their classes say',
  'the promise is what was meant',
  'what larger sizes and other contents do is not shown',
];

/** Explores the layers of each file: a file outside the subset does not keep others from it. */
export async function exploreLayers(
  files: readonly string[],
  options: ExploreOptions,
  session: Session,
): Promise<void> {
  prepare({ bounded: true });
  for (const { program, layer } of await chosenLayers('explore', files, options.only, session))
    await apart(session, () => exploreLayer(program, layer, options, session));
}

async function exploreLayer(
  program: Program,
  layer: LayerDeclaration,
  options: ExploreOptions,
  session: Session,
): Promise<void> {
  const { file } = layer.at;
  session.event({ event: 'begin', verb: 'explore', layer: layer.name, file });
  const begun = performance.now();
  const found = instanceOf(program, layer, await loadLayer(file, layer.name), {
    ...(options.blocks === undefined ? {} : { length: options.blocks }),
    ...(options.values === undefined ? {} : { values: options.values }),
    ...(options.operations === undefined ? {} : { operations: options.operations }),
  });
  const instance = options.symmetry === false ? { ...found, symmetry: false } : found;
  const onProgress = ({ states }: Progress) =>
    session.event({ event: 'progress', layer: layer.name, done: states, what: 'states' });
  const { verdict, counts } = await outcomeOf(instance, options, onProgress).then(
    async (outcome) => ({
      verdict: await verdictOf(outcome, instance, layer, program),
      counts: Object.entries(outcome.counts),
    }),
    (error) => ({ verdict: notExplorable(error, placeOf(layer.at)), counts: [] }),
  );
  session.event({
    event: 'verdict',
    verb: 'explore',
    layer: layer.name,
    file,
    at: placeOf(layer.at),
    verdict,
    milliseconds: performance.now() - begun,
    sources: Object.fromEntries(program.files),
    trusts,
    counts: Object.fromEntries(counts.filter(([, many]) => many > 0)),
  });
}

function outcomeOf(
  instance: Instance,
  { clients, unlocked, reduction, together }: ExploreOptions,
  onProgress: (progress: Progress) => void,
): Promise<Outcome> {
  if (clients === undefined) return explore(instance, onProgress);
  const stranger = together?.find((name) => instance.operations.every((one) => one.name !== name));
  if (stranger !== undefined) {
    const names = instance.operations.map(({ name }) => name).join(', ');
    throw new WrongUse(`--together: no operation is named ${stranger}; there are ${names}`);
  }
  const how = { locked: !unlocked, reduced: reduction !== false, together };
  return exploreSchedules(instance, { clients, ...how, onProgress });
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
          remedy: outcome.remedy ?? 'fewer --blocks, --values, --operations or --clients',
        };
  if (kind === 'vacuous') return { kind, because: outcome.because, at: outcome.at ?? layer.at };
  const { counterexample } = outcome;
  // The first schedule that was found is a shortest one.
  const run = counterexample.schedule ? counterexample : await shrink(instance, counterexample);
  const replayed = await replay(instance, run);
  const about = { file: layer.at.file, layer: layer.name };
  return accusing(program, layer, {
    kind: 'refuted',
    because: replayed.because,
    counterexample: complete(run, about, program.files),
    ...shown(replayed),
  });
}
