/**
 * The graph of a layer's states, in which exploring, reaching, probing and replaying take place.
 *
 * A node is what there is between two executions of code: the state of the lower machine, the
 * memory of the code, and the states in which the promise may then be. An edge is one execution,
 * or a loss of power. A new store is brought up by `init`, after a loss of power by `recover`;
 * power lost in them leads to such a node again, so that losing it any number of times is covered.
 * To the promise that is one crash: it is over when `recover` has returned.
 */
import { Choices, TooMany } from './choices.ts';
import { Cut } from './cut.ts';
import { type Counts, type Instance, type Layer, noCounts, type Problem } from './instance.ts';
import { Meter } from './meter.ts';
import { Past } from './past.ts';
import { type Answer, type Call, callOf, Promised, showAnswer } from './promised.ts';
import { type Ending, hole, type Ran, Runner } from './run.ts';
import type { Edge } from './search.ts';
import type { Machine, Watcher } from './session.ts';
import { broken, everyWay, failPower, Outages, States } from './store.ts';
import { type Beyond, copy, holdsBlock, type Sample, Sampler } from './value.ts';

/** Its parts are numbers of states in the engine; -1 where there is nothing yet. */
export interface Node {
  readonly phase: 'new' | 'up' | 'down';
  readonly lower: number;
  readonly memory: number;
  readonly set: number;
}

/** One step of an execution: see `Step` in counterexample.ts. */
export interface Move {
  readonly call: Call;
  readonly picks: readonly number[];
  readonly power: number | null;
}

export type LayerEdge = Edge<Node, Move, Problem>;

/** An execution asked for: from where, what, and how far. */
export interface Attempt {
  readonly node: Node;
  readonly call: Call;
  readonly choices: Choices;
  readonly power: number | null;
  readonly watcher?: Watcher | undefined;
  readonly past?: Past | undefined;
  /** Hears how it ended. */
  readonly onEnd?: ((ending: Ending) => void) | undefined;
}

const init = callOf('init', []);
const recover = callOf('recover', []);
/** Power lost while nothing is under way. */
export const idle = callOf('idle', []);

export class Engine {
  readonly counts: Counts = noCounts();
  /** Whether an execution in which a statement fails is left out, not a problem. */
  lenient = false;
  /** Whether of the losses of power in one call only those are told that find the machine anew. */
  terse = false;
  readonly instance: Instance;
  readonly sampler: Sampler;
  readonly runner: Runner;
  readonly promised: Promised;
  readonly lowers: States<Machine>;
  readonly memories: States<object>;
  /** The work that was done for it. */
  readonly meter = new Meter();
  /** Tried no longer than this point in time. */
  deadline = Number.POSITIVE_INFINITY;
  /** The operations that have run to their end. */
  readonly completed = new Set<string>();
  /** Whether a store with a block in it has been initialised. */
  filled = false;
  private readonly outages: Outages;
  private readonly operations: readonly Call[];
  private readonly beyond = new Map<string, Beyond | undefined>();

  constructor(instance: Instance) {
    this.instance = instance;
    const { blocks, length } = instance;
    this.sampler = new Sampler({ blocks, length, meter: this.meter });
    this.runner = new Runner(instance);
    this.promised = new Promised(instance.layer.promise);
    this.lowers = new States(this.sampler);
    this.memories = new States(this.sampler, hole);
    this.outages = new Outages(this.lowers, this.sampler.base);
    this.operations = instance.operations.flatMap((operation) =>
      operation.arguments.map((given) => callOf(operation.name, given)),
    );
  }

  /** Every initial state of the lower machine. */
  starts(): Node[] {
    const body = () => this.instance.layer.on.initial() as Machine;
    const ways = everyWay('initial() of the machine below', this.sampler.base, body);
    return ways.map(({ value }) => this.start(value));
  }

  start(machine: Machine): Node {
    return { phase: 'new', lower: this.lowers.number(machine), memory: -1, set: -1 };
  }

  key({ phase, lower, memory, set }: Node): readonly number[] {
    return [phase === 'new' ? 0 : phase === 'up' ? 1 : 2, lower, memory, set];
  }

