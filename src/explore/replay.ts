/** Runs a counterexample on the real code, and writes down what happens. */
import { Choices, Diverged, TooMany } from './choices.ts';
import type { Counterexample } from './counterexample.ts';
import { type Engine, idle, type Move, type Node } from './engine.ts';
import { sentence } from './explore.ts';
import { advance, engineFor, leniently, moveOf, startOf } from './guided.ts';
import type { Instance, Place, Problem } from './instance.ts';
import { callPlace } from './place.ts';
import { showAnswer } from './promised.ts';
import type { Ending } from './run.ts';
import { replaySchedule } from './schedule/replay.ts';
import type { Machine, Watcher } from './session.ts';
import { copy } from './value.ts';

/** One operation of the lower machine. */
export interface Effect {
  readonly operation: string;
  readonly arguments: readonly unknown[];
  /** What it answered, or the error that it threw. */
  result: unknown;
  /** The line of the code that asked for it. */
  readonly at: Place | undefined;
  /** The lower machine before and after it. */
  readonly before: unknown;
  after: unknown;
}

export interface ReplayedStep {
  /** `init`, `recover`, `idle`, or the name of an operation. */
  readonly do: string;
  /** What it is, in words, where operations overlap and a call is no step of its own. */
  readonly title?: string;
  readonly arguments: readonly unknown[];
  /** What it returned or threw, in words; absent if it did not come to that. */
  readonly answer: string | undefined;
  readonly effects: readonly Effect[];
  /** What would have been done, had power not been lost. */
  readonly missed: readonly Effect[];
  readonly powerLost: boolean;
  /** The lower machine before it, when it ended or power was lost, and after that. */
  readonly before: unknown;
  readonly cut: unknown;
  readonly after: unknown;
  /** The states in which the promise may be afterwards. */
  readonly promised: readonly unknown[];
}

export interface Replayed {
  readonly violated: boolean;
  /** What was wrong; absent if nothing was. */
  readonly problem?: Problem;
  readonly because: string;
  readonly steps: readonly ReplayedStep[];
}

/** The run again. If only a statement fails, its checks are left out to see what comes of it. */
export async function replay(instance: Instance, run: Counterexample): Promise<Replayed> {
  if (run.schedule) return replaySchedule(instance, run, run.schedule);
  const checked = await once(engineFor(instance, run), run);
  if (checked.problem?.kind !== 'statement') return checked;
  const unchecked = await once(leniently(engineFor(instance, run)), run);
  return unchecked.violated ? unchecked : checked;
}

async function once(engine: Engine, run: Counterexample): Promise<Replayed> {
  const steps: ReplayedStep[] = [];
  if (run.steps.length === 0) return { violated: false, because: 'it has no steps', steps };
  let node = startOf(engine, run);
  for (const step of run.steps) {
    const move = moveOf(step);
    try {
      const { step: seen, to, problem } = await watch(engine, node, move);
      steps.push(seen);
      if (problem) return { violated: true, problem, because: sentence(problem, move), steps };
      if (!to) return { violated: false, because: `${step.do} leads nowhere`, steps };
      node = to;
    } catch (error) {
      if (!(error instanceof Diverged || error instanceof TooMany)) throw error;
      return { violated: false, because: `it goes another way: ${error.message}`, steps };
    }
  }
  return { violated: false, because: 'the promise is kept', steps };
}

export interface Watched {
  readonly step: ReplayedStep;
  readonly to: Node | undefined;
  readonly problem: Problem | undefined;
}

/** Takes one step, and writes down what happens in it. */
export async function watch(engine: Engine, node: Node, move: Move): Promise<Watched> {
  const before = engine.lowers.value(node.lower);
  const recorder = new Recorder(before);
  let answer: string | undefined;
  const onEnd = (ending: Ending) => {
    if (ending.kind === 'returned' || ending.kind === 'threw') answer = showAnswer(ending);
  };
  const { to, problem } = await advance(engine, node, move, { watcher: recorder, onEnd });
  const powerLost = move.power !== null;
  const all = powerLost && move.call !== idle ? await uncut(engine, node, move, recorder) : [];
  const after = to ? engine.lowers.value(to.lower) : recorder.machine;
  const step: ReplayedStep = {
    do: move.call.name,
    arguments: move.call.arguments,
    answer,
    effects: recorder.effects,
    missed: all.slice(recorder.effects.length),
    powerLost,
    before,
    cut: powerLost ? recorder.machine : after,
    after,
    promised: to && to.set >= 0 ? engine.promised.statesOf(to.set) : [],
  };
  return { step, to, problem };
}

/** What the operation does from the same state when power stays. */
async function uncut(engine: Engine, node: Node, move: Move, cut: Recorder): Promise<Effect[]> {
  const recorder = new Recorder(cut.machine);
  const choices = new Choices(engine.sampler.base, move.picks.slice(0, cut.answers));
  try {
    await engine.execute({ node, call: move.call, choices, power: null, watcher: recorder });
  } catch (error) {
    if (!(error instanceof Diverged)) throw error;
  }
  return recorder.effects;
}

class Recorder implements Watcher {
  readonly effects: Effect[] = [];
  /** The machine after the last effect. */
  machine: unknown;
  /** How many choices had been answered by then. */
  answers = 0;

  constructor(machine: unknown) {
    this.machine = machine;
  }

  begin(operation: string, given: readonly unknown[], session: { machine: Machine }): void {
    const before = copy(session.machine);
    const at = callPlace();
    const effect = {
      operation,
      arguments: copy(given),
      result: undefined,
      at,
      before,
      after: before,
    };
    this.effects.push(effect);
  }

  end(result: unknown, session: { machine: Machine; choices: Choices }): void {
    const effect = this.effects.at(-1)!;
    effect.result = result instanceof Error ? result : copy(result);
    effect.after = copy(session.machine);
    this.machine = effect.after;
    this.answers = session.choices.at;
  }
}
