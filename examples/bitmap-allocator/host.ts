/** A block of a real disk for each bit, because a block is written at once: tested only. */
import { type Disk, type Operations, sameBlock, zeroBlock } from 'plimsoll';
import { numberBlock } from '../number-block.ts';
import type { Flags } from './flags.ts';

const set = numberBlock.encode(1);

export function onDisk(disk: Operations<Disk>): Operations<Flags> {
  const has = (index: number) => 0 <= index && index < disk.size();
  return {
    size: () => disk.size(),
    get: (index) => has(index) && sameBlock(disk.read(index), set),
    set(index, flag) {
      if (has(index)) disk.write(index, flag ? set : zeroBlock);
    },
  };
}
