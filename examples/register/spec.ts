/** The promise: a value of many blocks that is written as a whole, or not at all. */
import { anyBlock, anyBlocks, anyOf, type Block } from 'plimsoll/model';

export class Register {
  blocks: Block[];

  constructor(blocks: readonly Block[]) {
    this.blocks = [...blocks];
  }

  static initial(): Register {
    return new Register(anyBlocks());
  }

  /** How many blocks the value has. */
  size(): number {
    return this.blocks.length;
  }

  /** One block of the value; outside it, any block. */
  read(index: number): Block {
    if (index < 0 || index >= this.blocks.length) return anyBlock();
    return this.blocks[index]!;
  }

  /** Replaces the whole value; false, and nothing, for a value of another size. */
  write(value: readonly Block[]): boolean {
    if (value.length !== this.blocks.length) return false;
    this.blocks = [...value];
    return true;
  }

  crash(): void {}
}

/** A version: 0, 1, 2, and 0 again. No two slots are ever further apart than one. */
export type Version = 0 | 1 | 2;

/**
 * What is trusted: a disk whose writes are atomic, and durable when they return. Two of its blocks
 * hold a version each; on a disk that was never used they hold any.
 */
export class VersionedDisk {
  blocks: Block[];
  firstVersion: Version;
  secondVersion: Version;

  constructor(blocks: readonly Block[], firstVersion: Version, secondVersion: Version) {
    this.blocks = [...blocks];
    this.firstVersion = firstVersion;
    this.secondVersion = secondVersion;
  }

  static initial(): VersionedDisk {
    const first = anyOf([0, 1, 2] as const);
    return new VersionedDisk(anyBlocks(), first, anyOf([0, 1, 2] as const));
  }

  readVersion(slot: 0 | 1): Version {
    return slot === 0 ? this.firstVersion : this.secondVersion;
  }

  writeVersion(slot: 0 | 1, version: Version): void {
    if (slot === 0) this.firstVersion = version;
    else this.secondVersion = version;
  }

  /** The block at `address`; outside the disk, any block. */
  read(address: number): Block {
    return this.has(address) ? this.blocks[address]! : anyBlock();
  }

  /** Replaces the block at `address`; outside the disk, nothing. */
  write(address: number, block: Block): void {
    if (this.has(address)) this.blocks[address] = block;
  }

  /** How many blocks there are, beside the two with the versions. */
  size(): number {
    return this.blocks.length;
  }

  crash(): void {}

  private has(address: number): boolean {
    return 0 <= address && address < this.blocks.length;
  }
}
