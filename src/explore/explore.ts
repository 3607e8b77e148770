/** Tries everything a layer can do on a small machine. */
import { TooMany } from './choices.ts';
import type { Counterexample } from './counterexample.ts';
import { encode } from './encode.ts';
import { Engine, idle, type Move, type Node } from './engine.ts';
import { leniently } from './guided.ts';
import type { Counts, Instance, Outcome, Problem } from './instance.ts';
import { lift } from './lift.ts';
import type { Call } from './promised.ts';
import { type Searched, type System, search } from './search.ts';
import { show } from './show.ts';
import { stepsFrom } from './steps.ts';
import { MachineBroken } from './store.ts';
import { NotSymmetric, OwnBlocks, Symmetry } from './symmetry.ts';
import { holdsBlock } from './value.ts';

export interface Progress {
  readonly states: number;
  /** States found whose successors are not yet known. */
  readonly waiting: number;
  readonly runs: number;
}

/**
 * Every execution within the bound of the instance, or the first that is wrong. A statement of the
 * code about itself that is false is reported only if the promise is not broken as well.
 */
export async function explore(
  instance: Instance,
  onProgress?: (progress: Progress) => void,
): Promise<Outcome> {
  return twice(instance, async (engine, deadline) => {
    try {
      return await pass(engine, { deadline, onProgress, symmetric: true });
    } catch (error) {
      if (!(error instanceof OwnBlocks)) throw error;
      const full = new Engine({ ...instance, symmetry: false });
      return pass(engine.lenient ? leniently(full) : full, { deadline, onProgress });
    }
  });
}

/** Once with statements checked; if one fails, once more in search of something worse. */
export async function twice(
  instance: Instance,
  body: (engine: Engine, deadline: number | undefined) => Promise<Outcome>,
): Promise<Outcome> {
  const { milliseconds } = instance.limits ?? {};
  const deadline = milliseconds === undefined ? undefined : Date.now() + milliseconds;
  const first = await body(new Engine(instance), deadline);
  if (first.kind !== 'statement') return first;
  const second = await body(leniently(new Engine(instance)), deadline);
  return second.kind === 'violation' ? second : first;
}

interface Pass {
  readonly deadline: number | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Where to begin, and the way there; if absent, with a new store. */
  readonly from?: { readonly start: Node; readonly path: readonly Move[]; readonly node: Node };
  /** Whether states that are alike count as one; not on a way from elsewhere. */
  readonly symmetric?: boolean;
}

/** One search of everything within the bound of the engine's instance. */
export async function pass(
  engine: Engine,
  { deadline, onProgress, from, symmetric }: Pass,
): Promise<Outcome> {
  const { instance, counts } = engine;
  engine.deadline = deadline ?? engine.deadline;
  engine.meter.most = instance.limits?.steps ?? engine.meter.most;
  try {
    const symmetry = symmetric ? Symmetry.of(engine) : undefined;
    const searched = await search(
      systemOf(engine, from ? [from.node] : engine.starts(), { symmetry }),
      {
        budget: instance.depth,
        states: instance.limits?.states,
        deadline,
        onProgress: (states, waiting) => onProgress?.({ states, waiting, runs: counts.runs }),
      },
    );
    counts.states = searched.distinct;
    counts.generated = searched.generated;
    const { found } = searched;
    if (found) {
      if (from) return wrong(engine, found.problem, from.start, [...from.path, ...found.path]);
      const { problem, path } = symmetry ? await lift(engine, symmetry, found) : found;
      return wrong(engine, problem, found.start, path);
    }
    const late = await stragglers(engine);
    if (late) return { ...late, counterexample: nowhere(instance), counts };
    const empty = searched.stopped || from ? undefined : nothingShown(engine);
    if (empty) return { ...empty, counterexample: nowhere(instance), counts };
    return {
      kind: 'explored',
      exhausted: !searched.stopped,
      ...bounded(engine, searched, symmetry),
    };
  } catch (error) {
    if (error instanceof MachineBroken)
      return { ...error.problem, counterexample: nowhere(instance), counts };
    if (error instanceof NotSymmetric) {
      const remedy = 'explore with --no-symmetry, or take `symmetric` out of the machines';
      return { kind: 'explored', exhausted: false, bound: error.message, remedy, counts };
    }
    if (!(error instanceof TooMany)) throw error;
    const bound = `${boundOf(instance)}; given up: ${error.message}`;
    return { kind: 'explored', exhausted: false, bound, counts };
  }
}

