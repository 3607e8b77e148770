import type { Block } from './block.ts';
import { anyBlock, anyBlocks, anyBoolean } from './choice.ts';
import { assume } from './ghost.ts';
import { mayBeLeft } from './survival.ts';

/**
 * One disk with a volatile cache that writes several consecutive sectors at once, not atomically.
 *
 * A power failure tears a write that was not flushed: any of its sectors may be new, the others
 * are as they were, or as any other such write left them. A sector itself is never torn.
 */
export class SectorDisk {
  static readonly symmetric = 'blocks';

  /** What reads see, sector by sector. */
  sectors: readonly Block[];
  /** The contents before each write since the last flush. */
  older: readonly (readonly Block[])[];

  constructor(sectors: readonly Block[]) {
    this.sectors = [...sectors];
    this.older = [];
  }

  /** Any contents, all of them durable. */
  static initial(): SectorDisk {
    return new SectorDisk(anyBlocks());
  }

  /** The sector at `address` as it was written last; outside the disk, any content. */
  read(address: number): Block {
    const inside = 0 <= address && address < this.sectors.length;
    return inside ? this.sectors[address]! : anyBlock();
  }

  /** Replaces the sectors from `address` on, in the cache; if not all are there, none. */
  write(address: number, contents: readonly Block[]): void {
    const inside = 0 <= address && address <= this.sectors.length - contents.length;
    if (!inside) return;
    this.older = [...this.older, this.sectors];
    this.sectors = [
      ...this.sectors.slice(0, address),
      ...contents,
      ...this.sectors.slice(address + contents.length),
    ];
  }

  /** Makes every write so far durable. */
  flush(): void {
    this.older = [];
  }

  /** How many sectors there are. */
  size(): number {
    return this.sectors.length;
  }

  /** Any sector of the writes that were not flushed may be lost, each on its own. */
  crash(): void {
    // That all of them survive is among the answers anyway; said first, it shows there is one.
    const left = anyBoolean() ? [...this.sectors] : anyBlocks();
    assume(mayBeLeft(left, this.sectors, this.older), 'a cache loses whole writes of sectors');
    this.sectors = left;
    this.older = [];
  }
}
