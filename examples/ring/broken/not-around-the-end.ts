// expect: refuted
// because: head and tail leave the disk at its end
import { type Block, forall, type Operations, refinement, sameBlock } from 'plimsoll';
import { NumberedDisk, Queue } from '../spec.ts';

export class Ring implements Operations<Queue> {
  private readonly disk: Operations<NumberedDisk>;

  constructor(disk: Operations<NumberedDisk>) {
    this.disk = disk;
  }

  init(): boolean {
    this.disk.writeHead(0);
    this.disk.writeTail(0);
    return this.disk.size() > 0;
  }

  push(block: Block): boolean {
    const tail = this.disk.readTail();
    const next = this.after(tail);
    if (next === this.disk.readHead()) return false;
    this.disk.write(tail, block);
    this.disk.writeTail(next);
    return true;
  }

  pop(): Block | null {
    const head = this.disk.readHead();
    if (head === this.disk.readTail()) return null;
    const oldest = this.disk.read(head);
    this.disk.writeHead(this.after(head));
    return oldest;
  }

  length(): number {
    const distance = this.disk.readTail() - this.disk.readHead();
    return distance < 0 ? distance + this.disk.size() : distance;
  }

  recover(): void {}

  /** The address that follows another one in the ring. */
  private after(address: number): number {
    return address + 1;
  }
}

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
