/** Queries in, answers out: as many solvers as there are cores, and the cache in front of them. */
import { availableParallelism } from 'node:os';
import { Cache } from './cache.ts';
import { nativeEngine } from './native.ts';
import { shuffled } from './shuffle.ts';
import { type Printed, print, type Query } from './smtlib.ts';
import {
  type Answer,
  type Engine,
  type Limits,
  limited,
  type Outcome,
  type Reply,
  type Solver,
  usualLimits,
} from './solver.ts';
import type { Term } from './term.ts';
import { type ModelValue, readValue } from './value.ts';
import { wasmEngine } from './wasm.ts';

export interface PoolOptions {
  /** `auto`: z3 if it is on PATH, else the one that is built in. */
  readonly solver?: 'auto' | 'wasm' | 'z3' | 'cvc5';
  /** How many solvers at once; as many as there are cores, unless said. */
  readonly jobs?: number;
  /** Where answers are kept; nowhere, unless said. */
  readonly cache?: string | false;
  /** For the solver's choices and the order of the facts; 0 leaves the order alone. */
  readonly seed?: number;
  readonly limits?: Partial<Limits>;
  /** How many times the steps that are usual each question may take. */
  readonly effort?: number;
  /** Whether one query after the other is told to the same solver, without a new beginning. */
  readonly scoped?: boolean;
  /** Told what is amiss with the cache. */
  readonly onWarning?: (text: string) => void;
}

export interface Pool {
  /** Name and version of the solver. */
  readonly name: string;
  solve(query: Query, overrides?: Partial<Limits>): Promise<Answer>;
  /**
   * Some of these facts that contradict one another, by their place; undefined if that could not
   * be shown.
   */
  core(facts: readonly Term[], overrides?: Partial<Limits>): Promise<readonly number[] | undefined>;
  /** Ends all solvers; what has not been answered yet becomes an error. */
  close(): Promise<void>;
}

export async function createPool(options: PoolOptions = {}): Promise<Pool> {
  return poolOf(await engineFor(options), options);
}

async function engineFor(options: PoolOptions): Promise<Engine> {
  const { solver: name = 'auto', seed = 0, scoped = false } = options;
  if (name === 'wasm') return wasmEngine(seed);
  if (name === 'auto') return (await nativeEngine('z3', seed, 'z3', scoped)) ?? wasmEngine(seed);
  const engine = await nativeEngine(name, seed, name, scoped);
  if (engine === undefined) {
    throw new Error(`${name} is not on PATH; install it, or use the built-in solver (wasm)`);
  }
  return engine;
}

/** A pool over any engine; tests bring engines that misbehave. */
export function poolOf(engine: Engine, options: Omit<PoolOptions, 'solver'> = {}): Pool {
  return new EnginePool(engine, options);
}

class EnginePool implements Pool {
  readonly name: string;
  private readonly engine: Engine;
  private readonly limits: Limits;
  private readonly effort: number;
  private readonly cache: Cache | undefined;
  private readonly jobs: number;
  private readonly seed: number;
  private readonly solvers = new Set<Solver>();
  private readonly idle: Solver[] = [];
  private readonly waiting: ((solver: Solver | undefined) => void)[] = [];
  private closed = false;

  constructor(engine: Engine, options: Omit<PoolOptions, 'solver'>) {
    this.name = engine.title;
    this.engine = engine;
    this.limits = { ...usualLimits, ...options.limits };
    this.effort = options.effort ?? 1;
    this.jobs = Math.max(1, options.jobs ?? availableParallelism());
    this.seed = options.seed ?? 0;
    const { cache, onWarning = () => {} } = options;
    if (cache) this.cache = new Cache(cache, onWarning);
  }

  async solve(asked: Query, overrides: Partial<Limits> = {}): Promise<Answer> {
    const query = { ...asked, given: shuffled(asked.given, this.seed) };
    const begun = performance.now();
    const printed = print(query, { constantArrays: this.engine.constantArrays });
    const { title: solver, options } = this.engine;
    const question = { solver, options, text: whole(printed) };
    const kept = await this.cache?.read(question);
    const reply = kept ?? (await this.ask(printed, limited(this.limits, overrides, this.effort)));
    const outcome = outcomeOf(reply, query, printed);
    if (kept === undefined) await this.cache?.write(question, reply);
    const milliseconds = performance.now() - begun;
    const { length: size } = question.text;
    return { ...outcome, milliseconds, cached: kept !== undefined, solver, size };
  }

  async core(facts: readonly Term[], overrides: Partial<Limits> = {}) {
    const { constantArrays } = this.engine;
    const printed = print({ name: 'core', given: facts }, { constantArrays, named: true });
    const limits = limited(this.limits, overrides, this.effort);
    const reply = await this.ask(printed, limits, printed.assertions);
    if (reply.kind !== 'unsat') return undefined;
    const taken = new Set(reply.core ?? printed.assertions);
    return facts.flatMap((_, at) => (taken.has(printed.assertions[at]!) ? [at] : []));
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const give of this.waiting.splice(0)) give(undefined);
    await Promise.all([...this.solvers].map((solver) => solver.close()));
  }

  private async ask(
    printed: Printed,
    limits: Limits,
    named: readonly string[] = [],
  ): Promise<Reply> {
    const solver = await this.take();
    if (solver === undefined) return { kind: 'error', detail: 'the pool was closed' };
    try {
      return await solver.solve(printed.text, printed.wanted, limits, named);
    } catch (error) {
      await solver.close();
      return { kind: 'error', detail: error instanceof Error ? error.message : String(error) };
    } finally {
      await this.give(solver);
    }
  }

  private take(): Promise<Solver | undefined> {
    if (this.closed) return Promise.resolve(undefined);
    const free = this.idle.pop();
    if (free !== undefined) return Promise.resolve(free);
    if (this.solvers.size >= this.jobs) return new Promise((take) => this.waiting.push(take));
    const started = this.engine.start();
    this.solvers.add(started);
    return Promise.resolve(started);
  }

  private async give(solver: Solver): Promise<void> {
    // It may have started something anew after it was closed.
    if (this.closed) await solver.close();
    const next = this.waiting.shift();
    if (next === undefined) this.idle.push(solver);
    else next(solver);
  }
}

/** All that is asked, as one text: what the cache compares. */
function whole({ text, wanted }: Printed): string {
  const values = wanted.length === 0 ? '' : `(get-value (${wanted.join(' ')}))\n`;
  return `${text}(check-sat)\n${values}`;
}

function outcomeOf(reply: Reply, query: Query, printed: Printed): Outcome {
  if (reply.kind !== 'sat') return reply;
  const want = query.want ?? [];
  const values = want.map((term, at): ModelValue => {
    const text = reply.values[at] ?? '';
    try {
      return readValue(text, term.sort, printed.names);
    } catch {
      return { kind: 'unread', text };
    }
  });
  return { kind: 'sat', values };
}
