/** What a loss of power leaves of a disk that tears, against a list that knows no machine. */
import { expect, test } from 'vitest';
import { blockOf, isSealed, TearingDisk, zeroBlock } from '../model/index.ts';
import { contentOf, seal } from '../model/seal.ts';
import { every } from './choices.ts';

const [one, two] = [1, 2].map((byte) => seal(Uint8Array.of(byte))) as [typeof zeroBlock, never];
const plain = blockOf(Uint8Array.of(3));
const names = new Map([
  [zeroBlock, 'zeros'],
  [one, 'one'],
  [two, 'two'],
  [plain, 'plain'],
]);
const sample = { blocks: [...names.keys()], length: 2 };

function left(work: (disk: TearingDisk) => void): readonly string[] {
  const { ways } = every(sample, () => {
    const disk = new TearingDisk([one, plain]);
    work(disk);
    disk.crash();
    expect(disk.older).toEqual([]);
    return disk.blocks.map((block) => names.get(block)).join(' ');
  });
  return [...new Set(ways.map(({ value }) => value))].sort();
}

test('a block that was not written, or was flushed, is whole', () => {
  expect(left(() => {})).toEqual(['one plain']);
  expect(left((disk) => disk.write(2, two))).toEqual(['one plain']);
  expect(left((disk) => disk.write(0, one))).toEqual(['one plain']);
  const flushed = left((disk) => {
    disk.write(0, two);
    disk.flush();
  });
  expect(flushed).toEqual(['two plain']);
});

test('a block that was written is old, new, or anything that is not sealed', () => {
  expect(left((disk) => disk.write(0, two))).toEqual(
    ['one plain', 'plain plain', 'two plain', 'zeros plain'].sort(),
  );
  expect(left((disk) => disk.write(1, zeroBlock))).toEqual(['one plain', 'one zeros']);
  const there = left((disk) => {
    disk.write(0, two);
    disk.write(0, one);
  });
  expect(there).toEqual(['one plain', 'plain plain', 'two plain', 'zeros plain']);
});

test('what is sealed matches its checksum, and with a bit changed it does not', () => {
  const content = Uint8Array.of(7, 0, 0, 9, 0, 0);
  const block = seal(content);
  expect(isSealed(block)).toBe(true);
  expect(contentOf(block)).toEqual(Uint8Array.of(7, 0, 0, 9));
  const bytes = block as unknown as Uint8Array;
  expect(bytes).toHaveLength(8);
  for (let bit = 0; bit < 64; bit++) {
    const changed = bytes.slice();
    changed[bit >> 3]! ^= 1 << (bit & 7);
    expect(isSealed(blockOf(changed)), `bit ${bit}`).toBe(false);
  }
  expect(isSealed(zeroBlock)).toBe(false);
  expect(isSealed(seal(new Uint8Array(8)))).toBe(true);
  // CRC-32 of the digits, as it is given everywhere, before its last inversion.
  const digits = seal(Uint8Array.from('123456789', (digit) => digit.charCodeAt(0)));
  const sum = new DataView((digits as unknown as Uint8Array).buffer).getUint32(0, true);
  expect(~sum >>> 0).toBe(0xcbf43926);
});
