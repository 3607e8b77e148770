/** Tries every schedule of clients whose operations overlap, with every crash. */
import { TooMany } from '../choices.ts';
import type { Counterexample, ScheduleStep } from '../counterexample.ts';
import { encode } from '../encode.ts';
import { Engine } from '../engine.ts';
import { explore, nothingShown, nowhere, type Progress, withoutTail } from '../explore.ts';
import { leniently } from '../guided.ts';
import type { Instance, Outcome, Problem } from '../instance.ts';
import type { Call } from '../promised.ts';
import { show } from '../show.ts';
import { MachineBroken } from '../store.ts';
import { Graph } from './graph.ts';
import type { Busy, Moment, Option, Setting, Turn, TurnEdge } from './moment.ts';
import { BeginsToRemember } from './segments.ts';
import { sleepSearch } from './sleep.ts';

export interface ScheduleOptions {
  /** How many operations may be under way at a time. */
  readonly clients: number;
  /** Whether the layer is entered through its lock. Default true. */
  readonly locked?: boolean;
  /** Whether schedules that lead to the same are taken once. Default true. */
  readonly reduced?: boolean;
  /** The operations that may overlap, by name, while others come alone; absent: all. */
  readonly together?: readonly string[] | undefined;
  readonly onProgress?: (progress: Progress) => void;
  /** Hears of every moment that was reached. */
  readonly onMoment?: (at: Moment, graph: Graph) => void;
}

/**
 * Every schedule within the bound of the instance, or a shortest one that is wrong. What the code
 * says of itself in invariants is not checked: it need not hold while operations overlap.
 */
export async function exploreSchedules(
  instance: Instance,
  options: ScheduleOptions,
): Promise<Outcome> {
  if (!instance.async) return atomic(instance, options);
  const { clients, locked = true, reduced = true, together } = options;
  const { milliseconds } = instance.limits ?? {};
  const deadline = milliseconds === undefined ? undefined : Date.now() + milliseconds;
  const setting = { clients, locked, reduced, together };
  const searched = (mayRemember: boolean) =>
    attempt(instance, { ...setting, mayRemember }, deadline, options);
  if (!reduced) return searched(true);
  try {
    return await searched(false);
  } catch (error) {
    // Too much was left out: all of it once more.
    if (error instanceof BeginsToRemember) return searched(true);
    throw error;
  }
}

async function attempt(
  instance: Instance,
  setting: Setting,
  deadline: number | undefined,
  { onMoment, onProgress }: ScheduleOptions,
): Promise<Outcome> {
  const { reduced } = setting;
  const engine = leniently(new Engine(instance));
  const graph = new Graph(engine, setting);
  const { counts } = engine;
  const { milliseconds, states } = instance.limits ?? {};
  if (deadline !== undefined) engine.deadline = deadline;
  const bound = boundOf(instance, graph.setting);
  try {
    const searched = await sleepSearch(systemOf(graph, onMoment), {
      budget: instance.depth,
      reduced,
      states,
      deadline,
      onProgress: (distinct, waiting) =>
        onProgress?.({ states: distinct, waiting, runs: counts.runs }),
    });
    counts.states = searched.distinct;
    counts.generated = searched.taken;
    counts.runs += graph.segments.size;
    const { found, stopped } = searched;
    if (found) return { ...wrong(graph, found), counts };
    const empty = stopped ? undefined : nothingShown(engine);
    if (empty) return { ...empty, counterexample: nowhere(instance), counts };
    const given = stopped === 'time' ? `${milliseconds} ms` : `${states} states`;
    const end = stopped ? `; stopped after ${given}` : '';
    return { kind: 'explored', exhausted: !stopped, bound: `${bound}${end}`, counts };
  } catch (error) {
    if (error instanceof MachineBroken)
      return { ...error.problem, counterexample: nowhere(instance), counts };
    if (!(error instanceof TooMany)) throw error;
    const givenUp = `${bound}; given up: ${error.message}`;
    return { kind: 'explored', exhausted: false, bound: givenUp, counts };
  }
}

/** Code that awaits nothing is never interrupted: its operations come one after the other. */
async function atomic(instance: Instance, { onProgress }: ScheduleOptions): Promise<Outcome> {
  const outcome = await explore(instance, onProgress);
  if (outcome.kind !== 'explored') return outcome;
  return { ...outcome, bound: `${outcome.bound}; nothing is awaited, so nothing overlaps` };
}

