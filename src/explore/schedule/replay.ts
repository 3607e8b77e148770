/** Runs a schedule on the real code and, if it is entered so, through its real lock. */
import { withChooser } from '../../model/choice.ts';
import { locked } from '../../model/lock.ts';
import { Choices, Diverged, TooMany } from '../choices.ts';
import type { Counterexample, Schedule, ScheduleStep } from '../counterexample.ts';
import { decode } from '../encode.ts';
import type { Engine, Move, Node } from '../engine.ts';
import { engineFor, leniently, startOf } from '../guided.ts';
import { operationsOf } from '../handle.ts';
import type { Instance, Problem } from '../instance.ts';
import { type Call, callOf, showAnswer } from '../promised.ts';
import type { Effect, Replayed, ReplayedStep } from '../replay.ts';
import { watch } from '../replay.ts';
import { hole } from '../run.ts';
import { isDeclared, type Machine } from '../session.ts';
import { show } from '../show.ts';
import { failPower, MachineBroken } from '../store.ts';
import { copy } from '../value.ts';
import { answerOf } from './effects.ts';
import { type Asked, Gate, type Started, start, turnOfEvents } from './gate.ts';
import { Graph } from './graph.ts';
import type { Busy } from './moment.ts';

type Refined = Pick<ReplayedStep, 'effects' | 'answer'>;

/** The schedule again, on the code as it is now. */
export async function replaySchedule(
  instance: Instance,
  run: Counterexample,
  schedule: Schedule,
): Promise<Replayed> {
  const engine = leniently(engineFor(instance, run));
  const clients = 1 + Math.max(0, ...schedule.turns.map((turn) => clientOf(turn) ?? 0));
  const graph = new Graph(engine, { clients, locked: schedule.locked, reduced: false });
  const stage = new Stage(graph, startOf(engine, run));
  for (const turn of schedule.turns) {
    try {
      const problem = await stage.take(turn);
      if (!problem) continue;
      return { violated: true, problem, because: problem.because, steps: stage.steps };
    } catch (error) {
      if (error instanceof MachineBroken) {
        const { problem } = error;
        return { violated: true, problem, because: problem.because, steps: stage.steps };
      }
      if (!(error instanceof Diverged || error instanceof TooMany)) throw error;
      const because = `it goes another way: ${error.message}`;
      return { violated: false, because, steps: stage.steps };
    }
  }
  return { violated: false, because: 'the promise is kept', steps: stage.steps };
}

function clientOf(turn: ScheduleStep): number | undefined {
  return 'client' in turn ? turn.client : undefined;
}

/** An operation of a client that is under way. */
interface Open {
  readonly call: Call;
  readonly started: Started;
  asked?: Asked | undefined;
  /** Done, but the operation does not know yet. */
  done?: ReturnType<typeof answerOf>['answer'] | undefined;
}

class Stage {
  readonly steps: ReplayedStep[] = [];
  private readonly graph: Graph;
  private readonly engine: Engine;
  private node: Node;
  /** What is live while operations overlap. */
  private live: { machine: Machine; gate: Gate; entrance: object; at: Busy } | undefined;
  /** Operations under way, by client, in order of arrival. */
  private readonly open = new Map<number, Open>();

  constructor(graph: Graph, node: Node) {
    this.graph = graph;
    this.engine = graph.engine;
    this.node = node;
  }

  async take(turn: ScheduleStep): Promise<Problem | undefined> {
    switch (turn.do) {
      case 'init':
      case 'recover':
        return this.alone({ call: callOf(turn.do, []), picks: turn.picks, power: turn.power });
      case 'begin':
        return this.begin(
          turn.client,
          callOf(
            turn.operation,
            turn.arguments.map((each) => decode(each)),
          ),
        );
      case 'effect':
        return this.effect(turn.client, turn.picks);
      case 'resume':
        return this.resume(turn.client);
      case 'crash':
        return this.crash(turn.picks);
    }
  }

  private async alone(move: Move): Promise<Problem | undefined> {
    if (this.live) throw new Diverged(`${move.call.name} cannot come here`);
    const { step, to, problem } = await watch(this.engine, this.node, move);
    this.steps.push(step);
    if (!problem && !to) throw new Diverged(`${move.call.name} leads nowhere`);
    if (to) this.node = to;
    return problem;
  }

  private async begin(client: number, call: Call): Promise<Problem | undefined> {
    const live = this.stage();
    const { name } = call;
    if (!operationsOf(this.engine.instance.layer.promise).includes(name))
      throw new Diverged(`there is no operation ${name}`);
    if (this.open.has(client)) throw new Diverged(`${nameOf(client)} has not ended yet`);
    const flights = live.at.flights.with(client, { call });
    const blocked = this.graph.blocked({ ...live.at, flights });
    if (blocked === 'skip') throw new Diverged(`${call.name}() may not be called here`);
    live.at = { ...live.at, flights };
    this.show(`${nameOf(client)}: ${textOf(call)} begins`, live.machine);
    if (blocked) return blocked;
    this.open.set(client, { call, started: start(live.entrance, call) });
    return this.settle(client);
  }

