import type { Command } from 'commander';
import { bytesOf } from '../../model/index.ts';
import { WrongUse } from '../command/exit.ts';
import type { Finish } from '../command/verb.ts';
import { contentOf } from '../run/actions.ts';
import { writeStaged } from './staged.ts';
import {
  addressOf,
  type OpenStore,
  type StoreOptions,
  storeCommand,
  withStore,
} from './store-options.ts';

export function addPut(parent: Command, finish: Finish): void {
  storeCommand(parent, 'put', 'replace blocks: at once, or when the transaction is committed')
    .argument('<words...>', 'ADDRESS TEXT|@FILE, as often as one likes: all of it or nothing')
    .action(async (words: readonly string[], options: StoreOptions) => {
      const texts = pairsOf(words);
      await withStore(options, finish, async (open) => {
        const { store, staged, say } = open;
        const writes = texts.map(
          ([address, text]) => [address, bytesOf(contentOf(text, store.blockSize))] as const,
        );
        if (staged) {
          const all = new Map([...staged.writes, ...writes]);
          await refuse(open, all);
          writeStaged(open.stagedFile, { ...staged, writes: all });
          say('put', `${written(writes.length)}, when the transaction is committed`);
          return;
        }
        await store.transaction((own) => {
          for (const [address, bytes] of writes) own.put(address, bytes);
        });
        say('put', written(writes.length));
      });
    });
}

/** What cannot be committed later is refused now. */
async function refuse(
  { store }: OpenStore,
  writes: ReadonlyMap<number, Uint8Array>,
): Promise<void> {
  const attempt = await store.begin();
  try {
    for (const [address, bytes] of writes) attempt.put(address, bytes);
  } finally {
    attempt.abort();
  }
}

function written(count: number): string {
  return count === 1 ? '1 block is written' : `${count} blocks are written`;
}

function pairsOf(words: readonly string[]): (readonly [number, string])[] {
  if (words.length % 2 !== 0)
    throw new WrongUse('write it as: store put ADDRESS TEXT|@FILE, one or more times', 'action');
  return words.flatMap((word, i) =>
    i % 2 === 0 ? [[addressOf(word), words[i + 1] ?? ''] as const] : [],
  );
}
