/** Opens a store of transactions on two disk images, with whatever layers make one of them. */
import type { TwoCachedDisks } from '../model/index.ts';
import type { Creation } from './create.ts';
import { HostError } from './host-error.ts';
import type { CachedPairOptions } from './open-cached.ts';
import { realSurroundings, type Surroundings } from './owner.ts';
import { type LayerClass, type Life, openCachedStore, type Store } from './store.ts';
import { type TransactionalDisk, Transactions } from './transactions.ts';
import type { TwoCachedDisksHost } from './two-cached-disks-host.ts';

/** Layers that make transactions of two disks. */
export interface TransactionsStack {
  readonly code: LayerClass<TwoCachedDisks, Life & TransactionalDisk>;
  /** What an image says that it holds: layers of another layout say something else. */
  readonly holds: string;
  /** How many blocks of a disk the layers need for themselves, beside so many for its users. */
  overhead(blocks: number): number;
}

export type DiskState = 'works' | 'is dead' | 'is behind';

export interface OpenTransactions {
  readonly store: Transactions;
  /** The name that its images have in common. */
  readonly identity: string;
  /** Whether the store was made now; otherwise it has recovered. */
  readonly fresh: boolean;
  /** How a disk is, as far as is known. */
  disk(disk: 0 | 1): DiskState;
  close(): void;
}

export interface TransactionsOptions extends Omit<CachedPairOptions, 'holds'> {
  readonly stack: TransactionsStack;
}

/** Opens or creates a store; what is created has as many blocks for its users as it says. */
export async function openTransactions(
  { stack, create, ...options }: TransactionsOptions,
  around: Surroundings = realSurroundings(),
): Promise<OpenTransactions> {
  const { code: layer, holds } = stack;
  const whole: Creation | undefined = create && {
    ...create,
    blocks: create.blocks + stack.overhead(create.blocks),
  };
  const place = options.paths.join(', ');
  try {
    const opened = await openCachedStore({ ...options, layer, holds, create: whole }, around);
    if (opened.layer.size() > 0) return opening(opened, place);
    opened.close();
    throw new Error('no header of the log is whole');
  } catch (error) {
    throw error instanceof HostError ? error : damaged(place, error);
  }
}

/** Layers that are proved recover from whatever power cuts leave: this is something else. */
function damaged(place: string, error: unknown): HostError {
  const message = error instanceof Error ? error.message : String(error);
  const fault = `what is there is nothing that a power cut leaves: ${message.split('\n')[0]}`;
  return new HostError('damaged', place, fault, 'restore the images from a copy');
}

function opening(
  opened: Store<Life & TransactionalDisk, TwoCachedDisksHost>,
  place: string,
): OpenTransactions {
  const { layer, host, fresh } = opened;
  const { blockSize, store: identity } = host.header;
  const store = new Transactions(layer, { blockSize, place });
  return {
    store,
    identity,
    fresh,
    disk: (disk) => (host.behind(disk) ? 'is behind' : host.works(disk) ? 'works' : 'is dead'),
    close() {
      try {
        store.close();
      } finally {
        opened.close();
      }
    },
  };
}
