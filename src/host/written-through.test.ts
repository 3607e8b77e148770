/** What a machine made of a disk does is what the machine itself may do. */
import { expect, test } from 'vitest';
import { blockOf, Disk, SectorDisk, sameBlocks, zeroBlock } from '../model/index.ts';
import { sectorsOn } from './written-through.ts';

const block = (value: number) => blockOf(new Uint8Array([value]));

test.for([-1, 0, 1, 2, 3])('three sectors written at %i are all there, or none', (address) => {
  const disk = new Disk(Array.from({ length: 4 }, () => zeroBlock));
  const machine = new SectorDisk(disk.blocks);
  const contents = [block(1), block(2), block(3)];
  sectorsOn(disk).write(address, contents);
  machine.write(address, contents);
  expect(sameBlocks(disk.blocks, machine.sectors)).toBe(true);
});
