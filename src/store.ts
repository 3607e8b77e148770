/** The store on two files: transactions that survive power cuts at any moment, and a lost disk. */
import {
  type OpenTransactions,
  openTransactions,
  type TransactionsOptions,
  type TransactionsStack,
} from './host/index.ts';
import { TearingDisk } from './model/index.ts';
import { compose } from './refine/compose.ts';
import { cachedMirror } from './stack/cached-mirror/proof.ts';
import { Log } from './stack/log/code.ts';
import { mostAddresses } from './stack/log/header.ts';
import { TransactionalDisk } from './stack/log/spec.ts';
import { reserved } from './stack/partition/code.ts';
import { partition } from './stack/partition/proof.ts';

export type { OpenTransactions, Transaction, Transactions } from './host/index.ts';
export { HostError } from './host/index.ts';

/** Recovery goes from below: the disks are made equal, then the log is replayed on them. */
export const layers = compose(compose(cachedMirror, partition), {
  promise: TransactionalDisk,
  code: Log,
  on: TearingDisk,
});

const stack: TransactionsStack = {
  // None of the layers awaits anything.
  code: layers.code as TransactionsStack['code'],
  holds: 'transactions 1',
  /** Two headers, and two logs of as many blocks as a transaction may write. */
  overhead: (blocks) => reserved() + 2 + 2 * Math.min(blocks, mostAddresses),
};

/** Opens the store on two images, or makes one: `create: { blocks: 1024, blockSize: 4096 }`. */
export function openStore(options: Omit<TransactionsOptions, 'stack'>): Promise<OpenTransactions> {
  return openTransactions({ ...options, stack });
}
