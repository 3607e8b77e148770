// expect: refuted
// because: a block that was written is read from memory as it was before
import {
  type Block,
  forall,
  invariant,
  type Operations,
  refinement,
  sameBlock,
  sameBlocks,
  stateOf,
  zeroBlock,
} from 'plimsoll';
import { Disk } from '../spec.ts';

class ReadCache implements Operations<Disk> {
  private readonly disk: Operations<Disk>;
  /** What the disk has. */
  held: Block[] = [];

  constructor(disk: Operations<Disk>) {
    this.disk = disk;
  }

  /** Takes the disk as it is. */
  init(): boolean {
    this.recover();
    return true;
  }

  read(address: number): Block {
    return this.has(address) ? this.held[address]! : zeroBlock;
  }

  write(address: number, block: Block): void {
    if (!this.has(address)) return;
    this.disk.write(address, block);
  }

  size(): number {
    return this.held.length;
  }

  /** Fills the memory, which is empty after every start. */
  recover(): void {
    const held: Block[] = [];
    const size = this.disk.size();
    for (let address = 0; address < size; address++) {
      invariant(() => held.length === address && stateOf<Disk>(this.disk).blocks.length === size);
      invariant(() =>
        forall(0, address, (i) => sameBlock(held[i]!, stateOf<Disk>(this.disk).blocks[i]!)),
      );
      held.push(this.disk.read(address));
    }
    this.held = held;
  }

  private has(address: number): boolean {
    return 0 <= address && address < this.held.length;
  }
}

export const readCache = refinement({
  promise: Disk,
  code: ReadCache,
  on: Disk,
  abstraction: (promised, disk, code) =>
    sameBlocks(promised.blocks, disk.blocks) && sameBlocks(code.held, disk.blocks),
  crash: (before, after, disk) =>
    sameBlocks(before.blocks, disk.blocks) || sameBlocks(after.blocks, disk.blocks),
  initially: (disk) => new Disk(disk.blocks),
});
