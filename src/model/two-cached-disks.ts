import type { Block } from './block.ts';
import { anyBlock, anyBlocks, anyBoolean, anyInteger } from './choice.ts';
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
    const firstWorks = anyBoolean();
    const firstBehind = anyBoolean();
    const secondWorks = anyBoolean();
    const secondBehind = anyBoolean();
    assume(
      (firstWorks && !firstBehind) || (secondWorks && !secondBehind),
      'one of the disks works, and is not behind',
    );
    return new TwoCachedDisks(
      anyBlocks(),
      firstWorks,
      firstBehind,
      anyBlocks(),
      secondWorks,
      secondBehind,
    );
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

  // Conditions below are no branches: each of them would double what is to be shown of a crash.
  /** One of two disks that work may die, unless the other is behind it. */
  fault(): void {
    const dies = anyInteger(0, 2);
    const firstDies = dies === 1 && this.secondWorks && !this.secondBehind;
    const secondDies = dies === 2 && this.firstWorks && !this.firstBehind;
    this.firstWorks = this.firstWorks && !firstDies;
    this.secondWorks = this.secondWorks && !secondDies;
  }

  /** Writes that were not flushed may be lost. A dead disk may be back, or another in its place. */
  crash(): void {
    this.first = this.leftOf(this.first, this.firstOlder);
    this.firstOlder = [];
    this.second = this.leftOf(this.second, this.secondOlder);
    this.secondOlder = [];
    if (this.firstWorks && this.secondWorks) return;
    const back = anyInteger(0, 2);
    const other = anyBlocks();
    const firstReplaced = back === 2 && !this.firstWorks;
    const secondReplaced = back === 2 && !firstReplaced && !this.secondWorks;
    this.first = firstReplaced ? [...other] : this.first;
    this.second = secondReplaced ? [...other] : this.second;
    this.firstBehind = firstReplaced || (this.firstBehind && !secondReplaced);
    this.secondBehind = secondReplaced || (this.secondBehind && !firstReplaced);
    this.firstWorks = this.firstWorks || back > 0;
    this.secondWorks = this.secondWorks || back > 0;
  }

  /** What a power failure leaves of a disk. */
  private leftOf(present: Blocks, older: readonly Blocks[]): Blocks {
    // That all of it survives is among the answers anyway; said first, it shows there is one.
    const all = anyBoolean();
    const some = anyBlocks();
    const left = all ? [...present] : [...some];
    assume(mayBeLeftOrTorn(left, present, older), 'a torn block does not match its checksum');
    return left;
  }

  private works(disk: 0 | 1): boolean {
    return disk === 0 ? this.firstWorks : this.secondWorks;
  }
}