  /** What can be executed here. */
  calls(node: Node): readonly Call[] {
    if (node.phase === 'new') return [init];
    return node.phase === 'down' ? [recover] : this.operations;
  }

  /** Loses power between operations. */
  idle(node: Node): LayerEdge[] {
    return this.outages.of(node.lower).map(({ lower, picks }) => {
      this.counts.crashes++;
      const to = this.down(node, idle, lower);
      return { label: { call: idle, picks, power: 0 }, to, cost: 0 };
    });
  }

  /** Loses power between operations in one way. */
  lose(node: Node, choices: Choices): LayerEdge {
    const machine = copy(this.lowers.value(node.lower));
    failPower(machine, choices);
    const to = this.down(node, idle, this.lowers.number(machine));
    return { label: { call: idle, picks: choices.taken(), power: 0 }, to, cost: 0 };
  }

  /** Every execution of the call from this node, and every loss of power in it if asked for. */
  async attempt(node: Node, call: Call, outages: boolean): Promise<LayerEdge[]> {
    const blocked = this.blocked(node, call);
    if (blocked === 'skip') return [];
    if (blocked) return [{ label: { call, picks: [], power: null }, problem: blocked }];
    const edges: LayerEdge[] = [];
    const choices = new Choices(this.sampler.base);
    // What code says of itself looks at the machine at every moment: then all is done again.
    const past = outages && !this.runner.checks ? new Past(this.lowers) : undefined;
    const met = new Set<number>();
    const watcher: Watcher = {
      point: ({ machine, effects }) => {
        // Up to the first answer that is new, this run is one that has been before.
        if (choices.at <= choices.changed) return;
        const before = this.lowers.number(machine, true);
        past?.see(effects, before);
        if (this.terse && met.size === met.add(before).size) return;
        edges.push(...this.cuts(node, call, before, choices.taken(), effects));
      },
    };
    do {
      if (Date.now() > this.deadline) throw new TooMany('the time is up');
      past?.begin(choices.changed);
      const seen = outages ? watcher : undefined;
      const edge = await this.execute({ node, call, choices, power: null, watcher: seen, past });
      edges.push(edge);
      if (edge.problem) return edges;
    } while (choices.next());
    return edges;
  }

  /** Why the call is not to be tried here. */
  blocked(node: Node, call: Call): Problem | 'skip' | undefined {
    if (node.phase !== 'up') return undefined;
    const sample = this.around(node, call, node.lower);
    if (!this.promised.forbids(node.set, call, sample))
      return this.promised.stuck(node.set, call, sample);
    this.counts.skipped++;
    return 'skip';
  }

  /** One execution, to its end or to where power goes. */
  async execute(attempt: Attempt): Promise<LayerEdge> {
    const { node, call, choices, past } = attempt;
    const machine = copy(this.lowers.value(past?.state ?? node.lower));
    const memory = node.memory < 0 ? undefined : this.memories.value(node.memory);
    const task = { ...attempt, machine, memory, method: call.name, arguments: call.arguments };
    const ran = await this.runner.run(task);
    attempt.onEnd?.(ran.ending);
    this.counts.runs++;
    this.counts.effects += ran.effects;
    this.meter.count(1 + ran.effects);
    if (ran.ending.kind === 'power') return this.lost(attempt, machine);
    const label = { call, picks: choices.taken(), power: null };
    const next = this.runner.takeLate() ?? this.next(node, call, machine, ran);
    if (!next) return { label };
    if ('kind' in next) return { label, problem: next };
    return { label, to: next, cost: costOf(node) };
  }

  /** The same choices go on into the outage. */
  private lost({ node, call, choices, power }: Attempt, machine: Machine): LayerEdge {
    const before = this.lowers.number(machine, true);
    failPower(machine, choices);
    const to = this.down(node, call, this.lowers.number(machine), before);
    return { label: { call, picks: choices.taken(), power }, to, cost: costOf(node) };
  }

