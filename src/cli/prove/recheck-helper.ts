/** Another thread that checks layers again, as recheck-thread.ts says. */
import { Worker } from 'node:worker_threads';
import type { Reporter } from '../../report/event.ts';
import type { Program } from '../../symbolic/ir.ts';
import type { Chosen } from '../command/chosen-layers.ts';
import { WrongUse } from '../command/exit.ts';
import type { PoolOptions } from '../command/options.ts';
import type { Session } from '../command/session.ts';
import type { RecheckOptions } from './recheck.ts';
import type { Rechecked } from './recheck-one.ts';
import type { Order, Reply } from './recheck-thread.ts';

// Built, a thread of ours runs as it is; run from the sources, there is nobody to translate it.
const built = import.meta.url.endsWith('.js');

/** More of them would wait for the sources to be read. */
const mostHelpers = 3;

/** How many help with so many files on so many cores. */
export function helpers(files: number, jobs: number): number {
  return built ? Math.max(0, Math.min(files, jobs, mostHelpers + 1) - 1) : 0;
}

export class Helper {
  private readonly worker: Worker;
  private readonly session: Session;
  /** Programs that it has, by their places. */
  private readonly given: Program[] = [];
  private readonly ended: Promise<unknown>;
  private broken: Error | undefined;

  constructor(options: RecheckOptions & PoolOptions, session: Session) {
    const { root, folder } = session;
    const workerData = { options, root, folder };
    const resourceLimits = { maxYoungGenerationSizeMb: 96 };
    const thread = new URL('./recheck-thread.js', import.meta.url);
    // Terms are short-lived: with room for them little is copied about.
    this.worker = new Worker(thread, { workerData, resourceLimits });
    this.worker.on('error', (error) => {
      this.broken = error;
    });
    this.ended = new Promise((resolve) => this.worker.once('exit', resolve));
    this.session = session;
  }

  /** Has one layer checked, and tells what is said of it. */
  async check({ program, layer }: Chosen, told: Reporter['event']): Promise<Rechecked> {
    const known = this.given.indexOf(program);
    const at = known < 0 ? this.given.push(program) - 1 : known;
    const order: Order = {
      kind: 'check',
      program: at,
      layer: program.layers.indexOf(layer),
      ...(known < 0 && { given: program }),
    };
    if (this.broken) throw this.broken;
    return new Promise((resolve, reject) => {
      const hear = (reply: Reply): void => {
        if (reply.kind === 'event') told(reply.event);
        if (reply.kind === 'warning') this.session.warn(reply.text);
        if (reply.kind === 'event' || reply.kind === 'warning') return;
        this.worker.off('message', hear).off('error', fail);
        if (reply.kind === 'done') resolve(reply.rechecked);
        else reject(failure(reply));
      };
      const fail = (error: Error): void => reject(error);
      this.worker.on('message', hear).once('error', fail);
      this.worker.postMessage(order);
    });
  }

  close(): Promise<unknown> {
    this.worker.postMessage({ kind: 'end' } satisfies Order);
    return this.ended;
  }
}

function failure({ message, stack, about }: Extract<Reply, { kind: 'failed' }>): Error {
  if (about !== undefined) return new WrongUse(message, about);
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
