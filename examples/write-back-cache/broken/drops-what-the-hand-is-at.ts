// expect: refuted
// because: the hand makes room without writing back, though no power was lost
import {
  type Block,
  Disk,
  forall,
  type Operations,
  refinement,
  sameBlock,
  sameBlocks,
  zeroBlock,
} from 'plimsoll';
import { CachedDisk } from '../spec.ts';

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
    if (this.has(this.hand)) this.held[this.hand] = null;
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

export const layer = refinement({
  promise: CachedDisk,
  code: WriteBackCache,
  on: Disk,
  abstraction: (cached, disk, code) =>
    sameBlocks(cached.durable, disk.blocks) &&
    cached.blocks.length === disk.blocks.length &&
    code.held.length === disk.blocks.length &&
    0 <= code.hand &&
    code.hand <= code.held.length &&
    forall(0, code.held.length, (i) =>
      sameBlock(cached.blocks[i]!, code.held[i] ?? disk.blocks[i]!),
    ),
  crash: (before, after, disk) =>
    sameBlocks(before.durable, disk.blocks) || sameBlocks(after.durable, disk.blocks),
  initially: (disk) => new CachedDisk(disk.blocks),
});
