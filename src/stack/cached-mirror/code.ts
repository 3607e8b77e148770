/**
 * A mirrored disk on two disks with volatile caches: every block is on both, at the same address.
 *
 * A disk holds what is promised as long as the other does not have a higher epoch. Whoever finds a
 * disk dead raises the epoch of the other before anything is acknowledged: whatever comes back in
 * its place is behind, and is not used before it is a copy that cannot be lost.
 */
import {
  type Block,
  forall,
  ghost,
  invariant,
  type Operations,
  sameBlock,
  stateOf,
  type TwoCachedDisks,
  zeroBlock,
} from '../../model/index.ts';
import type { TearingDisk } from './spec.ts';

export class CachedMirror implements Operations<TearingDisk> {
  private readonly pair: Operations<TwoCachedDisks>;
  /** Whether the first disk is in use: neither behind, nor known to be dead. */
  first = false;
  /** The same of the second. One of them is. */
  second = false;

  constructor(pair: Operations<TwoCachedDisks>) {
    this.pair = pair;
  }

  /** Takes what is on the first disk. Both must work, and have the same size. */
  init(): boolean {
    if (!this.copy(0, 1) || !this.pair.flush(1) || !this.pair.level(1)) return false;

    this.first = true;
    this.second = true;
    return true;
  }

  read(address: number): Block {
    const block = this.first ? this.pair.read(0, address) : null;
    return block ?? this.pair.read(1, address) ?? zeroBlock;
  }

  write(address: number, block: Block): void {
    if (this.first && !this.pair.write(0, address, block)) this.loseFirst();
    if (this.second && !this.pair.write(1, address, block)) this.loseSecond();
  }

  flush(): void {
    if (this.first && !this.pair.flush(0)) this.loseFirst();
    if (this.second && !this.pair.flush(1)) this.loseSecond();
  }

  size(): number {
    const size = this.first ? this.pair.size(0) : null;
    return size ?? this.pair.size(1) ?? 0;
  }

  recover(): void {
    const first = this.pair.behind(0);
    const second = this.pair.behind(1);
    this.first = first === false;
    this.second = second === false;
    if (this.first && this.second) {
      this.copy(0, 1);
      // What was copied must stay. If a disk has died on the way, this is where it is noticed.
      this.flush();
    } else if (this.first) this.second = this.repair(0, 1);
    else this.first = this.repair(1, 0);
  }

  /** Makes the disk that is behind, or dead, equal to the other; whether that was possible. */
  private repair(from: 0 | 1, to: 0 | 1): boolean {
    // Also if the other is behind already: it may come back a second time as what it is now.
    this.pair.raise(from);
    return this.copy(from, to) && this.pair.flush(to) && this.pair.level(to);
  }

  /** Copies a disk over the other; whether both work, and have the same size. */
  private copy(from: 0 | 1, to: 0 | 1): boolean {
    const size = this.pair.size(from);
    if (size === null || this.pair.size(to) !== size) return false;
    const firstBehind = ghost(() => stateOf<TwoCachedDisks>(this.pair).firstBehind);
    const secondBehind = ghost(() => stateOf<TwoCachedDisks>(this.pair).secondBehind);
    for (let address = 0; address < size; address++) {
      invariant(() => stateOf<TwoCachedDisks>(this.pair).firstBehind === firstBehind);
      invariant(() => stateOf<TwoCachedDisks>(this.pair).secondBehind === secondBehind);
      invariant(() => sized(stateOf<TwoCachedDisks>(this.pair), from, size));
      invariant(() => agree(stateOf<TwoCachedDisks>(this.pair), address));
      const block = this.pair.read(from, address);
      if (block === null || !this.pair.write(to, address, block)) return false;
    }
    return true;
  }

  private loseFirst(): void {
    this.first = false;
    this.pair.raise(1);
  }

  private loseSecond(): void {
    this.second = false;
    this.pair.raise(0);
  }
}

/** Whether both disks have `size` blocks, and the one copied from has lost all it can lose. */
function sized(pair: TwoCachedDisks, from: 0 | 1, size: number): boolean {
  const older = from === 0 ? pair.firstOlder : pair.secondOlder;
  return pair.first.length === size && pair.second.length === size && older.length === 0;
}

/** Whether the disks agree below `end`. */
function agree(pair: TwoCachedDisks, end: number): boolean {
  return forall(0, end, (i) => sameBlock(pair.first[i]!, pair.second[i]!));
}