  private next(node: Node, call: Call, machine: Machine, ran: Ran): Node | Problem | undefined {
    const { ending } = ran;
    if (ending.kind === 'problem')
      return this.lenient && ending.problem.kind === 'statement' ? undefined : ending.problem;
    if (ending.kind !== 'returned' && ending.kind !== 'threw') {
      this.counts.assumed++;
      return undefined;
    }
    const after = {
      phase: 'up',
      lower: this.lowers.number(machine),
      memory: this.memories.number(ran.memory!),
      set: node.set,
    } as const;
    if (node.phase === 'up') return this.operated(node, call, ending, after);
    if (ending.kind === 'threw') return violation(`${call.name}() threw`, ending);
    if (node.phase === 'new') return this.initialised(ending.value, after);
    this.counts.recoveries++;
    return after;
  }

  private operated(node: Node, call: Call, answer: Answer, after: Node): Node | Problem {
    this.completed.add(call.name);
    const value = answer.kind === 'returned' ? answer.value : undefined;
    const sample = this.around(node, call, after.lower, after.memory, this.sampler.beyond(value));
    const set = this.promised.answered(node.set, call, answer, sample);
    if (set !== undefined) return { ...after, set };
    const allowed = this.promised.allowed(node.set, call, sample);
    return { ...violation('the promise does not allow what it answers', answer), allowed };
  }

  private initialised(value: unknown, after: Node): Node | Problem | undefined {
    if (value === false) {
      this.counts.refused++;
      return undefined;
    }
    if (value !== true)
      return violation('init() must answer true or false', { kind: 'returned', value });
    this.counts.initialised++;
    this.filled ||= holdsBlock(this.lowers.value(after.lower));
    const { initially } = this.instance.layer;
    const parts = [this.lowers.beyond(after.lower), this.memories.beyond(after.memory)];
    if (!initially) return { ...after, set: this.promised.initial(this.sampler.widen(...parts)) };
    const state = this.stateAfter(initially, after);
    const sample = this.sampler.widen(...parts, this.sampler.beyond(state));
    const set = this.promised.witness(state as Machine, sample);
    if (set !== undefined) return { ...after, set };
    return { kind: 'statement', because: '`initially` gives no initial state of the promise' };
  }

  private stateAfter(initially: NonNullable<Layer['initially']>, { lower, memory }: Node): unknown {
    const machine = copy(this.lowers.value(lower)) as never;
    try {
      return initially(machine, copy(this.memories.value(memory)) as never);
    } catch (error) {
      throw broken(error, '`initially`');
    }
  }

  /** Loss of power at this point, with everything that may come of it. */
  private cuts(node: Node, call: Call, before: number, picks: readonly number[], power: number) {
    return this.outages.of(before).map((way) => {
      this.counts.crashes++;
      const label = new Cut(call, picks, way.picks, power);
      return { label, to: this.down(node, call, way.lower, before), cost: costOf(node) };
    });
  }

  /** Without power; `before` is the machine just before. */
  private down(node: Node, call: Call, lower: number, before = lower): Node {
    if (node.phase !== 'up') return { ...node, lower };
    const sample = this.around(node, call, lower, -1, this.lowers.beyond(before));
    const set =
      call === idle
        ? this.promised.idle(node.set, sample)
        : this.promised.cut(node.set, call, sample);
    return { phase: 'down', lower, memory: -1, set };
  }

  /** What the promise may have to choose from to keep up with what is there. */
  private around(node: Node, call: Call, lower: number, memory = -1, more?: Beyond): Sample {
    if (!this.beyond.has(call.key))
      this.beyond.set(call.key, this.sampler.beyond(...call.arguments));
    return this.sampler.widen(
      this.lowers.beyond(node.lower),
      this.lowers.beyond(lower),
      this.memories.beyond(node.memory),
      this.memories.beyond(memory),
      this.beyond.get(call.key),
      more,
    );
  }
}

/** Operations are counted, what surrounds them is not. */
const costOf = (node: Node): 0 | 1 => (node.phase === 'up' ? 1 : 0);

function violation(because: string, answer: Answer): Problem {
  return { kind: 'violation', because, found: showAnswer(answer) };
}
