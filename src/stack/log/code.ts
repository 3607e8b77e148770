/**
 * A write-ahead log of two halves, each with a header; the newer header counts.
 *
 * A sync writes the other half, flushes, writes the other header, flushes, and puts the blocks in
 * their places. These are durable with the first flush of the next sync, and not needed before:
 * until then recovery takes them from the log. So recovery needs no flush, either.
 */
import {
  type Block,
  forall,
  ghost,
  invariant,
  type Operations,
  sameBlock,
  stateOf,
  type TearingDisk,
  u32,
  zeroBlock,
} from '../../model/index.ts';
import { header } from './header.ts';
import { areaOf, capacityOf, homeOf, newerOf, rests } from './layout.ts';
import type { TransactionalDisk } from './spec.ts';

export class Log implements Operations<TransactionalDisk> {
  private readonly disk: Operations<TearingDisk>;
  /** How many blocks there are below. */
  all = 0;
  /** Which header counts, and what it says. */
  newest = 0;
  odd = false;
  /** What reads see where it is not what the disk has. */
  seen = new Map<number, Block>();
  /** The same without the transaction under way. */
  group = new Map<number, Block>();
  /** Where the committed transactions have written since the last sync. */
  waiting: u32[] = [];
  /** Where the transaction under way has written. */
  own: u32[] = [];
  mine = new Set<number>();

  constructor(disk: Operations<TearingDisk>) {
    this.disk = disk;
  }

  /** Takes the blocks as they are. A disk of less than five is refused. */
  init(): boolean {
    const size = this.disk.size();
    if (size < 5) return false;
    const nothing = header.encode({ odd: false, addresses: [] });
    this.disk.write(homeOf(size), nothing);
    this.disk.write(homeOf(size) + 1, nothing);
    this.disk.flush(); // begun
    this.all = size;
    return true;
  }

  read(address: number): Block {
    if (!this.has(address)) return zeroBlock;
    return this.seen.get(address) ?? this.disk.read(address);
  }

  write(address: number, block: Block): 'written' | 'outside' | 'full' {
    if (!this.has(address)) return 'outside';
    if (!this.mine.has(address)) {
      if (this.room() <= 0) return 'full';
      this.mine.add(address);
      this.own.push(u32(address));
    }
    this.seen.set(address, block);
    return 'written';
  }

  commit(): void {
    this.waiting = [...this.waiting, ...this.own];
    this.own = [];
    this.mine = new Set();
    this.group = new Map(this.seen);
  }

  abort(): void {
    this.seen = new Map(this.group);
    this.own = [];
    this.mine = new Set();
  }

  sync(): void {
    const addresses = [...this.waiting];
    if (addresses.length === 0) return;
    const slot = 1 - this.newest;
    const area = areaOf(this.all, slot);
    const start = ghost(() => stateOf<TearingDisk>(this.disk).blocks);
    for (let k = 0; k < addresses.length; k++) {
      invariant(() =>
        rests(stateOf<TearingDisk>(this.disk), start, new Map<number, Block>(), this.newest),
      );
      invariant(() => unchanged(stateOf<TearingDisk>(this.disk).blocks, start, area, area + k));
      invariant(() =>
        forall(0, k, (i) =>
          sameBlock(
            stateOf<TearingDisk>(this.disk).blocks[area + i]!,
            this.group.get(addresses[i]!)!,
          ),
        ),
      );
      this.disk.write(area + k, this.group.get(addresses[k]!)!);
    }
    this.disk.flush(); // logged
    const odd = slot === 0 ? this.odd : !this.odd;
    const block = header.encode({ odd, addresses: [...addresses] });
    this.disk.write(homeOf(this.all) + slot, block);
    this.disk.flush(); // committed
    for (let k = 0; k < addresses.length; k++) {
      invariant(() => rests(stateOf<TearingDisk>(this.disk), start, this.group, slot));
      invariant(() => stateOf<TearingDisk>(this.disk).blocks.length === this.all);
      invariant(() =>
        sameBlock(stateOf<TearingDisk>(this.disk).blocks[homeOf(this.all) + slot]!, block),
      );
      invariant(() =>
        sameBlock(
          stateOf<TearingDisk>(this.disk).blocks[homeOf(this.all) + 1 - slot]!,
          start[homeOf(this.all) + 1 - slot]!,
        ),
      );
      invariant(() =>
        forall(0, k, (i) =>
          sameBlock(
            stateOf<TearingDisk>(this.disk).blocks[addresses[i]!]!,
            this.group.get(addresses[i]!)!,
          ),
        ),
      );
      this.disk.write(addresses[k]!, this.group.get(addresses[k]!)!);
    }
    this.newest = slot;
    this.odd = odd;
    this.waiting = [];
    this.group = new Map();
    if (this.own.length === 0) this.seen = new Map();
  }

  room(): number {
    return capacityOf(this.all) - this.waiting.length - this.own.length;
  }

  size(): number {
    return homeOf(this.all);
  }

  recover(): void {
    const size = this.disk.size();
    const one = this.disk.read(homeOf(size));
    const two = this.disk.read(homeOf(size) + 1);
    const slot = newerOf(header.decode(one), header.decode(two));
    const newest = header.decode(this.disk.read(homeOf(size) + slot));
    // One of the headers is always whole.
    if (newest === null) return;
    const area = areaOf(size, slot);
    const { addresses } = newest;
    for (let k = 0; k < addresses.length; k++) {
      invariant(() => stateOf<TearingDisk>(this.disk).blocks.length === size);
      invariant(() => headed(stateOf<TearingDisk>(this.disk), one, two));
      invariant(() =>
        forall(0, k, (i) =>
          sameBlock(
            stateOf<TearingDisk>(this.disk).blocks[addresses[i]!]!,
            stateOf<TearingDisk>(this.disk).blocks[area + i]!,
          ),
        ),
      );
      this.disk.write(addresses[k]!, this.disk.read(area + k));
    }
    this.all = size;
    this.newest = slot;
    this.odd = newest.odd;
  }

  private has(address: number): boolean {
    return 0 <= address && address < homeOf(this.all);
  }
}

/** Whether blocks are as before, but for those from `low` to `high`. */
function unchanged(
  blocks: readonly Block[],
  before: readonly Block[],
  low: number,
  high: number,
): boolean {
  return (
    blocks.length === before.length &&
    forall(0, blocks.length, (y) => (low <= y && y < high) || sameBlock(blocks[y]!, before[y]!))
  );
}

/** Whether these are the headers, now and before each write that is not flushed. */
function headed(disk: TearingDisk, one: Block, two: Block): boolean {
  const home = homeOf(disk.blocks.length);
  return (
    sameBlock(disk.blocks[home]!, one) &&
    sameBlock(disk.blocks[home + 1]!, two) &&
    forall(
      0,
      disk.older.length,
      (j) => sameBlock(disk.older[j]![home]!, one) && sameBlock(disk.older[j]![home + 1]!, two),
    )
  );
}
