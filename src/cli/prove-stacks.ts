/** Proving stacks: their layers first, each once; then what follows from that. */
import { leavesOf } from '../refine/composition/part.ts';
import { conclude, type Known, misfit } from '../refine/composition/verdict.ts';
import { placeOf } from '../refine/discharge.ts';
import type { Assumption } from '../refine/obligation.ts';
import type { LayerDeclaration } from '../symbolic/ir.ts';
import type { Chosen, ChosenStack } from './chosen-layers.ts';
import type { Session } from './session.ts';
import { layerLines, theoremLine } from './stack-lines.ts';
import { stackTrusts } from './stack-trusts.ts';
import { placesFrom, readStackAloud, sourcesOf } from './stacks.ts';

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
}

export async function proveOneStack({ program, stack, proved, session }: Task): Promise<void> {
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
  const { verdict, theorems } = conclude(node, ({ layer }) => known.get(layer)!, shown);
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
