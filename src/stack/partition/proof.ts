import { type Block, exists, forall, isSealed, sameBlock } from '../../model/index.ts';
import { refinement } from '../../refine/layer.ts';
import { Partition, reserved } from './code.ts';
import { TearingDisk, Untouched } from './spec.ts';

export const partition = refinement({
  promise: TearingDisk,
  code: Partition,
  on: TearingDisk,
  abstraction: (part, disk) =>
    within(part.blocks, disk.blocks) &&
    part.older.length === disk.older.length &&
    forall(0, disk.older.length, (j) => within(part.older[j]!, disk.older[j]!)) &&
    forall(0, disk.older.length, (j) => disk.older[j]!.length === disk.blocks.length),
  crash: (before, after, disk) => fewer(before, disk) || fewer(after, disk),
  initially: (disk) => new TearingDisk(disk.blocks.slice(reserved())),
  bounds: { length: 3, operations: 3 },
});

export const untouched = refinement({
  promise: Untouched,
  code: Partition,
  on: TearingDisk,
  abstraction: kept,
  crash: (before, _after, disk) => kept(before, disk),
  initially: (disk) =>
    new Untouched(disk.blocks.slice(0, reserved()), disk.blocks.length - reserved()),
  bounds: { length: 3, operations: 3 },
});

function kept(promised: Untouched, disk: TearingDisk): boolean {
  return (
    promised.reserved.length === reserved() &&
    promised.length >= 0 &&
    disk.blocks.length === promised.length + reserved() &&
    begins(disk.blocks, promised) &&
    forall(0, disk.older.length, (j) => begins(disk.older[j]!, promised))
  );
}

/** Whether these begin with what is reserved. */
function begins(blocks: readonly Block[], promised: Untouched): boolean {
  return forall(0, reserved(), (i) => sameBlock(blocks[i]!, promised.reserved[i]!));
}

/** Whether these are the blocks behind those that are reserved. */
function within(part: readonly Block[], whole: readonly Block[]): boolean {
  return (
    part.length + reserved() === whole.length &&
    forall(0, part.length, (i) => sameBlock(part[i]!, whole[reserved() + i]!))
  );
}

/** Whatever may be left of the disk may be left of the part of it. */
function fewer(part: TearingDisk, disk: TearingDisk): boolean {
  return left(disk.blocks, part) && forall(0, disk.older.length, (j) => left(disk.older[j]!, part));
}

/** Whether these may be left, behind the blocks that are reserved: mayBeLeftOrTorn. */
function left(whole: readonly Block[], part: TearingDisk): boolean {
  return (
    part.blocks.length + reserved() === whole.length &&
    forall(0, part.blocks.length, (i) => had(part, i, whole[reserved() + i]!))
  );
}

function had(part: TearingDisk, i: number, block: Block): boolean {
  return (
    sameBlock(block, part.blocks[i]!) ||
    exists(0, part.older.length, (j) => sameBlock(block, part.older[j]![i]!)) ||
    (!isSealed(block) &&
      exists(0, part.older.length, (j) => !sameBlock(part.older[j]![i]!, part.blocks[i]!)))
  );
}
