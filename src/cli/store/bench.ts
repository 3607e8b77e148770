import type { Command } from 'commander';
import { WrongUse } from '../command/exit.ts';
import { whole } from '../command/options.ts';
import type { Finish } from '../command/verb.ts';
import { type OpenStore, type StoreOptions, storeCommand, withStore } from './store-options.ts';

interface BenchOptions extends StoreOptions {
  readonly each: number;
  readonly clients: number;
  readonly sync: boolean;
}

export function addBench(parent: Command, finish: Finish): void {
  storeCommand(parent, 'bench', 'overwrite blocks, and print how fast')
    .argument('[transactions]', 'how many', whole(1, 1e9), 1000)
    .option('--each <blocks>', 'how many blocks a transaction writes', whole(1, 1e6), 1)
    .option('--clients <number>', 'how many write at the same time', whole(1, 1e4), 1)
    .option('--no-sync', 'do not wait for the disks: a kill loses nothing, a power cut may')
    .action(async (transactions: number, { each, clients, sync, ...options }: BenchOptions) => {
      const run = (open: OpenStore) => bench(open, transactions, each, clients);
      await withStore(options, finish, run, { synced: sync });
    });
}

async function bench(
  { store, say }: OpenStore,
  transactions: number,
  each: number,
  clients: number,
): Promise<void> {
  if (each > Math.min(store.size, store.capacity))
    throw new WrongUse(
      `a transaction writes at most ${Math.min(store.size, store.capacity)} blocks; give less`,
      'action',
    );
  const begun = performance.now();
  let left = transactions;
  const client = async () => {
    while (left-- > 0) {
      const first = left * each;
      await store.transaction((own) => {
        for (let i = 0; i < each; i++)
          own.put((first + i) % store.size, new TextEncoder().encode(`transaction ${left}`));
      });
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - begun) / 1000;
  const rate = seconds > 0 ? Math.round(transactions / seconds).toLocaleString('en') : 'many';
  const { syncs } = store.counts;
  say(
    'bench',
    `${transactions} transactions in ${seconds.toFixed(2)} s and ${syncs} syncs: ${rate} a second`,
  );
}
