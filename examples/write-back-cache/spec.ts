import { anyBlock, anyBlocks, anyBoolean, anyInteger, type Block } from 'plimsoll';

/**
 * The promise: a disk with a volatile cache.
 *
 * A block that was flushed is durable. Of a block that was written since, any of the contents it
 * was given, or the one before them, is left when power goes: each block on its own, because
 * before every operation some block may be written back unasked.
 */
export class CachedDisk {
  /** What reads see. */
  blocks: Block[];
  /** What is left when power goes. */
  durable: Block[];

  constructor(blocks: readonly Block[]) {
    this.blocks = [...blocks];
    this.durable = [...blocks];
  }

  /** Any contents, all of them durable. */
  static initial(): CachedDisk {
    return new CachedDisk(anyBlocks());
  }

  /** The block at `address` as it was written last; outside the disk, any block. */
  read(address: number): Block {
    return this.has(address) ? this.blocks[address]! : anyBlock();
  }

  /** Replaces the block at `address`, for now in the cache; outside the disk, nothing. */
  write(address: number, block: Block): void {
    if (this.has(address)) this.blocks[address] = block;
  }

  /** Makes the block at `address` durable; outside the disk, nothing. */
  flush(address: number): void {
    if (this.has(address)) this.durable[address] = this.blocks[address]!;
  }

  /** How many blocks there are. */
  size(): number {
    return this.blocks.length;
  }

  /** Some block may be written back. */
  fault(): void {
    if (this.blocks.length > 0 && anyBoolean()) this.flush(anyInteger(0, this.blocks.length - 1));
  }

  /** What was not written back is lost. */
  crash(): void {
    this.blocks = [...this.durable];
  }

  private has(address: number): boolean {
    return 0 <= address && address < this.blocks.length;
  }
}
