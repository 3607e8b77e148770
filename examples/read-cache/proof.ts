import { refinement, sameBlocks } from 'plimsoll';
import { ReadCache } from './code.ts';
import { Disk } from './spec.ts';

export const readCache = refinement({
  promise: Disk,
  code: ReadCache,
  on: Disk,
  abstraction: (promised, disk, code) =>
    sameBlocks(promised.blocks, disk.blocks) && sameBlocks(code.held, disk.blocks),
  crash: (before, after, disk) =>
    sameBlocks(before.blocks, disk.blocks) || sameBlocks(after.blocks, disk.blocks),
  initially: (disk) => new Disk(disk.blocks),
});