/** What code did after the last of its executions had ended. */
async function stragglers(engine: Engine): Promise<Problem | undefined> {
  await new Promise((resolve) => setImmediate(resolve));
  return engine.runner.takeLate();
}

interface Ways {
  /** Whether power is lost. */
  readonly outages?: boolean;
  readonly symmetry?: Symmetry | undefined;
}

/** What can be reached from some nodes. */
export function systemOf(
  engine: Engine,
  initial: readonly Node[],
  { outages = true, symmetry }: Ways = {},
): System<Node, Move, Problem> {
  return {
    initial: symmetry ? symmetry.starts(initial) : initial,
    key: (node) => engine.key(node),
    async successors(node, left) {
      const stepsOf = (from: Node, calls: readonly Call[]) =>
        stepsFrom(engine, from, left < 1 && from.phase === 'up' ? [] : calls, outages);
      const edges = await stepsOf(node, engine.calls(node));
      if (!symmetry) return edges;
      await symmetry.compare(node, edges, stepsOf);
      return edges.map((edge) => (edge.to ? { ...edge, to: symmetry.canonical(edge.to) } : edge));
    },
  };
}

/** That a way through the graph ends in a problem. */
export function wrong(
  engine: Engine,
  problem: Problem,
  start: Node,
  path: readonly Move[],
): Outcome {
  const counterexample = writeDown(engine, start, path);
  const { counts } = engine;
  return { ...problem, because: sentence(problem, path.at(-1)), counterexample, counts };
}

/** The problem as a sentence that names the call. */
export function sentence(problem: Problem, move: Move | undefined): string {
  if (!move || move.call === idle) return problem.because;
  const given = move.call.arguments.map(show).join(', ');
  return `${move.call.name}(${given}): ${problem.because}`;
}

/** An execution as data. */
export function writeDown(engine: Engine, start: Node, path: readonly Move[]): Counterexample {
  return {
    ...nowhere(engine.instance),
    start: encode(engine.lowers.value(start.lower)),
    steps: path.map(({ call, picks, power }) => ({
      do: call.name,
      arguments: call.arguments.map(encode),
      picks: withoutTail(picks),
      power,
    })),
  };
}

/** Where the answers end, the first option is taken anyway. */
export function withoutTail(picks: readonly number[]): readonly number[] {
  return picks.slice(0, picks.findLastIndex((pick) => pick !== 0) + 1);
}

/** What every counterexample of the instance says. */
export function nowhere({ blocks, length }: Instance): Counterexample {
  return {
    format: 1,
    layer: { file: '', name: '' },
    source: '',
    start: null,
    blocks: blocks.map(encode),
    length,
    steps: [],
  };
}

/** Why an exploration without a problem shows nothing. */
export function nothingShown(engine: Engine): Problem | undefined {
  const { counts, completed, filled, instance } = engine;
  const vacuous = (because: string): Problem => ({ kind: 'vacuous', because });
  if (counts.initialised === 0) return vacuous('init() never answers true');
  if (!filled && engine.starts().some((node) => holdsBlock(engine.lowers.value(node.lower))))
    return vacuous('init() answers true only for stores that hold no block');
  if (instance.depth === 0) return undefined;
  const never = instance.operations.find(
    ({ name, arguments: given }) => given.length > 0 && !completed.has(name),
  );
  return never && vacuous(`${never.name}() never runs to its end`);
}

function bounded(
  engine: Engine,
  searched: Searched<Node, Move, Problem>,
  symmetry: Symmetry | undefined,
): { bound: string; counts: Counts } {
  const { instance, counts } = engine;
  const { states, milliseconds } = instance.limits ?? {};
  const given = searched.stopped === 'time' ? `${milliseconds} ms` : `${states} states`;
  const end = searched.stopped ? `; stopped after ${given}` : '';
  const alike = symmetry
    ? `, up to the symmetry of block values (compared in ${symmetry.checked} states)`
    : '';
  return { bound: `${boundOf(instance)}${alike}${end}`, counts };
}

function boundOf({ blocks, length, depth }: Instance): string {
  const row = depth === undefined ? 'any number of operations' : `${depth} operations in a row`;
  return `${row}, up to ${length} blocks, ${blocks.length} different contents`;
}
