/** Searches with a purpose: for a state, or for a problem near one. */
import { Diverged, TooMany } from './choices.ts';
import type { Counterexample } from './counterexample.ts';
import { Engine, type Move, type Node } from './engine.ts';
import { pass, systemOf, twice, writeDown, wrong } from './explore.ts';
import { engineFor, follow, moveOf, startOf } from './guided.ts';
import type { Instance, Limits, Outcome } from './instance.ts';
import { search } from './search.ts';

/**
 * Whether a state is the one looked for. `memory` has the fields of the code, and is undefined
 * before `init` (`new`) and after a loss of power (`down`).
 */
export type Wanted = (
  lower: unknown,
  memory: object | undefined,
  phase: 'new' | 'up' | 'down',
) => boolean;

export interface Reached {
  /** A shortest way there, from a new store. */
  readonly run: Counterexample;
  readonly lower: unknown;
  readonly memory: object | undefined;
}

/** A way to a state that is wanted: without losing power if there is one, else with. */
export async function reach(
  instance: Instance,
  wanted: Wanted,
  limits: Limits = {},
): Promise<Reached | undefined> {
  const deadline = limits.milliseconds === undefined ? undefined : Date.now() + limits.milliseconds;
  for (const outages of [false, true]) {
    const engine = new Engine(instance);
    engine.runner.checks = false;
    engine.meter.most = limits.steps ?? engine.meter.most;
    const found = await wayTo(engine, wanted, outages, { ...limits, deadline });
    if (found) return found;
  }
  return undefined;
}

async function wayTo(
  engine: Engine,
  wanted: Wanted,
  outages: boolean,
  { states, deadline }: Limits & { readonly deadline: number | undefined },
): Promise<Reached | undefined> {
  const memoryOf = ({ memory }: Node) => (memory < 0 ? undefined : engine.memories.value(memory));
  try {
    const system = systemOf(engine, engine.starts(), { outages });
    const { found } = await search<Node, Move, 'reached'>(
      {
        ...system,
        async successors(node, left) {
          const edges = await system.successors(node, left);
          return [...edges].map(({ problem, ...edge }) => edge);
        },
        check: (node) =>
          wanted(engine.lowers.value(node.lower), memoryOf(node), node.phase)
            ? 'reached'
            : undefined,
      },
      { budget: engine.instance.depth, states, deadline },
    );
    if (!found) return undefined;
    const run = writeDown(engine, found.start, found.path);
    const lower = engine.lowers.value(found.state!.lower);
    return { run, lower, memory: memoryOf(found.state!) };
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
    return undefined;
  }
}

/**
 * Follows a run, then searches for a problem up to `depth` operations further on. A run that does
 * not fit the code ends where it no longer does, and nothing is searched.
 */
export function probe(instance: Instance, run: Counterexample, depth: number): Promise<Outcome> {
  return twice({ ...instance, depth }, async (blank, deadline) => {
    const engine = engineFor(blank.instance, run);
    engine.lenient = blank.lenient;
    engine.runner.checks = blank.runner.checks;
    const start = startOf(engine, run);
    try {
      const { node, path, problem } = await follow(engine, start, run.steps.map(moveOf));
      if (problem) return wrong(engine, problem, start, path);
      if (node) return await pass(engine, { deadline, from: { start, path, node } });
    } catch (error) {
      if (!(error instanceof Diverged || error instanceof TooMany)) throw error;
    }
    const bound = 'nothing: the code does not take these steps';
    return { kind: 'explored', exhausted: false, bound, counts: engine.counts };
  });
}
