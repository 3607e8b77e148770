import type { Command } from 'commander';
import { whole } from '../command/options.ts';
import type { Finish } from '../command/verb.ts';
import { endStaged } from './staged.ts';
import { type StoreOptions, storeCommand, withStore } from './store-options.ts';

interface CreateOptions extends StoreOptions {
  readonly blocks: number;
  readonly blockSize: number;
  readonly overwrite?: boolean;
}

export function addCreate(parent: Command, finish: Finish): void {
  storeCommand(parent, 'create', 'make a new store of zeros on two new images')
    .option('--blocks <number>', 'how many blocks it has', whole(1, 2 ** 31), 1024)
    .option('--block-size <bytes>', '512, 1024, 2048 or 4096', whole(1, 2 ** 20), 4096)
    .option('--overwrite', 'also where there is a store already')
    .action(async ({ blocks, blockSize, overwrite = false, ...options }: CreateOptions) => {
      const create = { blocks, blockSize, overwrite };
      const made = { create };
      await withStore(
        options,
        finish,
        ({ store, say, stagedFile }) => {
          endStaged(stagedFile);
          say('create', `${store.size} blocks of ${store.blockSize} bytes`);
        },
        made,
      );
    });
}
