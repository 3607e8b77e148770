/** Proving stacks: their layers first, each once; then what follows from that. */
import { canBegin } from '../../explore/index.ts';
import { stackInstance } from '../../refine/composition/instance.ts';
import { leavesOf, type Node } from '../../refine/composition/part.ts';
import { conclude, type Known, misfit } from '../../refine/composition/verdict.ts';
import { placeOf } from '../../refine/discharge/discharge.ts';
import type { Assumption } from '../../refine/obligations/obligation.ts';
import type { Verdict } from '../../report/event.ts';
import type { LayerDeclaration, StackDeclaration } from '../../symbolic/ir.ts';
import type { Chosen, ChosenStack } from '../command/chosen-layers.ts';
import { loadLayer, prepare } from '../command/load.ts';
import type { Session } from '../command/session.ts';
import { placesFrom, readStackAloud, sourcesOf } from '../command/stacks.ts';
import { layerLines, theoremLine } from '../trusts/stack-lines.ts';
import { stackTrusts } from '../trusts/stack-trusts.ts';

/** What came of the proof of a layer. */
export interface ProvedLayer extends Known {
  readonly assumptions: readonly Assumption[];
  readonly solvers: readonly string[];
}

/** The layers that this run has proved, or tried to: each of them once. */
export class Proved {
  private readonly known = new Map<string, ProvedLayer>();
  private readonly proveOne: (chosen: Chosen) => Promise<ProvedLayer>;

  constructor(proveOne: (chosen: Chosen) => Promise<ProvedLayer>) {
    this.proveOne = proveOne;
  }

  async prove(chosen: Chosen): Promise<ProvedLayer> {
    const { name, at } = chosen.layer;
    const key = `${at.file}#${name}`;
    const known = this.known.get(key) ?? (await this.proveOne(chosen));
    this.known.set(key, known);
    return known;
  }
}

interface Task extends ChosenStack {
  readonly proved: Proved;
  readonly session: Session;
  /** Which version of the sources is to be run, where they change: see load.ts. */
  readonly version?: number;
}

export async function proveOneStack(task: Task): Promise<void> {
  const { program, stack, proved, session, version = 0 } = task;
  const about = { layer: stack.name, file: stack.at.file };
  const node = await readStackAloud('prove', program, stack, session);
  if (!node) return;
  const shown = placesFrom(session.folder);
  const known = new Map<LayerDeclaration, ProvedLayer>();
  // Layers that do not fit are not worth a proof here.
  if (!misfit(node, shown))
    for (const leaf of leavesOf(node)) known.set(leaf.layer, await proved.prove(leaf));
  session.event({ event: 'begin', verb: 'prove', ...about });
  const begun = performance.now();
  const found = conclude(node, ({ layer }) => known.get(layer)!, shown);
  const { theorems } = found;
  const verdict =
    found.verdict.kind === 'proved' && !(await begins(node, stack, version))
      ? neverBegins(stack)
      : found.verdict;
  const layers = layerLines(node, session.folder, ({ layer }) => known.get(layer));
  session.event({
    event: 'verdict',
    verb: 'prove',
    ...about,
    at: placeOf(stack.at),
    verdict,
    milliseconds: performance.now() - begun,
    sources: sourcesOf(node, program),
    ...(known.size > 0 ? { follows: [...theorems.map(theoremLine), ...layers] } : {}),
    trusts: known.size > 0 ? stackTrusts(node, [...known.values()], session.folder) : [],
  });
}

/**
 * Layers that can be initialised may be put together so that they never are. To see that it is not
 * so takes one run of the real code.
 */
export async function begins(node: Node, { name, at }: StackDeclaration, version: number) {
  prepare({ bounded: true });
  return canBegin(stackInstance(node, await loadLayer(at.file, name, { version })));
}

export function neverBegins({ at }: StackDeclaration): Verdict {
  return {
    kind: 'unknown',
    reason: 'bound',
    because:
      'its layers are proved and fit; but in no small instance was there a store that init() of ' +
      'all of them accepts, so that this may say nothing',
    at: placeOf(at),
    remedy: 'larger bounds as the third argument, { bounds: { length: 4 } }; then explore it',
  };
}
