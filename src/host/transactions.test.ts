/** What clients of a store see of each other, and of a power cut. */
import { expect, test } from 'vitest';
import type { HostError } from './host-error.ts';
import { type OpenTransactions, openTransactions } from './open-transactions.ts';
import { MemoryFiles } from './testing/memory-files.ts';
import { plainTransactions } from './testing/transactions.ts';
import { type Failing, failing, pathsIn, surroundings } from './testing/world.ts';

const paths = pathsIn('/store');
const stack = { code: plainTransactions(4), holds: 'test', overhead: () => 10 };
const create = { blocks: 8, blockSize: 512 };
const text = (content: string) => new TextEncoder().encode(content);
const shown = (bytes: Uint8Array) => new TextDecoder().decode(bytes).replace(/\0+$/, '');

async function made(files = new MemoryFiles()): Promise<OpenTransactions> {
  return openTransactions({ paths, stack, create }, surroundings(files));
}

test('what is put is got, also after the store was closed', async () => {
  const files = new MemoryFiles();
  const first = await made(files);
  expect([first.store.size, first.store.blockSize, first.store.capacity]).toEqual([8, 512, 4]);
  expect([first.fresh, first.disk(0), first.disk(1)]).toEqual([true, 'works', 'works']);
  await first.store.put(7, text('seven'));
  first.close();
  const again = await openTransactions({ paths, stack }, surroundings(files, { boot: 2 }));
  expect(shown(again.store.get(7))).toBe('seven');
  expect(again.store.get(0)).toEqual(new Uint8Array(512));
});

test('a transaction sees its own writes, others see them when it commits', async () => {
  const { store } = await made();
  const transaction = await store.begin();
  transaction.put(1, text('mine'));
  expect([shown(transaction.get(1)), shown(store.get(1))]).toEqual(['mine', '']);
  const durable = transaction.commit();
  expect(shown(store.get(1))).toBe('mine');
  await durable;
});

test('nothing stays of a transaction that is aborted, or that throws', async () => {
  const { store } = await made();
  const transaction = await store.begin();
  transaction.put(1, text('mine'));
  transaction.abort();
  const failed = store.transaction((own) => {
    own.put(2, text('mine'));
    throw new Error('changed my mind');
  });
  await expect(failed).rejects.toThrow('changed my mind');
  expect([shown(store.get(1)), shown(store.get(2))]).toEqual(['', '']);
});

test('one is under way at a time: no update is lost', async () => {
  const { store } = await made();
  const increment = () =>
    store.transaction(async (own) => {
      const before = own.get(0)[0]!;
      await new Promise(setImmediate);
      own.put(0, new Uint8Array([before + 1]));
    });
  await Promise.all(Array.from({ length: 20 }, increment));
  expect(store.get(0)[0]).toBe(20);
});

test('commits of several clients share a sync', async () => {
  const { store } = await made();
  await Promise.all([0, 1, 2, 3].map((address) => store.put(address, text('a'))));
  expect(store.counts).toEqual({ syncs: 1, transactions: 4 });
  await store.put(1, text('b'));
  expect(store.counts).toEqual({ syncs: 2, transactions: 5 });
});

test('when the log has no room for one more, those before it are synced first', async () => {
  const { store } = await made();
  const three = (from: number) =>
    store.transaction((own) => {
      for (const i of [0, 1, 2]) own.put(from + i, text(`${from + i}`));
    });
  await Promise.all([three(0), three(3)]);
  expect(store.counts).toEqual({ syncs: 2, transactions: 2 });
  expect([0, 1, 2, 3, 4, 5].map((address) => shown(store.get(address))).join('')).toBe('012345');
});

test('what cannot be done is refused, with where, why and what to do', async () => {
  const { store, close } = await made();
  const transaction = await store.begin();
  for (const address of [0, 1, 2, 3]) transaction.put(address, text('a'));
  transaction.put(3, text('b'));
  const refused: (readonly [() => unknown, string, string])[] = [
    [() => transaction.put(4, text('a')), 'full', 'a transaction writes at most 4 blocks'],
    [() => transaction.put(8, text('a')), 'outside', 'there is no block 8\n  take one from 0 to 7'],
    [() => transaction.put(0.5, text('a')), 'outside', 'there is no block 0.5'],
    [() => transaction.get(-1), 'outside', 'there is no block -1'],
    [() => store.get(8), 'outside', 'there is no block 8'],
    [() => transaction.put(0, new Uint8Array(513)), 'block-too-long', '513 bytes do not fit'],
  ];
  for (const [action, kind, says] of refused) expectRefusal(action, kind, says);
  await transaction.commit();
  expectRefusal(() => transaction.put(0, text('a')), 'transaction', 'this transaction has ended');
  close();
  expectRefusal(() => store.get(0), 'closed', 'the store is closed');
  await expect(store.put(0, text('a'))).rejects.toThrow('the store is closed');
});

function expectRefusal(action: () => unknown, kind: string, says: string): void {
  let error: HostError | undefined;
  try {
    action();
  } catch (thrown) {
    error = thrown as HostError;
  }
  expect(error?.kind).toBe(kind);
  expect(error?.message).toContain(says);
}

test('a disk that dies goes unnoticed; when both are dead, all who wait are told', async () => {
  let broken: readonly string[] = [];
  const fails: Failing = (_, path) => (broken.includes(path) ? 'EIO' : undefined);
  const around = surroundings(failing(new MemoryFiles(), fails));
  const { store, disk } = await openTransactions({ paths, stack, create }, around);
  broken = [paths[0]];
  await store.put(1, text('one'));
  expect([shown(store.get(1)), disk(0), disk(1)]).toEqual(['one', 'is dead', 'works']);
  broken = paths;
  const lost = [store.put(1, text('two')), store.put(2, text('two'))];
  for (const one of lost) await expect(one).rejects.toThrow('both disks are dead');
  expect(() => store.get(5)).toThrow('both disks are dead');
});
