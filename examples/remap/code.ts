/**
 * A table says in which place the block of each address is; at first, in the place of that number.
 *
 * When a place takes no more writes, the block moves to the first spare place that does. Places are
 * taken in order and never given back, so that recovery needs the table only.
 */
import {
  assume,
  type Block,
  forall,
  invariant,
  type Operations,
  stateOf,
  zeroBlock,
} from 'plimsoll';
import type { Disk } from './spec.ts';
import type { WornDisk } from './worn-disk.ts';

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
    if (!this.has(address) || this.disk.write(this.disk.entry(address), block)) return;
    const place = this.writeSpare(block);
    assume(place !== null, 'there is a good spare block for every block that goes bad');
    // Power lost here leaves the old block: nothing names the spare place yet.
    this.disk.setEntry(address, place);
    this.unused = place + 1;
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

  /** Puts a block into the first spare place that takes it, and names the place. */
  private writeSpare(block: Block): number | null {
    const places = this.disk.places();
    for (let place = this.unused; place < places; place++) {
      invariant(() => stateOf<WornDisk>(this.disk).blocks.length === places);
      if (this.disk.write(place, block)) return place;
    }
    return null;
  }

  private has(address: number): boolean {
    return 0 <= address && address < this.disk.entries();
  }
}
