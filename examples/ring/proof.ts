import { forall, refinement, sameBlock } from 'plimsoll';
import { Ring } from './code.ts';
import { NumberedDisk, Queue } from './spec.ts';

export const ring = refinement({
  promise: Queue,
  code: Ring,
  on: NumberedDisk,
  // Left out, the crash invariant is this: of the queue before an operation, or after it.
  abstraction: (queue, disk) =>
    within(disk, disk.head) &&
    within(disk, disk.tail) &&
    queue.room === disk.blocks.length - 1 &&
    queue.blocks.length === distance(disk) &&
    forall(0, distance(disk), (i) => sameBlock(queue.blocks[i]!, disk.blocks[address(disk, i)]!)),
  initially: (disk) => new Queue([], disk.blocks.length - 1),
  bounds: { length: 3 },
});

function within(disk: NumberedDisk, address: number): boolean {
  return 0 <= address && address < disk.blocks.length;
}

/** How many blocks lie from head up to tail. */
function distance(disk: NumberedDisk): number {
  const straight = disk.tail - disk.head;
  return straight < 0 ? straight + disk.blocks.length : straight;
}

/** Where the block lies that is `i` blocks behind head. */
function address(disk: NumberedDisk, i: number): number {
  const straight = disk.head + i;
  return straight < disk.blocks.length ? straight : straight - disk.blocks.length;
}
