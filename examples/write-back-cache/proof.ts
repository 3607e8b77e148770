import { Disk, forall, refinement, sameBlock, sameBlocks } from 'plimsoll';
import { WriteBackCache } from './code.ts';
import { CachedDisk } from './spec.ts';

export const layer = refinement({
  promise: CachedDisk,
  code: WriteBackCache,
  on: Disk,
  abstraction: (cached, disk, code) =>
    sameBlocks(cached.durable, disk.blocks) &&
    cached.blocks.length === disk.blocks.length &&
    code.held.length === disk.blocks.length &&
    0 <= code.hand &&
    code.hand <= code.held.length &&
    forall(0, code.held.length, (i) =>
      sameBlock(cached.blocks[i]!, code.held[i] ?? disk.blocks[i]!),
    ),
  crash: (before, after, disk) =>
    sameBlocks(before.durable, disk.blocks) || sameBlocks(after.durable, disk.blocks),
  initially: (disk) => new CachedDisk(disk.blocks),
});
