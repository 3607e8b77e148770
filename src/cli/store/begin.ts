/** `begin`, `commit` and `abort`: a transaction that spans several commands. */
import type { Command } from 'commander';
import { WrongUse } from '../command/exit.ts';
import type { Finish } from '../command/verb.ts';
import { endStaged, type Staged, writeStaged } from './staged.ts';
import { type OpenStore, type StoreOptions, storeCommand, withStore } from './store-options.ts';

export function addBegin(parent: Command, finish: Finish): void {
  storeCommand(parent, 'begin', 'begin a transaction: what is put waits for commit').action(
    async (options: StoreOptions) => {
      await withStore(options, finish, ({ staged, stagedFile, identity, say }) => {
        if (staged)
          throw new WrongUse('a transaction is under way already; commit or abort it', 'store');
        writeStaged(stagedFile, { store: identity, committing: false, writes: new Map() });
        say('begin', 'a transaction is under way');
      });
    },
  );
}

export function addCommit(parent: Command, finish: Finish): void {
  storeCommand(parent, 'commit', 'make all that was put since begin durable, as one').action(
    async (options: StoreOptions) => {
      await withStore(options, finish, async (open) => {
        const staged = underWay(open);
        writeStaged(open.stagedFile, { ...staged, committing: true });
        await open.store.transaction((own) => {
          for (const [address, bytes] of staged.writes) own.put(address, bytes);
        });
        endStaged(open.stagedFile);
        open.say('commit', `committed: ${count(staged)}`);
      });
    },
  );
}

export function addAbort(parent: Command, finish: Finish): void {
  storeCommand(parent, 'abort', 'forget all that was put since begin').action(
    async (options: StoreOptions) => {
      await withStore(options, finish, (open) => {
        const staged = underWay(open);
        endStaged(open.stagedFile);
        open.say('abort', `forgotten: ${count(staged)}`);
      });
    },
  );
}

function underWay({ staged }: OpenStore): Staged {
  if (!staged) throw new WrongUse('no transaction is under way; begin one', 'store');
  return staged;
}

export function count({ writes }: Staged): string {
  return writes.size === 1 ? '1 block' : `${writes.size} blocks`;
}