  private async effect(client: number, picks: readonly number[]): Promise<Problem | undefined> {
    const { machine } = this.stage();
    const open = this.open.get(client);
    if (!open?.asked || open.done) throw new Diverged(`${nameOf(client)} asks for nothing here`);
    const { operation, arguments: given, at } = open.asked;
    const before = copy(machine);
    const choices = new Choices(this.engine.sampler.base, picks);
    const { answer, problem } = withChooser(choices, () => answerOf(machine, operation, given));
    open.done = answer;
    const result = answer.kind === 'returned' ? answer.value : answer.error;
    const after = copy(machine);
    const effect = { operation, arguments: given, result, at, before, after };
    this.show(`${nameOf(client)}: ${textOf(open.call)} goes on`, before, { effects: [effect] });
    return problem;
  }

  private async resume(client: number): Promise<Problem | undefined> {
    const open = this.open.get(client);
    if (!open?.asked || !open.done) throw new Diverged(`${nameOf(client)} has nothing to learn`);
    const { asked, done } = open;
    open.asked = undefined;
    open.done = undefined;
    asked.settle(done);
    return this.settle(client);
  }

  /** Lets code go on as far as it can, and sees what came of it. */
  private async settle(client: number): Promise<Problem | undefined> {
    const live = this.stage();
    await turnOfEvents();
    const asked = [...live.gate.takeAsked()];
    for (let at: number | undefined = client; at !== undefined; ) {
      const open: Open = this.open.get(at)!;
      if (!open.started.ending) {
        open.asked = asked.shift();
        // Whoever waits at the lock asks for nothing.
        const waits = this.graph.setting.locked && this.first() !== at;
        if (!open.asked && !waits) return violation(open.call, 'it awaits something else');
        break;
      }
      const problem = this.answered(at, open);
      if (problem) return problem;
      // Only through a lock does the end of one operation let another go on.
      at = this.graph.setting.locked ? this.first() : undefined;
    }
    const [more] = asked;
    if (!more) return undefined;
    const because = `${more.operation}() of the machine below is not awaited`;
    return { kind: 'violation', because, at: more.at };
  }

  /** Who came first of those who are still there. */
  private first(): number | undefined {
    return [...this.open.keys()][0];
  }

  private answered(client: number, { call, started }: Open): Problem | undefined {
    const live = this.stage();
    const answer = started.ending!;
    this.open.delete(client);
    const text = showAnswer(answer);
    this.show(`${nameOf(client)}: ${textOf(call)} ends`, live.machine, { answer: text });
    if (answer.kind === 'threw' && !isDeclared(answer.error))
      return violation(call, `the code threw ${String(answer.error)}`);
    const lower = this.engine.lowers.number(live.machine, true);
    const after = this.graph.answered({ ...live.at, lower }, client, answer);
    if (!('phase' in after)) return { ...after, because: `${textOf(call)}: ${after.because}` };
    live.at = after;
    return undefined;
  }

  private async crash(picks: readonly number[]): Promise<Problem | undefined> {
    const { machine, at } = this.stage();
    const lower = this.engine.lowers.number(machine, true);
    const missed = [...this.open.values()].flatMap(({ asked, done }) =>
      asked && !done ? [effectOf(asked, machine)] : [],
    );
    const after = copy(machine);
    failPower(after, new Choices(this.engine.sampler.base, picks));
    this.node = this.graph.down({ ...at, lower }, this.engine.lowers.number(after));
    this.live = undefined;
    this.open.clear();
    this.steps.push({
      ...blank,
      title: 'power is lost',
      missed,
      powerLost: true,
      before: copy(machine),
      cut: copy(machine),
      after: this.engine.lowers.value(this.node.lower),
      promised: this.engine.promised.statesOf(this.node.set),
    });
    return undefined;
  }

  /** The code, brought to life when the first operation begins. */
  private stage(): NonNullable<Stage['live']> {
    if (this.live) return this.live;
    const at = this.graph.enter(this.node);
    if (at.phase !== 'busy') throw new Diverged('no operation can begin here');
    const machine = copy(this.engine.lowers.value(at.lower));
    const { layer } = this.engine.instance;
    const gate = new Gate(layer.on, machine);
    const alive = () => copy(this.engine.memories.value(at.memory), hole, gate.handle);
    /** Constructs the code with the memory that it has here. */
    const Alive = function Alive() {
      return alive();
    } as unknown as new (
      lower: object,
    ) => object;
    const entrance = this.graph.setting.locked ? locked(Alive, gate.handle) : alive();
    this.live = { machine, gate, entrance, at };
    return this.live;
  }

  private show(title: string, before: unknown, more: Partial<Refined> = {}): void {
    const after = copy(this.live!.machine);
    this.steps.push({ ...blank, title, before: copy(before), cut: after, after, ...more });
  }
}

const blank = {
  do: '',
  arguments: [],
  answer: undefined,
  effects: [],
  missed: [],
  powerLost: false,
  promised: [],
} as const;

function effectOf({ operation, arguments: given, at }: Asked, machine: Machine): Effect {
  const now = copy(machine);
  return { operation, arguments: given, result: undefined, at, before: now, after: now };
}

function violation(call: Call, because: string): Problem {
  return { kind: 'violation', because: `${textOf(call)}: ${because}` };
}

/** Clients are called A, B and so on. */
function nameOf(client: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + client);
}

function textOf({ name, arguments: given }: Call): string {
  return `${name}(${given.map(show).join(', ')})`;
}
