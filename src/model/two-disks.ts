import type { Block } from './block.ts';
import { anyBlock, anyBlocks, anyBoolean } from './choice.ts';

/**
 * Two disks, of which one may die at any moment, never both.
 *
 * A disk that has died stays dead and answers null or false. As in Argosy's two-disk machine
 * (Chajed et al., PLDI 2019), but there no disk can die while a program runs.
 */
export class TwoDisks {
  static readonly symmetric = 'blocks';

  first: Block[];
  second: Block[];
  firstWorks: boolean;
  secondWorks: boolean;

  constructor(
    first: readonly Block[],
    second: readonly Block[],
    firstWorks: boolean,
    secondWorks: boolean,
  ) {
    this.first = [...first];
    this.second = [...second];
    this.firstWorks = firstWorks;
    this.secondWorks = secondWorks;
  }

  /** Any contents, any sizes; at most one disk is dead. */
  static initial(): TwoDisks {
    const bothWork = anyBoolean();
    const firstWorks = bothWork || anyBoolean();
    return new TwoDisks(anyBlocks(), anyBlocks(), firstWorks, bothWork || !firstWorks);
  }

  /** The block at `address` of a disk, outside the disk any block; null if the disk is dead. */
  read(disk: 0 | 1, address: number): Block | null {
    if (!this.works(disk)) return null;
    if (!this.has(disk, address)) return anyBlock();
    return disk === 0 ? this.first[address]! : this.second[address]!;
  }

  /** Replaces a block of a disk, outside the disk nothing; whether the disk works. */
  write(disk: 0 | 1, address: number, block: Block): boolean {
    if (!this.works(disk)) return false;
    if (this.has(disk, address)) {
      if (disk === 0) this.first[address] = block;
      else this.second[address] = block;
    }
    return true;
  }

  /** How many blocks a disk has; null if it is dead. */
  size(disk: 0 | 1): number | null {
    if (!this.works(disk)) return null;
    return disk === 0 ? this.first.length : this.second.length;
  }

  /** A disk may die, as long as the other works. */
  fault(): void {
    if (this.firstWorks && this.secondWorks && anyBoolean()) {
      if (anyBoolean()) this.firstWorks = false;
      else this.secondWorks = false;
    }
  }

  /** Every write that returned is durable: nothing is lost. */
  crash(): void {}

  private works(disk: 0 | 1): boolean {
    return disk === 0 ? this.firstWorks : this.secondWorks;
  }

  private has(disk: 0 | 1, address: number): boolean {
    const size = disk === 0 ? this.first.length : this.second.length;
    return 0 <= address && address < size;
  }
}
