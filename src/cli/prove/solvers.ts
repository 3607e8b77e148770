/** The solvers of one command: started when first needed, and gone when it ends. */
import type { Answer, Pool } from '../../logic/index.ts';
import { WrongUse } from '../command/exit.ts';
import type { PoolOptions } from '../command/options.ts';
import type { Session } from '../command/session.ts';

/** The pool whose solvers work with this seed; of the command's make, unless another is named. */
export type PoolOf = (seed: number, solver?: PoolOptions['solver']) => Promise<Pool>;

/** Solvers that are there until they are closed. */
export interface Pools {
  readonly poolOf: PoolOf;
  readonly close: () => Promise<unknown>;
}

/** Pools that are made when they are first asked for. */
export function makePools(
  options: PoolOptions,
  session: Pick<Session, 'cacheFolder' | 'warn'>,
): Pools {
  const pools = new Map<string, Promise<Pool>>();
  const make = async (seed: number, solver: PoolOptions['solver']) => {
    const { createPool } = await import('../../logic/pool.ts');
    const { jobs } = options;
    const cache = options.cache ? session.cacheFolder : false;
    const onWarning = (text: string) => session.warn(`warning: ${text}`);
    const limits = options.timeout === undefined ? {} : { milliseconds: options.timeout * 1000 };
    const { scoped = false, effort = 1 } = options;
    const created = createPool({ solver, jobs, seed, cache, limits, effort, onWarning, scoped });
    return impatient(await created.catch(unusable));
  };
  const poolOf: PoolOf = (seed, solver = options.solver) => {
    const name = `${solver} ${seed}`;
    const pool = pools.get(name) ?? make(seed, solver);
    pools.set(name, pool);
    return pool;
  };
  const close = () => Promise.all([...pools.values()].map(async (pool) => (await pool).close()));
  return { poolOf, close };
}

/** Runs `body` with pools; afterwards no solver is left, also when it is interrupted. */
export async function withPools(
  options: PoolOptions,
  session: Session,
  body: (poolOf: PoolOf) => Promise<void>,
): Promise<void> {
  const { poolOf, close } = makePools(options, session);
  const interrupted = async () => {
    process.stderr.write('interrupted\n');
    // A solver that does not end must not keep us from ending.
    setTimeout(() => process.exit(130), 2000).unref();
    await close().catch(() => {});
    process.exit(130);
  };
  process.once('SIGINT', interrupted);
  try {
    await body(poolOf);
  } finally {
    process.off('SIGINT', interrupted);
    await close();
  }
}

/** After so many questions without a single answer there will be none. */
const patience = 3;

/**
 * A solver that hangs must cost its limit a few times, not once for each obligation: until there is
 * a first answer, one question is asked at a time.
 */
function impatient(pool: Pool): Pool {
  let answered = false;
  let silent = 0;
  let turn: Promise<void> = Promise.resolve();
  const ask: Pool['solve'] = async (query, overrides) => {
    const answer = await pool.solve(query, overrides);
    if (answer.kind === 'unknown' && answer.reason === 'timeout') silent++;
    else if (answer.kind !== 'error') answered = true;
    return answer;
  };
  const solve: Pool['solve'] = async (query, overrides) => {
    if (answered) return ask(query, overrides);
    const before = turn;
    let done = () => {};
    turn = new Promise((resolve) => {
      done = resolve;
    });
    await before;
    if (answered || silent >= patience) done();
    if (answered) return ask(query, overrides);
    if (silent >= patience) return gaveUp(pool.name);
    return ask(query, overrides).finally(done);
  };
  const core: Pool['core'] = (facts, limits) => pool.core(facts, limits);
  return { name: pool.name, solve, core, close: () => pool.close() };
}

function gaveUp(solver: string): Answer {
  const detail = `${solver} has not answered any question so far; try another --solver`;
  const effort = { milliseconds: 0, cached: false, solver, size: 0 };
  return { kind: 'unknown', reason: 'timeout', detail, ...effort };
}

/** A solver that is asked for and cannot be had. */
export function unusable(error: Error): never {
  throw new WrongUse(error.message, 'unusableSolver');
}
