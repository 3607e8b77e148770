/**
 * Damaged images: refused with a place and a remedy, or harmless, and never overwritten.
 *
 * What counts is what is read afterwards: what was acknowledged, or a refusal.
 */
import { describe, expect, test } from 'vitest';
import { HostError } from './host-error.ts';
import { openTransactions } from './open-transactions.ts';
import { MemoryFiles } from './testing/memory-files.ts';
import { seeded } from './testing/sampled-cuts.ts';
import { plainTransactions } from './testing/transactions.ts';
import { pathsIn, refusalOf, surroundings } from './testing/world.ts';

const paths = pathsIn('/store');
const names = ['first.img', 'second.img'] as const;
const capacity = 4;
const overhead = 2 + 2 * capacity;
const stack = { code: plainTransactions(capacity), holds: 'test', overhead: () => overhead };
const create = { blocks: 6, blockSize: 512 };
const size = 4096 + (create.blocks + overhead) * create.blockSize;
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

type Images = [Uint8Array, Uint8Array];

/** The images of a store whose blocks hold their numbers and one more. */
async function images(): Promise<Images> {
  const files = new MemoryFiles();
  const { store, close } = await openTransactions({ paths, stack, create }, surroundings(files));
  for (let address = 0; address < create.blocks; address++)
    await store.put(address, new Uint8Array([address + 1]));
  close();
  return contents(files) as Images;
}

function contents(files: MemoryFiles): (Uint8Array | undefined)[] {
  const there = files.list('/store');
  return names.map((name) => (there.includes(name) ? files.content(`/store/${name}`) : undefined));
}

function filesOf(images: readonly (Uint8Array | undefined)[]): MemoryFiles {
  const present = names.flatMap((name, disk) => {
    const bytes = images[disk];
    return bytes ? [[name, bytes.slice()] as const] : [];
  });
  return MemoryFiles.of(new Map(present), '/store');
}

interface Seen {
  readonly refused: HostError | undefined;
  /** What each block holds, unless it was refused. */
  readonly blocks: readonly number[];
  readonly changed: boolean;
}

/** Opens a store with these images; `without` a disk, if one is left out. */
async function opened(
  given: readonly (Uint8Array | undefined)[],
  more: { without?: 0 | 1 } = {},
): Promise<Seen> {
  const files = filesOf(given);
  const changed = () => contents(files).some((bytes, disk) => !same(bytes, given[disk]));
  try {
    const options = { paths, stack, ...more };
    const { store, close } = await openTransactions(options, surroundings(files, { boot: 2 }));
    const blocks = Array.from({ length: store.size }, (_, address) => store.get(address)[0]!);
    close();
    return { refused: undefined, blocks, changed: changed() };
  } catch (refused) {
    if (!(refused instanceof HostError)) throw refused;
    return { refused, blocks: [], changed: changed() };
  }
}

const whole = [1, 2, 3, 4, 5, 6];

/** Where, what is wrong, and what to do about it. */
function expectRefusal({ refused, changed }: Seen, path: string): void {
  expect(refused?.message).toMatch(/^\S.*: .+\n {2}\S.+$/);
  expect(refused?.message).toContain(path);
  expect(changed).toBe(false);
}

