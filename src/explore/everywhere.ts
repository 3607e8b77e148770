/**
 * Explores one operation at a time, from every state that stands for a state of the promise.
 *
 * A search begins with new stores, and finds what they can become. This begins with what it is
 * given, whether or not that can be reached, and takes one operation, with every crash in it and
 * every recovery after that. Where it ends, the machine must stand for a state of the promise
 * again, for one that the promise allows. These are the obligations of a refinement, tried instead
 * of proved: one for each state and operation, and one for a crash while nothing is under way.
 */
import { TooMany } from './choices.ts';
import { Engine, idle, type LayerEdge, type Move, type Node } from './engine.ts';
import { sentence } from './explore.ts';
import type { Counts, Instance, Problem } from './instance.ts';
import { type End, Recoveries } from './recoveries.ts';
import { type Replayed, type ReplayedStep, watch } from './replay.ts';
import { hole } from './run.ts';
import type { Machine } from './session.ts';
import { stepsFrom } from './steps.ts';
import { copy } from './value.ts';

/** A state of the machine below, and one of the promise that it stands for. */
export interface Start {
  readonly lower: object;
  readonly promise: object;
}

export interface Everywhere {
  /** The memory of the code is as it is constructed. */
  readonly starts: Iterable<Start>;
  /** When the lower machine, and the memory of the code, stand for a state of the promise. */
  readonly stands: (promise: never, lower: never, memory: never) => boolean;
}

interface Told {
  /** States times operations, and a crash while nothing is under way for each. */
  readonly obligations: number;
  readonly counts: Counts;
}

export type EverywhereOutcome = Told &
  (
    | { readonly kind: 'kept' }
    /** Not everything was tried. */
    | { readonly kind: 'unknown'; readonly because: string }
    | { readonly kind: 'broken'; readonly problem: Problem; readonly replayed: Replayed }
  );

/** Tries every obligation, up to the first that is broken. */
export async function exploreEverywhere(
  instance: Instance,
  everywhere: Everywhere,
): Promise<EverywhereOutcome> {
  const engine = new Engine(instance);
  engine.terse = true;
  const { milliseconds, steps } = instance.limits ?? {};
  if (milliseconds !== undefined) engine.deadline = Date.now() + milliseconds;
  engine.meter.most = steps ?? engine.meter.most;
  const all = new Obligations(engine, everywhere.stands);
  const told = () => ({ obligations: all.tried, counts: engine.counts });
  try {
    for (const start of everywhere.starts) {
      const broken = await all.from(start);
      if (!broken) continue;
      const replayed = await retrace(engine, broken);
      return { kind: 'broken', problem: broken.problem, replayed, ...told() };
    }
    const because = nothingTried(engine, all.tried);
    return because ? { kind: 'unknown', because, ...told() } : { kind: 'kept', ...told() };
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
    return { kind: 'unknown', because: error.message, ...told() };
  }
}

/** A way that ends in a problem. */
interface Broken {
  readonly start: Node;
  readonly path: readonly Move[];
  readonly problem: Problem;
}

class Obligations {
  tried = 0;
  private readonly engine: Engine;
  private readonly stands: Everywhere['stands'];
  private readonly recoveries: Recoveries;
  /** Machines that lost power, with the set of states of the promise, that were looked at. */
  private readonly recovered = new Set<string>();
  private readonly right = new Map<string, boolean>();

  constructor(engine: Engine, stands: Everywhere['stands']) {
    this.engine = engine;
    this.stands = stands;
    this.recoveries = new Recoveries(engine);
  }

  /** What is broken among the obligations of one state. */
  async from(given: Start): Promise<Broken | undefined> {
    const { engine } = this;
    const start = nodeOf(engine, given);
    if (!this.standsFor(start))
      throw new RangeError('a state to start from does not stand for its state of the promise');
    const calls = engine.calls(start);
    const { skipped } = engine.counts;
    const edges = await stepsFrom(engine, start, calls);
    this.tried += 1 + calls.length - (engine.counts.skipped - skipped);
    // What goes wrong with power on is told first: it is shorter.
    const settled = edges.filter(({ to }) => to?.phase !== 'down');
    for (const edge of [...settled, ...edges.filter(({ to }) => to?.phase === 'down')]) {
      const broken = await this.after(edge);
      if (broken) return { start, ...broken };
    }
    return undefined;
  }

  private async after({
    label,
    to,
    problem,
  }: LayerEdge): Promise<Omit<Broken, 'start'> | undefined> {
    if (problem) return { path: [label], problem };
    if (!to) return undefined;
    if (to.phase === 'up')
      return this.standsFor(to) ? undefined : { path: [label], problem: astray };
    const key = `${to.lower} ${to.set}`;
    if (this.recovered.has(key)) return undefined;
    this.recovered.add(key);
    for (const end of await this.recoveries.endsOf(to.lower)) {
      const wrong = end.problem ?? (this.standsFor({ ...end, set: to.set }) ? undefined : lost);
      if (!wrong) continue;
      return { path: [label, ...(await this.recoveries.wayTo(to.lower, end))], problem: wrong };
    }
    return undefined;
  }

  /** Whether it stands for one of the states in which the promise may be. */
  private standsFor({ lower, memory, set }: End & { readonly set: number }): boolean {
    const key = `${lower} ${memory} ${set}`;
    const known = this.right.get(key);
    if (known !== undefined) return known;
    const { lowers, memories, promised } = this.engine;
    const found = promised
      .statesOf(set)
      .some((state) =>
        this.stands(state as never, lowers.value(lower) as never, memories.value(memory) as never),
      );
    this.right.set(key, found);
    return found;
  }
}

const astray: Problem = {
  kind: 'violation',
  because: 'it leaves what stands for no state that the promise may be in',
};

const lost: Problem = {
  kind: 'violation',
  because: 'recovery leaves what stands for no state that the promise may be in',
};

function nodeOf(engine: Engine, { lower, promise }: Start): Node {
  const handle = {};
  const code = new engine.instance.layer.code(handle as never) as object;
  return {
    phase: 'up',
    lower: engine.lowers.number(lower as Machine),
    memory: engine.memories.number(copy(code, handle, hole)),
    set: engine.promised.only(promise as Machine),
  };
}

/** Why nothing was shown although nothing is broken. */
function nothingTried(engine: Engine, tried: number): string | undefined {
  if (tried === 0) return 'there is no state to start from';
  const never = engine.instance.operations.find(({ name }) => !engine.completed.has(name));
  return never && `${never.name}() never runs to its end`;
}

/** The way once more, with what is done on it. */
async function retrace(engine: Engine, { start, path, problem }: Broken): Promise<Replayed> {
  const steps: ReplayedStep[] = [];
  let node = start;
  for (const move of path) {
    const { step, to } = await watch(engine, node, move);
    steps.push(step);
    if (to) node = to;
  }
  const last = path.at(-1);
  const because =
    last?.call === idle || problem === lost ? problem.because : sentence(problem, last);
  return { violated: true, problem, because, steps };
}
