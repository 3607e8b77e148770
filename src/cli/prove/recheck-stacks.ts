/** Checking stacks again: what came of their layers, and the theorem, which is replayed. */
import type { Pool } from '../../logic/index.ts';
import { type Leaf, leavesOf, type Node } from '../../refine/composition/part.ts';
import { conclude } from '../../refine/composition/verdict.ts';
import { placeOf } from '../../refine/discharge/discharge.ts';
import { initialisableAnew } from '../../refine/obligations/anew.ts';
import { Model } from '../../refine/obligations/model.ts';
import type { Chosen, ChosenStack } from '../command/chosen-layers.ts';
import type { Session } from '../command/session.ts';
import { placesFrom, readStackAloud } from '../command/stacks.ts';
import { layerLines, theoremLine } from '../trusts/stack-lines.ts';
import { stackTrusts } from '../trusts/stack-trusts.ts';
import { begins, neverBegins, type ProvedLayer } from './prove-stacks.ts';
import type { Rechecked } from './recheck-one.ts';

export interface ReadStack extends ChosenStack {
  readonly node: Node;
}

/** The stacks that can be read; of the others it has been said why not. */
export async function readStacks(
  stacks: readonly ChosenStack[],
  session: Session,
): Promise<ReadStack[]> {
  const found: ReadStack[] = [];
  for (const { program, stack } of stacks) {
    const node = await readStackAloud('recheck', program, stack, session);
    if (node) found.push({ program, stack, node });
  }
  return found;
}

/** Where a layer is declared, and its name there. */
export const keyOf = ({ layer }: Pick<Chosen, 'layer'>): string => `${layer.at.file}#${layer.name}`;

/** The layers of stacks that are not among those which are checked anyway, each once. */
export function layersOf(stacks: readonly ReadStack[], chosen: readonly Chosen[]): Chosen[] {
  const known = new Set(chosen.map(keyOf));
  const more = stacks.flatMap(({ node }) => leavesOf(node));
  return more.filter((leaf) => !known.has(keyOf(leaf)) && known.add(keyOf(leaf)));
}

/** After its layers have been checked. For being initialised anew there is no certificate. */
export async function recheckStack(
  { stack, node }: ReadStack,
  layers: ReadonlyMap<string, Rechecked>,
  pool: Pool,
  session: Session,
): Promise<void> {
  const about = { layer: stack.name, file: stack.at.file };
  session.event({ event: 'begin', verb: 'recheck', ...about });
  const begun = performance.now();
  const known = new Map<string, ProvedLayer>();
  for (const leaf of leavesOf(node))
    if (!known.has(keyOf(leaf))) known.set(keyOf(leaf), await withAnew(leaf, layers, pool));
  const of = (leaf: Leaf) => known.get(keyOf(leaf))!;
  const found = conclude(node, of, placesFrom(session.folder));
  const holds = found.verdict.kind !== 'proved' || (await begins(node, stack, 0));
  session.event({
    event: 'verdict',
    verb: 'recheck',
    ...about,
    at: placeOf(stack.at),
    verdict: holds ? found.verdict : neverBegins(stack),
    milliseconds: performance.now() - begun,
    follows: [...found.theorems.map(theoremLine), ...layerLines(node, session.folder, of)],
    trusts: stackTrusts(node, [...known.values()], session.folder),
  });
}

async function withAnew(
  leaf: Leaf,
  layers: ReadonlyMap<string, Rechecked>,
  pool: Pool,
): Promise<ProvedLayer> {
  const checked = layers.get(keyOf(leaf))!;
  const anew =
    checked.verdict.kind === 'proved' &&
    (await initialisableAnew({ pool }, new Model(leaf.program, leaf.layer)));
  return { ...checked, anew };
}
