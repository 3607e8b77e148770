/** The store of transactions: two files, of which one may be lost. */
import { join } from 'node:path';
import { nodeFiles } from '../../src/host/files.ts';
import {
  type OpenTransactions,
  openTransactions,
  type TransactionsStack,
} from '../../src/host/open-transactions.ts';
import { realSurroundings } from '../../src/host/owner.ts';
import { plainTransactions } from '../../src/host/testing/transactions.ts';
import { blockSize, type Contestant, type Opened, type Place } from './contestant.ts';

const capacity = 120;

/** What is measured; the layers are those of the host's tests, in their plainest form. */
export const layers = 'a plain log on a plain mirror, from src/host/testing';

const stack: TransactionsStack = {
  code: plainTransactions(capacity),
  holds: 'benchmark',
  overhead: () => 2 + 2 * capacity,
};

const pathsIn = (folder: string) => [join(folder, 'first'), join(folder, 'second')] as const;

function open({ folder, sync }: Place, create?: { blocks: number }): Promise<OpenTransactions> {
  const files = sync ? nodeFiles : { ...nodeFiles, sync: () => {} };
  const options = {
    paths: pathsIn(folder),
    stack,
    ...(create && { create: { ...create, blockSize } }),
  };
  return openTransactions(options, realSurroundings(files));
}

function opened({ store, close }: OpenTransactions): Opened {
  return {
    write: (addresses, content) =>
      store.transaction((own) => {
        for (const address of addresses) own.put(address, content);
      }),
    read: (address) => store.get(address),
    close,
  };
}

export const ours: Contestant = {
  name: 'Plimsoll',
  create: async (place) => opened(await open(place, { blocks: place.blocks })),
  recover: async (place) => opened(await open(place)),
  files: pathsIn,
};
