import type { Block } from './block.ts';
import { anyBlock, anyBlocks, anyBoolean } from './choice.ts';
import { assume } from './ghost.ts';
import { mayBeLeftOrTorn } from './survival.ts';

type Blocks = readonly Block[];

/**
 * Two disks with volatile caches, of which one may die; each carries an epoch, a durable number.
 *
 * A disk that is not behind the other, in epochs, never dies after it: the other is there. A dead
 * disk stays dead until power comes back. Then it may be there again with what it had; or in its
 * place is an old image of it, or a new disk, of any contents and size. Such a disk is behind.
 */
export class TwoCachedDisks {
  /** What reads of the first disk see, and its contents before each write since its last flush. */
  first: Blocks;
  firstOlder: readonly Blocks[];
  firstWorks: boolean;
  firstBehind: boolean;
  second: Blocks;
  secondOlder: readonly Blocks[];
  secondWorks: boolean;
  secondBehind: boolean;

  constructor(
    first: Blocks,
    firstWorks: boolean,
    firstBehind: boolean,
    second: Blocks,
    secondWorks: boolean,
    secondBehind: boolean,
  ) {
    this.first = [...first];
    this.firstOlder = [];
    this.firstWorks = firstWorks;
    this.firstBehind = firstBehind;
    this.second = [...second];
    this.secondOlder = [];
    this.secondWorks = secondWorks;
    this.secondBehind = secondBehind;
  }

  /** Any contents, any sizes; one disk may be dead, or behind. */
  static initial(): TwoCachedDisks {
    const works = anyBoolean();
    const behind = anyBoolean();
    return anyBoolean()
      ? new TwoCachedDisks(anyBlocks(), works, behind, anyBlocks(), true, false)
      : new TwoCachedDisks(anyBlocks(), true, false, anyBlocks(), works, behind);
  }

  /** The block at `address` of a disk, outside the disk any block; null if the disk is dead. */
  read(disk: 0 | 1, address: number): Block | null {
    if (!this.works(disk)) return null;
    const blocks = disk === 0 ? this.first : this.second;
    return 0 <= address && address < blocks.length ? blocks[address]! : anyBlock();
  }

  /** Replaces a block of a disk, in its cache; outside the disk nothing. Whether the disk works. */
  write(disk: 0 | 1, address: number, block: Block): boolean {
    if (!this.works(disk)) return false;
    const blocks = disk === 0 ? this.first : this.second;
    if (address < 0 || address >= blocks.length) return true;
    const written = [...blocks];
    written[address] = block;
    if (disk === 0) {
      this.firstOlder = [...this.firstOlder, this.first];
      this.first = written;
    } else {
      this.secondOlder = [...this.secondOlder, this.second];
      this.second = written;
    }
    return true;
  }

  /** Makes every write to a disk so far durable; whether the disk works. */
  flush(disk: 0 | 1): boolean {
    if (!this.works(disk)) return false;
    if (disk === 0) this.firstOlder = [];
    else this.secondOlder = [];
    return true;
  }

  /** How many blocks a disk has; null if it is dead. */
  size(disk: 0 | 1): number | null {
    if (!this.works(disk)) return null;
    return disk === 0 ? this.first.length : this.second.length;
  }

  /** Whether the epoch of a disk is lower than that of the other; null if the disk is dead. */
  behind(disk: 0 | 1): boolean | null {
    if (!this.works(disk)) return null;
    return disk === 0 ? this.firstBehind : this.secondBehind;
  }

  /** Gives a disk an epoch above that of the other, durable at once; whether the disk works. */
  raise(disk: 0 | 1): boolean {
    if (!this.works(disk)) return false;
    this.firstBehind = disk === 1;
    this.secondBehind = disk === 0;
    return true;
  }

  /** Gives a disk the epoch of the other, durable at once; whether the disk works. */
  level(disk: 0 | 1): boolean {
    if (!this.works(disk)) return false;
    this.firstBehind = false;
    this.secondBehind = false;
    return true;
  }

  /** One of two disks that work may die, unless the other is behind it. */
  fault(): void {
    if (this.firstWorks && this.secondWorks && anyBoolean()) {
      if (!this.secondBehind && anyBoolean()) this.firstWorks = false;
      else if (!this.firstBehind) this.secondWorks = false;
    }
  }

  /** Writes that were not flushed may be lost. A dead disk may be back, or another in its place. */
  crash(): void {
    // That all of them survive is among the answers anyway; said first, it shows there is one.
    const first = anyBoolean() ? [...this.first] : anyBlocks();
    assume(
      mayBeLeftOrTorn(first, this.first, this.firstOlder),
      'a torn block does not match its checksum',
    );
    const second = anyBoolean() ? [...this.second] : anyBlocks();
    assume(
      mayBeLeftOrTorn(second, this.second, this.secondOlder),
      'a torn block does not match its checksum',
    );
    this.first = first;
    this.firstOlder = [];
    this.second = second;
    this.secondOlder = [];
    if (!this.firstWorks && anyBoolean()) {
      this.firstWorks = true;
      if (anyBoolean()) {
        this.first = anyBlocks();
        this.firstBehind = true;
        this.secondBehind = false;
      }
    } else if (!this.secondWorks && anyBoolean()) {
      this.secondWorks = true;
      if (anyBoolean()) {
        this.second = anyBlocks();
        this.secondBehind = true;
        this.firstBehind = false;
      }
    }
  }

  private works(disk: 0 | 1): boolean {
    return disk === 0 ? this.firstWorks : this.secondWorks;
  }
}