describe.each([0, 1] as const)('disk %i', (disk) => {
  const damaged = (good: Images, change: (bytes: Uint8Array) => Uint8Array): Images =>
    good.map((bytes, i) => (i === disk ? change(bytes.slice()) : bytes)) as Images;

  test('each byte of its header, flipped, is noticed; the other goes on without it', async () => {
    const good = await images();
    for (let at = 0; at < 512; at++) {
      const bad = damaged(good, (bytes) => flipped(bytes, at));
      expectRefusal(await opened(bad), paths[disk]);
      const alone = await opened(bad, { without: disk });
      // What a newer program wrote is for a newer program to judge.
      if (at >= 8 && at < 12) expect(alone.refused?.kind).toBe('newer-version');
      else expect(alone.blocks).toEqual(whole);
    }
  });

  test('cut short at every sector it is refused; the other one goes on without it', async () => {
    const good = await images();
    for (let length = 0; length < size; length += 512) {
      const bad = damaged(good, (bytes) => bytes.subarray(0, length));
      expectRefusal(await opened(bad), paths[disk]);
      expect((await opened(bad, { without: disk })).blocks).toEqual(whole);
    }
  });

  test.each([
    ['an empty file', () => new Uint8Array(0), 'not-an-image'],
    ['some other file', () => new TextEncoder().encode('dear diary'), 'not-an-image'],
    ['a newer version', (bytes: Uint8Array) => changed(bytes, 8, 2), 'newer-version'],
    ['a longer file', (bytes: Uint8Array) => Uint8Array.from([...bytes, 0]), 'geometry'],
  ] as const)('%s in its place is refused', async (_, change, kind) => {
    const seen = await opened(damaged(await images(), change));
    expect(seen.refused?.kind).toBe(kind);
    expectRefusal(seen, paths[disk]);
  });

  test('a disk of another store in its place is refused', async () => {
    const [good, other] = [await images(), await images()];
    const files = new MemoryFiles();
    const around = { ...surroundings(files), newIdentity: () => 'ab'.repeat(16) };
    (await openTransactions({ paths, stack, create }, around)).close();
    const stranger = contents(files)[disk]!;
    const seen = await opened(damaged(good, () => stranger));
    expect(seen.refused?.kind).toBe('other-store');
    expectRefusal(seen, paths[disk]);
    // Two stores that were made alike are told apart by their names alone.
    expect(other[disk]).toEqual(good[disk]);
  });
});

test('both disks gone, exchanged, or of another kind', async () => {
  const [first, second] = await images();
  expect((await opened([undefined, undefined])).refused?.kind).toBe('missing');
  expect((await opened([second, first])).refused?.kind).toBe('swapped');
  expect((await opened([first, first])).refused?.kind).toBe('swapped');
  const other = { ...stack, holds: 'something else' };
  const error = await refusalOf(() =>
    openTransactions({ paths, stack: other }, surroundings(filesOf([first, second]))),
  );
  expect(error.message).toContain('the image holds test, not something else');
  const again = await refusalOf(() =>
    openTransactions({ paths, stack, create }, surroundings(filesOf([first, second]))),
  );
  expect(again.message).toContain('there is a store already');
});

/** What a disk returns that lies is not noticed by a mirror: its header and length always are. */
test(`damaged images are refused or opened, and nothing else: seed ${seed}`, async () => {
  const draw = seeded(seed);
  const good = await images();
  const count = Number(process.env.IMAGES ?? 1000);
  const ends = { refused: 0, opened: 0 };
  for (let i = 0; i < count; i++) {
    const bad = good.map((bytes) => (draw(3) === 0 ? bytes : mangled(bytes.slice(), draw)));
    const seen = await opened(bad);
    if (seen.refused) {
      expect(seen.refused.message).toMatch(/^\S.*: .+\n {2}\S.+$/);
      if (draw(2) === 0) await opened(bad, { without: draw(2) as 0 | 1 });
    }
    ends[seen.refused ? 'refused' : 'opened']++;
  }
  expect(ends.refused + ends.opened).toBe(count);
  expect(ends.refused).toBeGreaterThan(0);
  expect(ends.opened).toBeGreaterThan(0);
});

function same(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one && other ? Buffer.compare(one, other) === 0 : one === other;
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return changed(bytes, at, bytes[at]! ^ 0xff);
}

function changed(bytes: Uint8Array, at: number, value: number): Uint8Array {
  bytes[at] = value;
  return bytes;
}

/** Bits flipped, sectors lost or exchanged, an end that is missing: some of it, anywhere. */
function mangled(bytes: Uint8Array, draw: (below: number) => number): Uint8Array {
  const sector = () => 512 * draw(bytes.length / 512);
  const kind = draw(5);
  if (kind === 0) return bytes.subarray(0, draw(bytes.length));
  if (kind === 1) return flipped(bytes, draw(bytes.length));
  if (kind === 2) return bytes.fill(draw(256), sector(), sector() + 512);
  if (kind === 3) {
    bytes.copyWithin(sector(), sector(), bytes.length);
    return bytes;
  }
  for (let i = 0; i < 20; i++) changed(bytes, draw(bytes.length), draw(256));
  return bytes;
}
