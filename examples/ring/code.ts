/**
 * A ring of blocks: the queue is what lies from head up to tail, around the end of the disk.
 *
 * One block stays empty, so that a full ring is no empty one. A block is written where nobody
 * looks; the number that is written after it puts it into the queue, all at once.
 */
import type { Block, Operations } from 'plimsoll';
import type { NumberedDisk, Queue } from './spec.ts';

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
    return address + 1 === this.disk.size() ? 0 : address + 1;
  }
}
