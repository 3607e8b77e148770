/**
 * A layer of transactions on two disks with caches, written for tests of the hosts.
 *
 * A mirror below, a log above, each in its plainest form. Its flushes are numbered, so that a test
 * can leave one out and see what is lost.
 */
import { crc32 } from 'node:zlib';
import {
  type Block,
  blockOf,
  bytesOf,
  type Operations,
  type TearingDisk,
  type TwoCachedDisks,
  zeroBlock,
} from '../../model/index.ts';
import type { Life } from '../store.ts';
import type { TransactionalDisk } from '../transactions.ts';

/** A flush that a test can leave out. */
export type Step = 'flush of the copy' | 'flush of the log' | 'flush of the header';

export class PlainMirror implements Operations<TearingDisk> {
  private readonly pair: Operations<TwoCachedDisks>;
  private readonly without: Step | undefined;
  private alone = false;

  constructor(pair: Operations<TwoCachedDisks>, without?: Step) {
    this.pair = pair;
    this.without = without;
  }

  init(): boolean {
    const size = this.size();
    for (let address = 0; address < size; address++) this.write(address, zeroBlock);
    this.flush();
    return true;
  }

  read(address: number): Block {
    const block = this.pair.read(0, address);
    if (block !== null && (this.alone || this.pair.size(1) !== null)) return block;
    const other = block ?? this.pair.read(1, address) ?? zeroBlock;
    this.noticed();
    return other;
  }

  write(address: number, block: Block): void {
    const first = this.pair.write(0, address, block);
    const second = this.pair.write(1, address, block);
    if (!(first && second)) this.noticed();
  }

  flush(): void {
    const first = this.pair.flush(0);
    const second = this.pair.flush(1);
    if (!(first && second)) this.noticed();
  }

  size(): number {
    return this.pair.size(0) ?? this.pair.size(1) ?? 0;
  }

  recover(): void {
    const [first, second] = [this.pair.behind(0), this.pair.behind(1)];
    if (first === null || second === null) this.noticed();
    else if (!this.copy(first ? 1 : 0)) this.noticed();
    else if (first || second) this.pair.level(first ? 0 : 1);
  }

  private copy(from: 0 | 1): boolean {
    const to = from === 0 ? 1 : 0;
    for (let address = 0; address < this.size(); address++) {
      const block = this.pair.read(from, address);
      if (block === null || !this.pair.write(to, address, block)) return false;
    }
    return this.without === 'flush of the copy' || this.pair.flush(to);
  }

  /** A disk is dead: the other one has it on record before anything is acknowledged. */
  private noticed(): void {
    if (this.alone) return;
    this.alone = true;
    if (!this.pair.raise(0)) this.pair.raise(1);
  }
}

interface Headed {
  readonly sequence: number;
  readonly addresses: readonly number[];
}

export class PlainLog {
  readonly capacity: number;
  private readonly disk: Operations<TearingDisk>;
  private readonly without: Step | undefined;
  private readonly own = new Map<number, Block>();
  private readonly group = new Map<number, Block>();
  private sequence = 0;

  constructor(disk: Operations<TearingDisk>, capacity: number, without?: Step) {
    this.disk = disk;
    this.capacity = capacity;
    this.without = without;
  }

  init(): boolean {
    this.sequence = 0;
    this.disk.write(0, encode({ sequence: 0, addresses: [] }));
    this.disk.write(1, zeroBlock);
    this.disk.flush();
    return this.size() > 0;
  }

  read(address: number): Block {
    const written = this.own.get(address) ?? this.group.get(address);
    return written ?? this.disk.read(this.home(address));
  }

  write(address: number, block: Block): 'written' | 'outside' | 'full' {
    if (address < 0 || address >= this.size()) return 'outside';
    if (!this.own.has(address) && this.room() === 0) return 'full';
    this.own.set(address, block);
    return 'written';
  }

  commit(): void {
    for (const [address, block] of this.own) this.group.set(address, block);
    this.own.clear();
  }

  abort(): void {
    this.own.clear();
  }

  sync(): void {
    if (this.group.size === 0) return;
    const next = (this.sequence + 1) % 3;
    const side = this.side === 0 ? 1 : 0;
    const addresses = [...this.group.keys()];
    addresses.forEach((address, i) => {
      this.disk.write(this.place(side, i), this.group.get(address)!);
    });
    this.flush('flush of the log');
    this.disk.write(side, encode({ sequence: next, addresses }));
    this.flush('flush of the header');
    for (const [address, block] of this.group) this.disk.write(this.home(address), block);
    this.group.clear();
    this.sequence = next;
    this.side = side;
  }

  /** How many further addresses surely fit. */
  room(): number {
    let used = this.group.size;
    for (const address of this.own.keys()) if (!this.group.has(address)) used++;
    return this.capacity - used;
  }

  size(): number {
    return Math.max(0, this.disk.size() - this.home(0));
  }

  recover(): void {
    const found = ([0, 1] as const).map((side) => decode(this.disk.read(side)));
    const [first, second] = found;
    if (!first && !second) throw new Error('no header of the log is whole');
    const newer = first && second && (first.sequence + 1) % 3 === second.sequence;
    this.side = first && !newer ? 0 : 1;
    const header = found[this.side]!;
    this.sequence = header.sequence;
    header.addresses.forEach((address, i) => {
      this.disk.write(this.home(address), this.disk.read(this.place(this.side, i)));
    });
  }

  private side: 0 | 1 = 0;

  private flush(step: Step): void {
    if (this.without !== step) this.disk.flush();
  }

  private place(side: 0 | 1, i: number): number {
    return 2 + side * this.capacity + i;
  }

  private home(address: number): number {
    return 2 + 2 * this.capacity + address;
  }
}

function encode({ sequence, addresses }: Headed): Block {
  const bytes = Buffer.alloc(512);
  bytes.writeUInt8(sequence, 0);
  bytes.writeUInt8(addresses.length, 1);
  addresses.forEach((address, i) => {
    bytes.writeUInt32LE(address, 4 + 4 * i);
  });
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 508)), 508);
  return blockOf(bytes);
}

function decode(block: Block): Headed | undefined {
  const bytes = Buffer.alloc(512);
  bytes.set(bytesOf(block).subarray(0, 512));
  if (bytes.readUInt32LE(508) !== crc32(bytes.subarray(0, 508))) return undefined;
  const count = bytes.readUInt8(1);
  const addresses = Array.from({ length: count }, (_, i) => bytes.readUInt32LE(4 + 4 * i));
  return { sequence: bytes.readUInt8(0), addresses };
}

/** The two together, as a store runs them. */
export function plainTransactions(
  capacity = 4,
  without?: Step,
): new (
  pair: Operations<TwoCachedDisks>,
) => Life & TransactionalDisk {
  return class PlainTransactions extends PlainLog {
    private readonly mirror: PlainMirror;

    constructor(pair: Operations<TwoCachedDisks>) {
      const mirror = new PlainMirror(pair, without);
      super(mirror, capacity, without);
      this.mirror = mirror;
    }

    override init(): boolean {
      return this.mirror.init() && super.init();
    }

    override recover(): void {
      this.mirror.recover();
      super.recover();
    }
  };
}
