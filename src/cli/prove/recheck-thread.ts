/**
 * A thread that checks layers again. It is given programs as they were read, states what has to be
 * shown, and asks solvers of its own.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { RunEvent } from '../../report/event.ts';
import type { Program } from '../../symbolic/ir.ts';
import { WrongUse } from '../command/exit.ts';
import type { PoolOptions } from '../command/options.ts';
import type { RecheckOptions } from './recheck.ts';
import { type Rechecked, recheckOne } from './recheck-one.ts';
import { makePools } from './solvers.ts';

export type Order =
  | {
      readonly kind: 'check';
      /** By the order in which programs were given, and in which they hold layers. */
      readonly program: number;
      readonly layer: number;
      /** The program, the first time it is meant. */
      readonly given?: Program;
    }
  | { readonly kind: 'end' };

export type Reply =
  | { readonly kind: 'event'; readonly event: RunEvent }
  | { readonly kind: 'warning'; readonly text: string }
  | { readonly kind: 'done'; readonly rechecked: Rechecked }
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly stack?: string | undefined;
      /** Of a wrong use: what it is about. */
      readonly about?: WrongUse['about'];
    };

interface Given {
  readonly options: RecheckOptions & PoolOptions;
  readonly root: string;
  readonly folder: string;
}

const { options, root, folder } = workerData as Given;
const say = (reply: Reply) => parentPort!.postMessage(reply);
const event = (told: RunEvent) => say({ kind: 'event', event: told });
const warn = (text: string) => say({ kind: 'warning', text });
const { poolOf, close } = makePools(options, { cacheFolder: '', warn });
const programs: Program[] = [];
// The solver gets ready while the sources are read; what is wrong with it is told when it is used.
poolOf(0).catch(() => {});

parentPort!.on('message', async (order: Order) => {
  if (order.kind === 'end') {
    await close().catch(() => {});
    process.exit();
  }
  if (order.given) programs[order.program] = order.given;
  const program = programs[order.program]!;
  const layer = program.layers[order.layer]!;
  const session = { root, folder, event };
  try {
    const pool = await poolOf(0);
    const rechecked = await recheckOne({ program, layer, pool, options, session });
    say({ kind: 'done', rechecked });
  } catch (error) {
    const { message, stack } = error as Error;
    say({
      kind: 'failed',
      message,
      stack,
      ...(error instanceof WrongUse && { about: error.about }),
    });
  }
});
