/**
 * The machines of the published system (Chajed, Tassarotti, Kaashoek, Zeldovich, PLDI 2019): two
 * disks of which one may be missing, and a disk with one transaction at a time.
 */
import { anyBlock, anyBlocks, anyBoolean, type Block } from '../../../src/model/index.ts';

/** Two disks as they are published: one may be missing, but none fails while a program runs. */
export class LastingPair {
  /** Its blocks; null if the disk is missing. */
  first: readonly Block[] | null;
  second: readonly Block[] | null;

  constructor(first: readonly Block[] | null, second: readonly Block[] | null) {
    this.first = first;
    this.second = second;
  }

  static initial(): LastingPair {
    return someOf(new LastingPair(anyBlocks(), anyBlocks()));
  }

  read(disk: 0 | 1, address: number): Block | null {
    const blocks = this.disk(disk);
    return blocks && (blocks[address] ?? anyBlock());
  }

  write(disk: 0 | 1, address: number, block: Block): boolean {
    const blocks = this.disk(disk);
    if (!blocks) return false;
    if (address >= 0 && address < blocks.length) this.put(disk, blocks.with(address, block));
    return true;
  }

  size(disk: 0 | 1): number | null {
    return this.disk(disk)?.length ?? null;
  }

  crash(): void {}

  private disk(disk: 0 | 1): readonly Block[] | null {
    return disk === 0 ? this.first : this.second;
  }

  private put(disk: 0 | 1, blocks: readonly Block[]): void {
    if (disk === 0) this.first = blocks;
    else this.second = blocks;
  }
}

/** The same with what the publication meant: one of two disks may fail before any operation. */
export class FailingPair extends LastingPair {
  static override initial(): FailingPair {
    return someOf(new FailingPair(anyBlocks(), anyBlocks()));
  }

  fault(): void {
    if (!this.first || !this.second || !anyBoolean()) return;
    if (anyBoolean()) this.first = null;
    else this.second = null;
  }
}

/** A disk with a transaction: what is written is seen, and durable, when it is committed. */
export class TransactionalDisk {
  durable: readonly Block[];
  /** What the next commit makes durable. */
  written: readonly Block[];

  constructor(durable: readonly Block[], written: readonly Block[]) {
    this.durable = durable;
    this.written = written;
  }

  static initial(): TransactionalDisk {
    const blocks = anyBlocks();
    return new TransactionalDisk(blocks, blocks);
  }

  /** Outside the disk, any block. */
  read(address: number): Block {
    return this.durable[address] ?? anyBlock();
  }

  /** False if it is refused, which it always may be; outside the disk nothing is written. */
  write(address: number, block: Block): boolean {
    if (anyBoolean()) return false;
    if (address >= 0 && address < this.written.length)
      this.written = this.written.with(address, block);
    return true;
  }

  commit(): void {
    this.durable = this.written;
  }

  size(): number {
    return this.durable.length;
  }

  crash(): void {
    this.written = this.durable;
  }
}

/** Both disks, or only one of them. */
function someOf<P extends LastingPair>(pair: P): P {
  if (!anyBoolean()) return pair;
  if (anyBoolean()) pair.first = null;
  else pair.second = null;
  return pair;
}
