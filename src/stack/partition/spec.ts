/** The promise: a disk like the one below, and smaller. */
import { anyBlock, anyBlocks, type Block } from '../../model/index.ts';

export { TearingDisk } from '../../model/tearing-disk.ts';

/**
 * What users of the part cannot see: nobody comes to the blocks that are reserved. Of the others
 * nothing is said here.
 */
export class Untouched {
  readonly reserved: readonly Block[];
  readonly length: number;

  constructor(reserved: readonly Block[], length: number) {
    this.reserved = [...reserved];
    this.length = length;
  }

  static initial(): Untouched {
    return new Untouched(anyBlocks(), anyBlocks().length);
  }

  read(_address: number): Block {
    return anyBlock();
  }

  write(_address: number, _block: Block): void {}

  flush(): void {}

  size(): number {
    return this.length;
  }

  crash(): void {}
}
