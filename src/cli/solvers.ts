/** The solvers of one command: started when first needed, and gone when it ends. */
import type { Pool } from '../logic/index.ts';
import { WrongUse } from './exit.ts';
import type { SolverOptions } from './options.ts';
import type { Session } from './session.ts';

/** The pool whose solvers work with this seed. */
export type PoolOf = (seed: number) => Promise<Pool>;

/** Runs `body` with pools; afterwards no solver is left, also when it is interrupted. */
export async function withPools(
  options: SolverOptions,
  session: Session,
  body: (poolOf: PoolOf) => Promise<void>,
): Promise<void> {
  const { createPool } = await import('../logic/pool.ts');
  const pools = new Map<number, Promise<Pool>>();
  const poolOf = (seed: number) => {
    const { solver, jobs } = options;
    const cache = options.cache ? session.cacheFolder : false;
    const onWarning = (text: string) => session.warn(`warning: ${text}`);
    const create = () => createPool({ solver, jobs, seed, cache, onWarning }).catch(unusable);
    const pool = pools.get(seed) ?? create();
    pools.set(seed, pool);
    return pool;
  };
  const close = () => Promise.all([...pools.values()].map(async (pool) => (await pool).close()));
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

function unusable(error: Error): never {
  throw new WrongUse(error.message);
}
