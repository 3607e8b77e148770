import type { Block } from './block.ts';
import { anyBlock, anyBlocks, anyBoolean } from './choice.ts';
import { assume } from './ghost.ts';
import { mayBeLeft } from './survival.ts';

/**
 * One disk with a volatile cache: what is written is durable when the next flush returns.
 *
 * A power failure leaves any subset of the writes since the last flush: survival.ts says which.
 */
export class CachedDisk {
  static readonly symmetric = 'blocks';

  /** What reads see. */
  blocks: readonly Block[];
  /** The contents before each write since the last flush. */
  older: readonly (readonly Block[])[];

  constructor(blocks: readonly Block[]) {
    this.blocks = [...blocks];
    this.older = [];
  }

  /** Any contents, all of them durable. */
  static initial(): CachedDisk {
    return new CachedDisk(anyBlocks());
  }

  /** The block at `address` as it was written last; outside the disk, any block. */
  read(address: number): Block {
    return this.has(address) ? this.blocks[address]! : anyBlock();
  }

  /** Replaces the block at `address`, in the cache; outside the disk, nothing. */
  write(address: number, block: Block): void {
    if (!this.has(address)) return;
    const written = [...this.blocks];
    written[address] = block;
    this.older = [...this.older, this.blocks];
    this.blocks = written;
  }

  /** Makes every write so far durable. */
  flush(): void {
    this.older = [];
  }

  /** How many blocks there are. */
  size(): number {
    return this.blocks.length;
  }

  /** Any of the writes that were not flushed may be lost, each on its own. */
  crash(): void {
    // That all of them survive is among the answers anyway; said first, it shows there is one.
    const left = anyBoolean() ? [...this.blocks] : anyBlocks();
    assume(mayBeLeft(left, this.blocks, this.older), 'a cache loses whole writes of blocks');
    this.blocks = left;
    this.older = [];
  }

  private has(address: number): boolean {
    return 0 <= address && address < this.blocks.length;
  }
}
