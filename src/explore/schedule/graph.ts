/**
 * The graph of a layer whose operations overlap.
 *
 * Between `init` or `recover` and the next loss of power a node is what there is at one moment:
 * the state of the machine below, the memory of the code, where each client's operation stands,
 * who waits at the lock, and what is known of the promise. Real disks do an operation some time
 * after it was asked for, and tell of it some time after it was done: each is an edge of its own.
 */
import type { Engine, Node } from '../engine.ts';
import type { Problem } from '../instance.ts';
import { type Answer, type Call, callOf, showAnswer } from '../promised.ts';
import { Outages } from '../store.ts';
import type { Sample } from '../value.ts';
import { Effects, type Way } from './effects.ts';
import type { Asked } from './gate.ts';
import {
  type Busy,
  callsOf,
  type Flight,
  type Moment,
  type Option,
  type Setting,
  type Turn,
  type TurnEdge,
} from './moment.ts';
import { Monitor } from './monitor.ts';
import { Names } from './names.ts';
import { type Segment, Segments } from './segments.ts';

export class Graph {
  readonly engine: Engine;
  readonly monitor: Monitor;
  readonly segments: Segments;
  readonly effects: Effects;
  readonly setting: Setting;
  readonly names: Names;
  private readonly outages: Outages;
  private readonly calls: readonly Call[];
  private readonly lost = new Set<string>();

  constructor(engine: Engine, setting: Setting) {
    const { instance, sampler } = engine;
    this.engine = engine;
    this.setting = setting;
    this.monitor = new Monitor(engine.promised, setting.clients);
    this.names = new Names(this.monitor, setting.reduced);
    this.segments = new Segments(
      instance,
      engine.memories,
      setting.mayRemember ?? !setting.reduced,
    );
    this.effects = new Effects(engine.lowers, sampler.base);
    this.outages = new Outages(engine.lowers, sampler.base);
    this.calls = instance.operations.flatMap(({ name, arguments: tuples }) =>
      tuples.map((given) => callOf(name, given)),
    );
  }

  /** The moment after `init` or `recover`. */
  enter(node: Node): Moment {
    if (node.phase !== 'up') return node;
    const { lower, memory, set } = node;
    const flights = Array.from({ length: this.setting.clients }, () => undefined);
    return { phase: 'busy', lower, memory, known: this.monitor.start(set), flights, queue: [] };
  }

  key(at: Moment): string {
    return at.phase === 'busy' ? this.names.key(at) : `alone ${this.engine.key(at).join(' ')}`;
  }

  /** Code that runs alone: `init` and `recover`. */
  async alone(node: Node): Promise<TurnEdge[]> {
    const edges: TurnEdge[] = [];
    for (const call of this.engine.calls(node))
      for (const { label, to, ...rest } of await this.engine.attempt(node, call, true))
        edges.push({
          ...rest,
          label: [{ kind: 'alone', move: label }],
          ...(to && { to: this.enter(to) }),
          cost: 0,
        });
    return edges;
  }

  /** Every loss of power now, unless it is as one before; `left` is what may still begin. */
  crashes(at: Busy, left: number): TurnEdge[] {
    const calls = callsOf(at).map((call) => (call ? this.names.callNumber(call) : ''));
    const key = `${left} ${at.lower} ${at.known} ${calls.join(' ')}`;
    if (this.setting.reduced && this.lost.has(key)) return [];
    this.lost.add(key);
    return this.outages.of(at.lower).map(({ lower, picks }) => {
      this.engine.counts.crashes++;
      return { label: [{ kind: 'crash', picks }], to: this.down(at, lower), cost: 0 };
    });
  }

  /** Without power. Any of the operations under way may have happened. */
  down(at: Busy, lower: number): Node {
    const sample = this.around(at, undefined, lower);
    const states = this.monitor.states(at.known, callsOf(at), sample);
    const set = this.engine.promised.idle(states, sample);
    return { phase: 'down', lower, memory: -1, set };
  }

  /** Every turn that code or the machine below may take. */
  async options(at: Busy, mayBegin: boolean): Promise<Option[]> {
    const free = mayBegin ? at.flights.indexOf(undefined) : -1;
    const options: Option[] = [];
    for (const [client, flight] of at.flights.entries()) {
      if (client === free)
        for (const call of this.calls)
          if (this.mayOverlap(at, call)) options.push(await this.beginning(at, client, call));
      if (!flight?.segment) continue;
      const { segment, way } = flight;
      if (way) options.push(await this.resuming(at, client, segment, way));
      else if (segment.next.kind === 'asks') {
        const { asked } = segment.next;
        for (const each of this.effects.of(at.lower, asked))
          options.push(this.effecting(at, client, flight, [asked, each]));
      }
    }
    return options;
  }

  private mayOverlap(at: Busy, call: Call): boolean {
    const { together } = this.setting;
    const all = at.flights.flatMap((flight) => flight?.call ?? []);
    return (
      !together || all.length === 0 || [call, ...all].every((one) => together.includes(one.name))
    );
  }

