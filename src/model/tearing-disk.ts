import type { Block } from './block.ts';
import { anyBlock, anyBlocks, anyBoolean } from './choice.ts';
import { assume } from './ghost.ts';
import { mayBeLeftOrTorn } from './survival.ts';

/**
 * One disk with a volatile cache that may tear blocks.
 *
 * A power failure leaves any subset of the writes since the last flush, and may leave any block
 * that was written since as something that is not sealed: survival.ts says what.
 */
export class TearingDisk {
  /** What reads see. */
  blocks: readonly Block[];
  /** The contents before each write since the last flush. */
  older: readonly (readonly Block[])[];

  constructor(blocks: readonly Block[]) {
    this.blocks = [...blocks];
    this.older = [];
  }

  /** Any contents, all of them durable. */
  static initial(): TearingDisk {
    return new TearingDisk(anyBlocks());
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

  /** Any of the writes that were not flushed may be lost or torn, each on its own. */
  crash(): void {
    // That all of them survive is among the answers anyway; said first, it shows there is one.
    const left = anyBoolean() ? [...this.blocks] : anyBlocks();
    assume(
      mayBeLeftOrTorn(left, this.blocks, this.older),
      'a torn block does not match its checksum',
    );
    this.blocks = left;
    this.older = [];
  }

  private has(address: number): boolean {
    return 0 <= address && address < this.blocks.length;
  }
}
