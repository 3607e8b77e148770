import { type Engine, idle, type LayerEdge, type Node } from './engine.ts';
import type { Call } from './promised.ts';
import { MachineBroken } from './store.ts';

/** Every step from a node by the given calls, or by losing power; up to the first that is wrong. */
export async function stepsFrom(
  engine: Engine,
  node: Node,
  calls: readonly Call[],
  outages = true,
): Promise<LayerEdge[]> {
  const edges: LayerEdge[] = [];
  try {
    if (node.phase === 'up' && outages) edges.push(...engine.idle(node));
    for (const call of calls) {
      // One by one: there may be more of them than a call can have arguments.
      for (const edge of await engine.attempt(node, call, outages)) edges.push(edge);
      if (edges.at(-1)?.problem) break;
    }
  } catch (error) {
    if (!(error instanceof MachineBroken)) throw error;
    edges.push({ label: { call: idle, picks: [], power: 0 }, problem: error.problem });
  }
  return edges;
}
