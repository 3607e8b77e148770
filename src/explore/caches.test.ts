/** What a loss of power leaves of a cache, against an enumeration that knows no machine. */
import { expect, test } from 'vitest';
import { type Block, blockOf, bytesOf, CachedDisk, SectorDisk } from '../model/index.ts';
import { every } from './choices.ts';

const contents = [0, 1].map((byte) => blockOf(Uint8Array.of(byte)));
const sample = { blocks: contents, length: 2 };
const block = (value: number): Block => contents[value]!;
const digits = (blocks: readonly Block[]) => blocks.map((each) => bytesOf(each)[0] ?? 0).join('');

/** A write of values from an address on, or a flush. */
type Step = { readonly address: number; readonly values: readonly number[] } | 'flush';

/** Every row of so many of these. */
function tuples<T>(options: readonly T[], length: number): readonly (readonly T[])[] {
  if (length === 0) return [[]];
  return tuples(options, length - 1).flatMap((row) => options.map((each) => [...row, each]));
}

/** Every order of steps, from each content of two blocks, with what may be left at its end. */
function* workloads(steps: readonly Step[], length: number) {
  for (const start of tuples([0, 1], 2))
    for (let n = 0; n <= length; n++)
      for (const row of tuples(steps, n)) yield { start, row, left: survivors(start, row) };
}

/** Every subset of the single values written since the last flush, put in place in their order. */
function survivors(start: readonly number[], row: readonly Step[]): readonly string[] {
  const durable = [...start];
  let waiting: { readonly at: number; readonly value: number }[] = [];
  for (const step of row)
    if (step === 'flush') {
      for (const { at, value } of waiting) durable[at] = value;
      waiting = [];
    } else waiting.push(...step.values.map((value, i) => ({ at: step.address + i, value })));
  const left = new Set<string>();
  for (let subset = 0; subset < 2 ** waiting.length; subset++) {
    const disk = [...durable];
    for (const [i, { at, value }] of waiting.entries())
      if (Math.floor(subset / 2 ** i) % 2 === 1) disk[at] = value;
    left.add(disk.join(''));
  }
  return [...left].sort();
}

function afterCrash(made: () => { crash(): void; contents(): readonly Block[] }) {
  const { ways } = every(sample, () => {
    const machine = made();
    machine.crash();
    return digits(machine.contents());
  });
  return [...new Set(ways.map((way) => way.value))].sort();
}

test('a cached disk loses exactly the subsets of its unflushed writes', () => {
  const writes = [0, 1].flatMap((address) => [0, 1].map((value) => ({ address, values: [value] })));
  const found = [0, 0, 0, 0, 0];
  for (const { start, row, left } of workloads([...writes, 'flush'], 4)) {
    const states = afterCrash(() => {
      const disk = new CachedDisk(start.map(block));
      for (const step of row)
        if (step === 'flush') disk.flush();
        else disk.write(step.address, block(step.values[0]!));
      return { crash: () => disk.crash(), contents: () => disk.blocks };
    });
    expect(states, JSON.stringify({ start, row })).toEqual(left);
    found[states.length]!++;
  }
  // Of 4 * (1 + 5 + 25 + 125 + 625) workloads: how many may leave 1, 2, 3 and 4 contents.
  expect(found).toEqual([0, 1124, 1360, 0, 640]);
});

test('a write of several sectors is torn in every way, and no other', () => {
  const pairs = tuples([0, 1], 2).map((values) => ({ address: 0, values }));
  const single = { address: 1, values: [1] };
  const found = [0, 0, 0, 0, 0];
  for (const { start, row, left } of workloads([...pairs, single, 'flush'], 3)) {
    const states = afterCrash(() => {
      const disk = new SectorDisk(start.map(block));
      for (const step of row)
        if (step === 'flush') disk.flush();
        else disk.write(step.address, step.values.map(block));
      return { crash: () => disk.crash(), contents: () => disk.sectors };
    });
    expect(states, JSON.stringify({ start, row })).toEqual(left);
    found[states.length]!++;
  }
  expect(found).toEqual([0, 264, 304, 0, 468]);
});

test('reads see the last write, flushed or not; outside the disk nothing is written', () => {
  const disk = new CachedDisk([block(0), block(0)]);
  disk.write(0, block(1));
  expect(digits([disk.read(0), disk.read(1)])).toBe('10');
  disk.write(2, block(1));
  disk.write(-1, block(1));
  expect(digits(disk.blocks)).toBe('10');
  expect(disk.older.map(digits)).toEqual(['00']);
  const sectors = new SectorDisk([block(0), block(0)]);
  sectors.write(1, [block(1), block(1)]);
  expect(digits(sectors.sectors)).toBe('00');
  sectors.write(0, [block(1), block(1)]);
  expect(digits([sectors.read(0), sectors.read(1)])).toBe('11');
});
