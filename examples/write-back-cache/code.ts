/**
 * A cache of the blocks that were written and are not on the disk yet.
 *
 * Each write also writes back the block under a hand that goes round, so that no block waits for
 * more writes than there are blocks. Nothing has to be recovered: a crash loses what was held.
 */
import { type Block, type Disk, type Operations, zeroBlock } from 'plimsoll';
import type { CachedDisk } from './spec.ts';

export class WriteBackCache implements Operations<CachedDisk> {
  private readonly disk: Operations<Disk>;
  /** The blocks that the disk does not have yet, by address. */
  held: (Block | null)[] = [];
  /** The block to be written back next. */
  hand = 0;

  constructor(disk: Operations<Disk>) {
    this.disk = disk;
  }

  /** Takes the disk as it is. */
  init(): boolean {
    this.recover();
    return true;
  }

  read(address: number): Block {
    if (!this.has(address)) return zeroBlock;
    return this.held[address] ?? this.disk.read(address);
  }

  write(address: number, block: Block): void {
    if (!this.has(address)) return;
    this.flush(this.hand);
    this.hand = this.hand + 1 < this.held.length ? this.hand + 1 : 0;
    this.held[address] = block;
  }

  flush(address: number): void {
    if (!this.has(address)) return;
    const block = this.held[address] ?? null;
    if (block === null) return;
    this.disk.write(address, block);
    this.held[address] = null;
  }

  size(): number {
    return this.held.length;
  }

  recover(): void {
    this.held = new Array<Block | null>(this.disk.size()).fill(null);
    this.hand = 0;
  }

  private has(address: number): boolean {
    return 0 <= address && address < this.held.length;
  }
}
