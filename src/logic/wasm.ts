/** The solver that is always there: z3 as WebAssembly, a thread for each. */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Engine, Limits, Reply, Solver } from './solver.ts';

/** A thread is replaced after so many queries: what they leave behind cannot add up. */
const queriesPerThread = 500;
const startMilliseconds = 60_000;

export function wasmEngine(seed: number): Engine {
  const { version } = createRequire(import.meta.url)('z3-solver/package.json');
  return {
    name: 'wasm',
    title: `z3-solver ${version}`,
    options: `simple auto_config=false mbqi=true random_seed=${seed}`,
    constantArrays: 'native',
    start: () => new WasmSolver(seed),
  };
}

interface Result {
  readonly reply: Reply;
  /** The instance is not to be used again. */
  readonly spent: boolean;
}

export class WasmSolver implements Solver {
  private readonly seed: number;
  private readonly file: URL;
  private worker: Worker | undefined;
  private queries = 0;

  constructor(seed: number, file = new URL('./wasm-worker.mjs', import.meta.url)) {
    this.seed = seed;
    this.file = file;
  }

  async solve(
    text: string,
    wanted: readonly string[],
    limits: Limits,
    named: readonly string[] = [],
  ): Promise<Reply> {
    if (this.queries >= queriesPerThread) await this.close();
    const started = this.worker === undefined ? await this.open() : undefined;
    if (started !== undefined) return started;
    this.queries++;
    const { megabytes, resources } = limits;
    this.worker!.postMessage({ text, wanted, megabytes, resources, named, seed: this.seed });
    const told = await this.next(limits.milliseconds);
    if ('kind' in told || told.spent) await this.close();
    return 'kind' in told ? told : told.reply;
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    this.queries = 0;
    await worker?.terminate();
  }

  /** Starts a thread; what went wrong, if anything did. */
  private async open(): Promise<Reply | undefined> {
    const worker = new Worker(this.file);
    this.worker = worker;
    // Without a listener an error between two queries would end the whole process.
    worker.on('error', () => {
      if (this.worker === worker) this.worker = undefined;
    });
    const told = await this.next(startMilliseconds);
    if (!('kind' in told)) return undefined;
    await this.close();
    return { kind: 'error', detail: `the built-in solver does not start: ${told.detail}` };
  }

  /** The thread's next word, or why there is none. */
  private next(milliseconds: number): Promise<Result | Exclude<Reply, { kind: 'unsat' | 'sat' }>> {
    const worker = this.worker!;
    return new Promise((resolve) => {
      const finish = (result: Result | Exclude<Reply, { kind: 'unsat' | 'sat' }>): void => {
        clearTimeout(timer);
        worker.off('message', finish).off('error', failed).off('exit', ended);
        resolve(result);
      };
      const failed = (error: Error): void => {
        const detail = error.message;
        if (/memory/i.test(detail)) finish({ kind: 'unknown', reason: 'memory', detail });
        else finish({ kind: 'error', detail });
      };
      const ended = (): void => finish({ kind: 'error', detail: 'the solver thread ended' });
      const timer = setTimeout(() => {
        finish({ kind: 'unknown', reason: 'timeout', detail: `stopped after ${milliseconds} ms` });
      }, milliseconds);
      worker.on('message', finish).on('error', failed).on('exit', ended);
    });
  }
}
