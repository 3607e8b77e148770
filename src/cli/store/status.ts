/** `status` and `recover`: what is known of a store when it has been opened. */
import type { Command } from 'commander';
import type { Finish } from '../command/verb.ts';
import { count } from './begin.ts';
import { type OpenStore, type StoreOptions, storeCommand, withStore } from './store-options.ts';

export function addStatus(parent: Command, finish: Finish): void {
  storeCommand(parent, 'status', 'print what is known of the store').action(
    async (options: StoreOptions) => {
      await withStore(options, finish, (open) => open.say('status', statusOf(open)));
    },
  );
}

export function addRecover(parent: Command, finish: Finish): void {
  storeCommand(
    parent,
    'recover',
    'open the store, which recovers it, and say how long it took',
  ).action(async (options: StoreOptions) => {
    const begun = performance.now();
    await withStore(options, finish, (open) => {
      const seconds = (performance.now() - begun) / 1000;
      open.say('recover', `recovered in ${seconds.toFixed(3)} s: ${statusOf(open)}`);
    });
  });
}

function statusOf({ store, staged, disk }: OpenStore): string {
  const size = `${store.size} blocks of ${store.blockSize} bytes`;
  const most = `${store.capacity} in a transaction`;
  const disks = `disk 0 ${disk(0)}, disk 1 ${disk(1)}`;
  const under = staged ? [`a transaction of ${count(staged)} is under way`] : [];
  return [size, most, disks, ...under].join(', ');
}
