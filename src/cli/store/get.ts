import type { Command } from 'commander';
import { blockOf } from '../../model/index.ts';
import type { Finish } from '../command/verb.ts';
import { blockText } from '../run/actions.ts';
import { addressOf, type StoreOptions, storeCommand, withStore } from './store-options.ts';

export function addGet(parent: Command, finish: Finish): void {
  storeCommand(parent, 'get', 'print blocks, as text or as hexadecimal')
    .argument('<address...>', 'the numbers of the blocks')
    .action(async (words: readonly string[], options: StoreOptions) => {
      const addresses = words.map(addressOf);
      await withStore(options, finish, ({ store, staged, say }) => {
        for (const address of addresses) {
          const committed = store.get(address);
          say('get', blockText(blockOf(staged?.writes.get(address) ?? committed)));
        }
      });
    });
}
