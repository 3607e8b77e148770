/**
 * The promise: blocks, each of them used or free.
 *
 * What was handed out stays handed out when power goes. If power goes while allocate() runs, a
 * block may be used that nobody was told of; if while free() runs, the block is used or free.
 */
import { anyBlocks, forall, invariant } from 'plimsoll';

export class Allocator {
  used: boolean[];

  constructor(size: number) {
    this.used = new Array<boolean>(size).fill(false);
  }

  /** Any number of blocks, all of them free. */
  static initial(): Allocator {
    return new Allocator(anyBlocks().length);
  }

  /** The first free block, which is used from now on; null if there is none. */
  allocate(): number | null {
    const index = this.firstFree();
    if (index !== null) this.used[index] = true;
    return index;
  }

  /** Gives a block back. Nothing happens to a block that is free or does not exist. */
  free(index: number): void {
    if (0 <= index && index < this.used.length) this.used[index] = false;
  }

  /** Nothing is lost. */
  crash(): void {}

  private firstFree(): number | null {
    for (let index = 0; index < this.used.length; index++) {
      invariant(() => forall(0, index, (i) => this.used[i]!));
      if (this.used[index] === false) return index;
    }
    return null;
  }
}
