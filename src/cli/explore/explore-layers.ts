/** Exploring layers: reading, trying everything, and saying what came of it. */
import {
  explore,
  exploreSchedules,
  type Instance,
  type Outcome,
  type Progress,
  replay,
  shrink,
} from '../../explore/index.ts';
import { stackInstance } from '../../refine/composition/instance.ts';
import { unlike } from '../../refine/composition/verdict.ts';
import { placeOf } from '../../refine/discharge/discharge.ts';
import type { Bounds } from '../../refine/layer.ts';
import { accusing } from '../../refine/refutation/accused.ts';
import { instanceOf } from '../../refine/refutation/domain.ts';
import type { Verdict } from '../../report/event.ts';
import type { LayerDeclaration, Position, Program } from '../../symbolic/ir.ts';
import { apart, type ChosenStack, chosenLayers } from '../command/chosen-layers.ts';
import { WrongUse } from '../command/exit.ts';
import { loadLayer, prepare } from '../command/load.ts';
import type { Session } from '../command/session.ts';
import { placesFrom, readStackAloud, sourcesOf } from '../command/stacks.ts';
import { complete, shown } from './counterexample-file.ts';
import type { ExploreOptions } from './explore.ts';
import { notExplorable } from './not-explorable.ts';

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
  const stacks: ChosenStack[] = [];
  const chosen = await chosenLayers('explore', files, options.only, session, [], stacks);
  for (const { program, layer } of chosen)
    await apart(session, () => exploreLayer(program, layer, options, session));
  for (const each of stacks) await apart(session, () => exploreStack(each, options, session));
}

async function exploreLayer(
  program: Program,
  layer: LayerDeclaration,
  options: ExploreOptions,
  session: Session,
): Promise<void> {
  const about = { name: layer.name, at: layer.at, sources: Object.fromEntries(program.files) };
  const telling = begin(session, about);
  const loaded = await loadLayer(layer.at.file, layer.name);
  const instance = symmetric(instanceOf(program, layer, loaded, boundsIn(options)), options);
  const found = await seen(layer.at, async () => {
    const outcome = await outcomeOf(instance, options, telling.progress);
    const said = await verdictOf(outcome, instance, about);
    const verdict = said.kind === 'refuted' ? accusing(program, layer, said) : said;
    return { verdict, counts: countsOf(outcome) };
  });
  telling.end(found);
}

/** Drives the code of all layers on the machine at the bottom, and asks the promise at the top. */
async function exploreStack(
  { program, stack }: ChosenStack,
  options: ExploreOptions,
  session: Session,
): Promise<void> {
  if (options.clients !== undefined)
    throw new WrongUse('--clients is for layers; explore those of the stack with it, one by one');
  const node = await readStackAloud('explore', program, stack, session);
  if (!node) return;
  const about = { name: stack.name, at: stack.at, sources: sourcesOf(node, program) };
  const telling = begin(session, about);
  const wrong = unlike(node, placesFrom(session.folder));
  if (wrong) return telling.end({ verdict: wrong, counts: {} });
  const loaded = await loadLayer(stack.at.file, stack.name);
  const instance = symmetric(stackInstance(node, loaded, boundsIn(options)), options);
  const found = await seen(stack.at, async () => {
    const outcome = await explore(instance, telling.progress);
    return { verdict: await verdictOf(outcome, instance, about), counts: countsOf(outcome) };
  });
  telling.end(found);
}

/** Says what is explored; then how far it is, and what came of it. */
function begin(session: Session, { name, at, sources }: About) {
  const { file } = at;
  session.event({ event: 'begin', verb: 'explore', layer: name, file });
  const begun = performance.now();
  return {
    progress: ({ states }: Progress) =>
      session.event({ event: 'progress', layer: name, done: states, what: 'states' }),
    end: ({ verdict, counts }: Seen) =>
      session.event({
        event: 'verdict',
        verb: 'explore',
        layer: name,
        file,
        at: placeOf(at),
        verdict,
        milliseconds: performance.now() - begun,
        sources,
        trusts,
        counts,
      }),
  };
}

function symmetric(instance: Instance, { symmetry }: ExploreOptions): Instance {
  return symmetry === false ? { ...instance, symmetry: false } : instance;
}

interface Seen {
  readonly verdict: Verdict;
  readonly counts: Readonly<Record<string, number>>;
}

/** What was seen, or that the code cannot be looked into. */
function seen(at: Position, look: () => Promise<Seen>): Promise<Seen> {
  return look().catch((error) => ({ verdict: notExplorable(error, placeOf(at)), counts: {} }));
}

function boundsIn({ blocks, values, operations }: ExploreOptions): Bounds {
  return {
    ...(blocks === undefined ? {} : { length: blocks }),
    ...(values === undefined ? {} : { values }),
    ...(operations === undefined ? {} : { operations }),
  };
}

function countsOf({ counts }: Outcome): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts).filter(([, many]) => many > 0));
}

/** What is explored, and from which sources. */
interface About {
  readonly name: string;
  readonly at: Position;
  readonly sources: Readonly<Record<string, string>>;
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
  { name, at, sources }: About,
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
  if (kind === 'vacuous') return { kind, because: outcome.because, at: outcome.at ?? at };
  const { counterexample } = outcome;
  // The first schedule that was found is a shortest one.
  const run = counterexample.schedule ? counterexample : await shrink(instance, counterexample);
  const replayed = await replay(instance, run);
  return {
    kind: 'refuted',
    because: replayed.because,
    counterexample: complete(run, { file: at.file, layer: name }, new Map(Object.entries(sources))),
    ...shown(replayed),
  };
}
