/** Opens a store of transactions on two disk images, with whatever layers make one of them. */
import type { Creation } from './create.ts';
import type { TwoCachedDisks } from './machines.ts';
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
  /** How many blocks of a disk the layers need for themselves. */
  readonly overhead: number;
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
  const { code: layer, holds, overhead } = stack;
  const whole: Creation | undefined = create && { ...create, blocks: create.blocks + overhead };
  const opened = await openCachedStore({ ...options, layer, holds, create: whole }, around);
  return opening(opened, options.paths.join(', '));
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
