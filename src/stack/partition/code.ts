/**
 * The part of a disk from an address on. What lies before it is left to others.
 *
 * An address outside of the part never comes to the disk: it might be one that is reserved.
 */
import {
  type Block,
  ensures,
  type Operations,
  opaque,
  type TearingDisk,
  zeroBlock,
} from '../../model/index.ts';

/** How many blocks are reserved. Of this number the proof knows nothing: any will do. */
export function reserved(): number {
  ensures(() => 0 <= reserved());
  opaque();
  return 1;
}

export class Partition implements Operations<TearingDisk> {
  private readonly disk: Operations<TearingDisk>;

  constructor(disk: Operations<TearingDisk>) {
    this.disk = disk;
  }

  /** Takes the blocks as they are. A disk without all that is reserved is refused. */
  init(): boolean {
    return this.disk.size() >= reserved();
  }

  read(address: number): Block {
    return this.has(address) ? this.disk.read(reserved() + address) : zeroBlock;
  }

  write(address: number, block: Block): void {
    if (this.has(address)) this.disk.write(reserved() + address, block);
  }

  flush(): void {
    this.disk.flush();
  }

  size(): number {
    return this.disk.size() - reserved();
  }

  recover(): void {}

  private has(address: number): boolean {
    return 0 <= address && address < this.size();
  }
}
