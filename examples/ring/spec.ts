/** The promise: a queue of blocks that loses nothing, and gives nothing twice, when power goes. */
import { anyBlock, anyBlocks, anyInteger, type Block } from 'plimsoll/model';

export class Queue {
  blocks: Block[];
  /** How many blocks there can be. */
  room: number;

  constructor(blocks: readonly Block[], room: number) {
    this.blocks = [...blocks];
    this.room = room;
  }

  static initial(): Queue {
    return new Queue([], anyBlocks().length);
  }

  /** Puts a block at the end; false, and nothing, if there is no room. */
  push(block: Block): boolean {
    if (this.blocks.length >= this.room) return false;
    this.blocks.push(block);
    return true;
  }

  /** Takes the oldest block; null if there is none. */
  pop(): Block | null {
    if (this.blocks.length === 0) return null;
    const oldest = this.blocks[0]!;
    this.blocks = this.blocks.slice(1);
    return oldest;
  }

  /** How many blocks there are. */
  length(): number {
    return this.blocks.length;
  }

  crash(): void {}
}

/**
 * What is trusted: a disk whose writes are atomic, and durable when they return. Two of its blocks
 * hold a number each, head and tail; on a disk that was never used they hold any.
 */
export class NumberedDisk {
  blocks: Block[];
  head: number;
  tail: number;

  constructor(blocks: readonly Block[], head: number, tail: number) {
    this.blocks = [...blocks];
    this.head = head;
    this.tail = tail;
  }

  static initial(): NumberedDisk {
    return new NumberedDisk(anyBlocks(), anyInteger(0, 2), anyInteger(0, 2));
  }

  readHead(): number {
    return this.head;
  }

  writeHead(head: number): void {
    this.head = head;
  }

  readTail(): number {
    return this.tail;
  }

  writeTail(tail: number): void {
    this.tail = tail;
  }

  /** The block at `address`; outside the disk, any block. */
  read(address: number): Block {
    return this.has(address) ? this.blocks[address]! : anyBlock();
  }

  /** Replaces the block at `address`; outside the disk, nothing. */
  write(address: number, block: Block): void {
    if (this.has(address)) this.blocks[address] = block;
  }

  /** How many blocks there are, beside the two with the numbers. */
  size(): number {
    return this.blocks.length;
  }

  crash(): void {}

  private has(address: number): boolean {
    return 0 <= address && address < this.blocks.length;
  }
}
