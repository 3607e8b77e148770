import { anyBlock, anyBlocks, anyBoolean, anyInteger, type Block } from 'plimsoll';

/**
 * A disk whose blocks go bad, beside a table of numbers that do not.
 *
 * A block that has gone bad takes no more writes; what it holds can still be read. The table has an
 * entry for each block that users see. There are more blocks than entries: the rest is spare.
 */
export class WornDisk {
  blocks: Block[];
  bad: boolean[];
  table: number[];

  constructor(blocks: readonly Block[], entries: number) {
    this.blocks = [...blocks];
    this.bad = new Array<boolean>(blocks.length).fill(false);
    this.table = new Array<number>(entries).fill(0);
  }

  /** Any contents, any number of spare blocks; nothing is bad yet. */
  static initial(): WornDisk {
    const blocks = anyBlocks();
    const entries = anyInteger(0, blocks.length);
    return new WornDisk(blocks, entries);
  }

  /** The block in a place; outside the disk, any block. */
  read(place: number): Block {
    return this.has(place) ? this.blocks[place]! : anyBlock();
  }

  /** Replaces the block in a place; false, and nothing happens, if there is no good block. */
  write(place: number, block: Block): boolean {
    if (!this.has(place) || this.bad[place] !== false) return false;
    this.blocks[place] = block;
    return true;
  }

  /** How many places there are. */
  places(): number {
    return this.blocks.length;
  }

  /** An entry of the table; outside the table, 0. */
  entry(address: number): number {
    return this.lists(address) ? this.table[address]! : 0;
  }

  /** Replaces an entry of the table; outside the table, nothing. */
  setEntry(address: number, place: number): void {
    if (this.lists(address)) this.table[address] = place;
  }

  /** How many entries the table has. */
  entries(): number {
    return this.table.length;
  }

  /** Some block may go bad, for good. */
  fault(): void {
    if (this.bad.length > 0 && anyBoolean()) this.bad[anyInteger(0, this.bad.length - 1)] = true;
  }

  /** Every write that returned is durable: nothing is lost. */
  crash(): void {}

  private has(place: number): boolean {
    return 0 <= place && place < this.blocks.length;
  }

  private lists(address: number): boolean {
    return 0 <= address && address < this.table.length;
  }
}