  private async beginning(at: Busy, client: number, call: Call): Promise<Option> {
    const enters = !this.setting.locked || at.queue.length === 0;
    const segment = enters ? await this.segments.begin(call, at.memory) : undefined;
    return {
      name: `begin ${call.key}`,
      does: `begin ${call.key}`,
      begins: call,
      ends: segment?.next.kind === 'answers',
      remembers: segment !== undefined && !this.forgetful(at),
      take: async () => {
        const label: Turn[] = [{ kind: 'begin', client, call }];
        const queue = this.setting.locked ? [...at.queue, client] : at.queue;
        const after = { ...at, queue, flights: at.flights.with(client, { call }) };
        const blocked = this.blocked(after);
        if (blocked === 'skip') this.engine.counts.skipped++;
        if (blocked) return blocked === 'skip' ? undefined : { label, problem: blocked };
        if (!segment) return { label, to: after };
        return this.settled(label, 1, await this.land(after, client, segment));
      },
    };
  }

  private async resuming(
    at: Busy,
    client: number,
    segment: Segment,
    { answer }: Way,
  ): Promise<Option> {
    const next = await this.segments.resume(segment, answer, at.memory);
    return {
      name: this.names.nameAt(at, { client, does: 'resume' }),
      does: 'resume',
      client,
      ends: next.next.kind === 'answers',
      remembers: !this.forgetful(at),
      take: async () =>
        this.settled([{ kind: 'resume', client }], 0, await this.land(at, client, next)),
    };
  }

  private effecting(
    at: Busy,
    client: number,
    flight: Flight,
    [asked, way]: readonly [Asked, Way],
  ): Option {
    const does = `effect ${way.picks.join('.')}`;
    return {
      name: this.names.nameAt(at, { client, does }),
      does,
      client,
      ends: false,
      remembers: false,
      effect: [asked, way],
      take: async () => {
        this.engine.counts.effects++;
        const label: Turn[] = [{ kind: 'effect', client, picks: way.picks }];
        if (way.problem) return { label, problem: way.problem };
        const flights = at.flights.with(client, { ...flight, way });
        return this.settled(label, 0, { ...at, lower: way.lower, flights });
      },
    };
  }

  /** Where a piece of code leads: to its next question, or to the end of the operation. */
  private async land(
    at: Busy,
    client: number,
    segment: Segment,
  ): Promise<Busy | Problem | undefined> {
    const { next, call, after: memory } = segment;
    if (next.kind === 'assumed') {
      this.engine.counts.assumed++;
      return undefined;
    }
    if (next.kind === 'problem') return next.problem;
    if (next.kind === 'asks')
      return { ...at, memory, flights: at.flights.with(client, { call, segment }) };
    const after = this.answered({ ...at, memory }, client, next.answer);
    if (!('phase' in after)) return after;
    const { queue } = after;
    const [waiting] = queue;
    if (waiting === undefined) return after;
    // The lock is handed on, and the next operation begins at once.
    const entering = after.flights[waiting]!;
    return this.land(after, waiting, await this.segments.begin(entering.call, memory));
  }

  /** After an operation has ended with this answer, if the promise allows it. */
  answered(at: Busy, client: number, answer: Answer): Busy | Problem {
    const calls = callsOf(at);
    const sample = this.around(at, answer);
    const known = this.monitor.answered(at.known, calls, [client, answer], sample);
    if (known === undefined)
      return {
        kind: 'violation',
        because: 'the promise does not allow what it answers',
        found: showAnswer(answer),
        allowed: this.monitor.allowed(at.known, calls, client, sample),
      };
    this.engine.completed.add(calls[client]!.name);
    const queue = at.queue.filter((one) => one !== client);
    return { ...at, known, queue, flights: at.flights.with(client, undefined) };
  }

  /** Why operations under way may not be so. */
  blocked(at: Busy): Problem | 'skip' | undefined {
    return this.monitor.blocked(at.known, callsOf(at), this.around(at));
  }

  /** The edge to there; if reduced, what concerns nobody else is done at once. */
  private async settled(
    label: Turn[],
    cost: 0 | 1,
    to: Busy | Problem | undefined,
  ): Promise<TurnEdge | undefined> {
    if (!to) return undefined;
    if (!('phase' in to)) return { label, problem: to };
    if (!this.setting.reduced || !this.forgetful(to)) return { label, to, cost };
    let at = to;
    for (const [client, flight] of to.flights.entries()) {
      if (!flight?.segment || !flight.way) continue;
      const next = await this.segments.resume(flight.segment, flight.way.answer, at.memory);
      if (next.next.kind !== 'asks' || next.after !== at.memory) continue;
      at = { ...at, flights: at.flights.with(client, { call: flight.call, segment: next }) };
      label.push({ kind: 'resume', client });
    }
    return { label, to: at, cost };
  }

  /** Whether no code remembers anything, now or later. */
  private forgetful({ memory }: Busy): boolean {
    return !this.setting.mayRemember && this.segments.remembersNothing(memory);
  }

  /** What the promise may have to choose from to keep up with what is there. */
  private around(at: Busy, answer?: Answer, lower = at.lower): Sample {
    const { sampler, lowers, memories } = this.engine;
    const value = answer?.kind === 'returned' ? answer.value : undefined;
    return sampler.widen(
      lowers.beyond(at.lower),
      lowers.beyond(lower),
      memories.beyond(at.memory),
      sampler.beyond(value),
      ...at.flights.map((flight) => flight && sampler.beyond(...flight.call.arguments)),
    );
  }
}