function systemOf(graph: Graph, onMoment: ScheduleOptions['onMoment']) {
  const broken = (error: unknown): TurnEdge[] => {
    if (!(error instanceof MachineBroken)) throw error;
    return [{ label: [], problem: error.problem }];
  };
  return {
    initial: graph.engine.starts(),
    key: (at: Moment) => graph.key(at),
    async turns(at: Moment, left: number): Promise<readonly Option[]> {
      return at.phase === 'busy' ? graph.options(at, left > 0) : [];
    },
    async always(at: Moment, left: number): Promise<readonly TurnEdge[]> {
      onMoment?.(at, graph);
      try {
        return at.phase === 'busy' ? graph.crashes(at, left) : await graph.alone(at);
      } catch (error) {
        return broken(error);
      }
    },
    independent: (at: Moment, one: Option, other: Option, left: number) =>
      at.phase === 'busy' && independent(graph, at, [one, other], left),
    nameAt: (at: Moment, option: Option) =>
      at.phase === 'busy' ? graph.names.nameAt(at, option) : option.does,
  };
}

/**
 * Whether two turns lead to the same moment in either order. When operations begin and end decides
 * what the promise allows: only beginning before another's end differs from beginning after it.
 */
export function independent(
  graph: Graph,
  at: Busy,
  [one, other]: readonly [Option, Option],
  left: number,
): boolean {
  if (one.client !== undefined && one.client === other.client) return false;
  if (one.remembers && other.remembers) return false;
  if ((one.begins && other.ends) || (other.begins && one.ends)) return false;
  if (one.begins && other.begins) return bothMayBegin(graph, at, left);
  if (one.effect && other.effect) return graph.effects.commute(at.lower, one.effect, other.effect);
  const effect = one.effect ?? other.effect;
  if (!effect) return true;
  // What the promise has to choose from may depend on what is below.
  const { lowers } = graph.engine;
  return !lowers.beyond(at.lower) && !lowers.beyond(effect[1].lower);
}

/** Whether beginning one operation leaves the other as it is; a lock lets in who comes first. */
function bothMayBegin({ setting }: Graph, { flights }: Busy, left: number): boolean {
  if (setting.locked || setting.together || left < 2) return false;
  return flights.filter((flight) => !flight).length >= 2;
}

function wrong(
  graph: Graph,
  { problem, start, path }: { problem: Problem; start: Moment; path: readonly (readonly Turn[])[] },
): Problem & { counterexample: Counterexample } {
  const { engine, setting } = graph;
  const turns = path.flat();
  const counterexample = {
    ...nowhere(engine.instance),
    start: encode(engine.lowers.value(start.lower)),
    schedule: { locked: setting.locked, turns: turns.map(stepOf) },
  };
  return { ...problem, because: sentence(problem, turns), counterexample };
}

/** The problem as a sentence that names the call. */
export function sentence({ because }: Problem, turns: readonly Turn[]): string {
  const last = turns.at(-1);
  if (!last || last.kind === 'crash') return because;
  const call = last.kind === 'alone' ? last.move.call : callOfClient(turns, last.client);
  return call ? `${call.name}(${call.arguments.map(show).join(', ')}): ${because}` : because;
}

function callOfClient(turns: readonly Turn[], client: number): Call | undefined {
  const begun = turns.findLast((turn) => turn.kind === 'begin' && turn.client === client);
  return begun?.kind === 'begin' ? begun.call : undefined;
}

/** A turn as data. */
export function stepOf(turn: Turn): ScheduleStep {
  switch (turn.kind) {
    case 'alone': {
      const { call, picks, power } = turn.move;
      return { do: call.name as 'init' | 'recover', picks: withoutTail(picks), power };
    }
    case 'begin': {
      const { name: operation, arguments: given } = turn.call;
      return { do: 'begin', client: turn.client, operation, arguments: given.map(encode) };
    }
    case 'effect':
      return { do: 'effect', client: turn.client, picks: withoutTail(turn.picks) };
    case 'resume':
      return { do: 'resume', client: turn.client };
    case 'crash':
      return { do: 'crash', picks: withoutTail(turn.picks) };
  }
}

function boundOf(
  { blocks, length, depth }: Instance,
  { clients, locked, together }: Setting,
): string {
  const many = depth === undefined ? 'any number of operations' : `${depth} operations`;
  const which = together ? ` of ${together.join(' and ')}` : '';
  const how = locked ? 'through the lock' : 'without a lock';
  const values = `up to ${length} blocks, ${blocks.length} different contents`;
  return `${many}, at most ${clients} at a time${which}, ${how}, every schedule of them, ${values}`;
}
