/** What is explored piece by piece is what real code does, through its real lock. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encode } from '../encode.ts';
import { Engine } from '../engine.ts';
import { nowhere } from '../explore.ts';
import { instanceOf, programs } from '../fixtures/programs.ts';
import { leniently } from '../guided.ts';
import { show } from '../show.ts';
import { stepOf } from './explore.ts';
import { Graph } from './graph.ts';
import type { Moment, Turn, TurnEdge } from './moment.ts';
import { replaySchedule } from './replay.ts';

interface Walked {
  readonly turns: readonly Turn[];
  readonly problem: boolean;
  readonly at: Moment;
}

/** A random way through the graph. */
async function walk(graph: Graph, picks: readonly number[]): Promise<Walked> {
  const turns: Turn[] = [];
  let at: Moment = graph.engine.starts()[0]!;
  for (const pick of picks) {
    const edges = await edgesFrom(graph, at, pick);
    const edge = edges[pick % edges.length];
    if (!edge) break;
    turns.push(...edge.label);
    if (edge.problem) return { turns, problem: true, at };
    at = edge.to!;
  }
  return { turns, problem: false, at };
}

async function edgesFrom(graph: Graph, at: Moment, pick: number): Promise<TurnEdge[]> {
  if (at.phase !== 'busy')
    return (await graph.alone(at)).filter(({ to, problem }) => to ?? problem);
  // Power goes now and then only, or little would overlap.
  if (pick % 16 === 0) return graph.crashes(at, 0);
  const options = await graph.options(at, true);
  const edges = await Promise.all(options.map((option) => option.take()));
  return edges.filter((edge) => edge !== undefined);
}

test('a random schedule leads real code where the explorer says', async () => {
  const total = { turns: 0 };
  const picks = fc.array(fc.nat(), { minLength: 5, maxLength: 40, size: 'max' });
  await fc.assert(
    fc.asyncProperty(programs, fc.boolean(), picks, async (program, locked, chosen) => {
      const instance = instanceOf(program, 9);
      const engine = leniently(new Engine(instance));
      const graph = new Graph(engine, { clients: 3, locked, reduced: false });
      const { turns, problem, at } = await walk(graph, chosen);
      const run = {
        ...nowhere(instance),
        start: encode(engine.lowers.value(engine.starts()[0]!.lower)),
        schedule: { locked, turns: turns.map(stepOf) },
      };
      const replayed = await replaySchedule(instance, run, run.schedule);
      const because = problem ? expect.anything() : 'the promise is kept';
      expect(replayed).toMatchObject({ violated: problem, because });
      const end = replayed.steps.at(-1)?.after;
      if (!problem && end) expect(show(end)).toBe(show(engine.lowers.value(at.lower)));
      total.turns += turns.length;
    }),
    { numRuns: 100 },
  );
  // Otherwise nothing was compared.
  expect(total.turns).toBeGreaterThan(200);
}, 120_000);
