/**
 * What the published system was seen to do outside its model, M1 to M8, asked of the store of
 * transactions on real files: each is refused, or goes as its user would want. The layers are the
 * plain ones of the host's tests; the codec is that of stack/log.
 */
import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type OpenTransactions, openTransactions } from '../../src/host/open-transactions.ts';
import { plainTransactions } from '../../src/host/testing/transactions.ts';
import { directory, pathsIn, refusalOf } from '../../src/host/testing/world.ts';
import { NotAccepted, u32 } from '../../src/model/index.ts';
import { header, mostAddresses } from '../../src/stack/log/header.ts';

const capacity = 4;
const overhead = 2 + 2 * capacity;
const stack = { code: plainTransactions(capacity), holds: 'test', overhead: () => overhead };
const create = { blocks: 8, blockSize: 512 };
const word = 2 ** 32;

type Paths = readonly [string, string];
const somewhere = (): Paths => pathsIn(directory());
const make = (paths: Paths, blocks = 8) =>
  openTransactions({ paths, stack, create: { ...create, blocks } });
const reopen = (paths: Paths) => openTransactions({ paths, stack });

const put = ({ store }: OpenTransactions, address: number, value: number) =>
  store.put(address, Uint8Array.of(value));
const get = ({ store }: OpenTransactions, address: number) => store.get(address)[0];

/** What is refused leaves the images as they were. */
async function refused(paths: Paths, action: () => unknown) {
  const contents = () => paths.map((path) => (existsSync(path) ? readFileSync(path) : undefined));
  const before = contents();
  const { kind, message } = await refusalOf(action);
  expect(contents()).toEqual(before);
  // Where, what is wrong, and on a line of its own what to do about it.
  expect(message).toMatch(/^.+: .+\n {2}.+/);
  return kind;
}

test('M1: an address beyond 2^32 is not another one', async () => {
  const opened = await make(somewhere());
  await put(opened, 1, 5);
  expect((await refusalOf(() => put(opened, word + 1, 77))).kind).toBe('outside');
  expect(get(opened, 1)).toBe(5);
  opened.close();
});

test('M2: a negative address shows nothing of the log', async () => {
  const opened = await make(somewhere());
  await put(opened, 1, 5);
  for (const address of [-1, -2, -4, -overhead, -300, Number.NaN, 0.5])
    expect((await refusalOf(() => get(opened, address))).kind).toBe('outside');
  opened.close();
});

test('M3: a disk that was saved and comes back is not copied over what was committed', async () => {
  for (const stale of [0, 1] as const) {
    const paths = somewhere();
    const first = await make(paths);
    await put(first, 3, 1);
    first.close();
    copyFileSync(paths[stale], `${paths[stale]}.saved`);
    rmSync(paths[stale]);
    const alone = await openTransactions({ paths, stack, without: stale });
    await put(alone, 3, 2);
    alone.close();
    copyFileSync(`${paths[stale]}.saved`, paths[stale]);
    const again = await reopen(paths);
    expect(get(again, 3)).toBe(2);
    again.close();
  }
});

test('M4: disks too small, or of different sizes, are refused', async () => {
  const small = somewhere();
  expect(await refused(small, () => make(small, -overhead))).toBe('geometry');
  expect((await refusalOf(() => make(small, 0))).kind).toBe('not-initialised');
  expect((await refusalOf(() => reopen(small))).kind).toBe('not-initialised');
  (await make(small, 1)).close();
  const paths = somewhere();
  (await make(paths)).close();
  truncateSync(paths[1], readFileSync(paths[0]).length - create.blockSize);
  expect(await refused(paths, () => reopen(paths))).toBe('cut-short');
});

test('M5: with both files gone nothing is read, and nothing is acknowledged', async () => {
  const paths = somewhere();
  (await make(paths)).close();
  for (const path of paths) rmSync(path);
  expect(await refused(paths, () => reopen(paths))).toBe('missing');
  expect(paths.some(existsSync)).toBe(false);
});

test('M6: a store that is there is not made anew', async () => {
  const paths = somewhere();
  const opened = await make(paths);
  await put(opened, 2, 9);
  opened.close();
  expect(await refused(paths, () => make(paths))).toBe('exists');
  const again = await reopen(paths);
  expect([again.fresh, get(again, 2)]).toEqual([false, 9]);
  again.close();
});

test('M7: a transaction too large for the log is an error, and none of it happens', async () => {
  const opened = await make(somewhere());
  const writing = opened.store.transaction((own) => {
    for (let address = 0; address <= capacity; address++) own.put(address, Uint8Array.of(1));
  });
  expect((await refusalOf(() => writing)).kind).toBe('full');
  for (let address = 0; address <= capacity; address++) expect(get(opened, address)).toBe(0);
  await put(opened, 0, 2);
  expect(get(opened, 0)).toBe(2);
  opened.close();
});

test('M8: what is encoded is decoded again, up to the last address, and an error beyond', () => {
  const near = fc.integer({ min: word - 3, max: word - 1 });
  const address = fc.oneof(fc.integer({ min: 0, max: word - 1 }), near);
  const list = fc.array(address, { maxLength: mostAddresses });
  fc.assert(
    fc.property(fc.boolean(), list, (odd, addresses) => {
      const value = { odd, addresses: addresses as u32[] };
      expect(header.decode(header.encode(value))).toEqual(value);
    }),
  );
  // What a header is made of has been through this.
  const beyond = fc.oneof(fc.integer({ min: word, max: 2 * word }), fc.integer({ max: -1 }));
  fc.assert(
    fc.property(beyond, (wrong) => {
      expect(() => u32(wrong)).toThrow(RangeError);
    }),
  );
  const tooMany = Array.from({ length: mostAddresses + 1 }, () => 0 as u32);
  expect(() => header.encode({ odd: false, addresses: tooMany })).toThrow(NotAccepted);
});
