// expect: refuted
// because: write() does not look whether the block took what was written
import {
  type Block,
  forall,
  implies,
  invariant,
  type Operations,
  refinement,
  sameBlock,
  stateOf,
  zeroBlock,
} from 'plimsoll';
import { Disk } from '../spec.ts';
import { WornDisk } from '../worn-disk.ts';

export class Remap implements Operations<Disk> {
  private readonly disk: Operations<WornDisk>;
  /** The table names no place from this one on. */
  unused = 0;

  constructor(disk: Operations<WornDisk>) {
    this.disk = disk;
  }

  /** The first blocks are the ones that users see, with what is in them; the rest is spare. */
  init(): boolean {
    const size = this.disk.entries();
    if (size > this.disk.places()) return false;
    for (let address = 0; address < size; address++) {
      invariant(() => forall(0, address, (i) => stateOf<WornDisk>(this.disk).table[i]! === i));
      this.disk.setEntry(address, address);
    }
    this.unused = size;
    return true;
  }

  read(address: number): Block {
    return this.has(address) ? this.disk.read(this.disk.entry(address)) : zeroBlock;
  }

  write(address: number, block: Block): void {
    if (this.has(address)) this.disk.write(this.disk.entry(address), block);
  }

  size(): number {
    return this.disk.entries();
  }

  recover(): void {
    const size = this.disk.entries();
    let unused = size;
    for (let address = 0; address < size; address++) {
      invariant(() => size <= unused && unused <= stateOf<WornDisk>(this.disk).blocks.length);
      invariant(() => forall(0, address, (i) => stateOf<WornDisk>(this.disk).table[i]! < unused));
      unused = Math.max(unused, this.disk.entry(address) + 1);
    }
    this.unused = unused;
  }

  private has(address: number): boolean {
    return 0 <= address && address < this.disk.entries();
  }
}

export const layer = refinement({
  promise: Disk,
  code: Remap,
  on: WornDisk,
  abstraction: (disk, worn, code) =>
    holds(worn, disk.blocks) &&
    0 <= code.unused &&
    code.unused <= worn.blocks.length &&
    forall(0, worn.table.length, (i) => worn.table[i]! < code.unused),
  crash: (before, after, worn) => holds(worn, before.blocks) || holds(worn, after.blocks),
  initially: (worn) => new Disk(worn.blocks.slice(0, worn.table.length)),
});

/** Whether the table leads to these blocks, to each of them by a place of its own. */
function holds(worn: WornDisk, blocks: readonly Block[]): boolean {
  return (
    worn.table.length === blocks.length &&
    worn.table.length <= worn.blocks.length &&
    forall(0, blocks.length, (i) => isPlace(worn, worn.table[i]!)) &&
    forall(0, blocks.length, (i) => sameBlock(worn.blocks[worn.table[i]!]!, blocks[i]!)) &&
    forall(0, blocks.length, (i) =>
      forall(0, blocks.length, (j) => implies(i !== j, worn.table[i]! !== worn.table[j]!)),
    )
  );
}

function isPlace(worn: WornDisk, place: number): boolean {
  return 0 <= place && place < worn.blocks.length;
}
