import type { Block } from './block.ts';
import { anyBlock, anyBlocks } from './choice.ts';

/** One disk whose writes are atomic, and durable when they return. */
export class Disk {
  static readonly symmetric = 'blocks';

  blocks: Block[];

  constructor(blocks: readonly Block[]) {
    this.blocks = [...blocks];
  }

  static initial(): Disk {
    return new Disk(anyBlocks());
  }

  /** The block at `address`; outside the disk, any block. */
  read(address: number): Block {
    return this.has(address) ? this.blocks[address]! : anyBlock();
  }

  /** Replaces the block at `address`; outside the disk, nothing. */
  write(address: number, block: Block): void {
    if (this.has(address)) this.blocks[address] = block;
  }

  /** How many blocks there are. */
  size(): number {
    return this.blocks.length;
  }

  /** Every write that returned is durable: nothing is lost. */
  crash(): void {}

  private has(address: number): boolean {
    return 0 <= address && address < this.blocks.length;
  }
}
