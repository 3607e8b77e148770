/**
 * A copy of the whole disk in memory: reads are answered from there, writes go to both.
 *
 * The disk comes first: what memory has and the disk has not would be lost with the power.
 */
import {
  type Block,
  type Disk,
  forall,
  invariant,
  type Operations,
  sameBlock,
  stateOf,
  zeroBlock,
} from 'plimsoll';

export class ReadCache implements Operations<Disk> {
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
    this.held[address] = block;
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
