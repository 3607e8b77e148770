/**
 * A store of blocks, written in transactions by any number of clients of one process.
 *
 * A transaction keeps what it writes until it commits: nobody else sees it before. One is under
 * way at a time, so each sees all that were committed before it, and nothing half done. It ends
 * when it commits; the sync that makes it durable is shared with all that commit until that sync
 * begins. `commit()` answers when it is durable, and what is read may not be so yet: a power cut
 * loses the last transactions, never one of them in part, and none that was answered.
 */
import type { Block } from '../model/index.ts';
import { bytesIn, Copies } from './copies.ts';
import { HostError } from './host-error.ts';

/** What the layers below offer: stack/log says it in full. */
export interface TransactionalDisk {
  read(address: number): Block;
  write(address: number, block: Block): 'written' | 'outside' | 'full';
  commit(): void;
  abort(): void;
  sync(): void;
  room(): number;
  size(): number;
}

export interface TransactionsOptions {
  readonly blockSize: number;
  /** What messages call the store. */
  readonly place: string;
}

interface Waiting {
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export class Transactions {
  /** How many blocks there are. */
  readonly size: number;
  readonly blockSize: number;
  /** How many blocks a transaction may write at most. */
  readonly capacity: number;
  /** How often the store was synced, and for how many transactions. */
  readonly counts = { syncs: 0, transactions: 0 };
  private readonly disk: TransactionalDisk;
  private readonly place: string;
  /** What each transaction needs of the store. */
  private readonly below: Below = {
    copies: new Copies(),
    read: (address) => this.get(address),
    check: (address, bytes, writes) => this.refuse(address, bytes, writes),
    end: () => this.next(),
    commit: (writes) => this.commit(writes),
  };
  private readonly turns: (() => void)[] = [];
  private waiting: Waiting[] = [];
  private busy = false;
  private planned = false;
  private stopped: unknown;

  /** `disk` has recovered, and nothing waits in it. */
  constructor(disk: TransactionalDisk, { blockSize, place }: TransactionsOptions) {
    this.disk = disk;
    this.blockSize = blockSize;
    this.place = place;
    this.size = disk.size();
    this.capacity = disk.room();
  }

  /** What was committed last, as many bytes as a block has. */
  get(address: number): Uint8Array {
    this.refuseIfStopped();
    this.refuseOutside(address);
    return this.whole(this.guarded(() => this.disk.read(address)));
  }

  /** Begins a transaction when all before it have ended. */
  async begin(): Promise<Transaction> {
    if (this.busy) await new Promise<void>((enter) => this.turns.push(enter));
    this.busy = true;
    try {
      this.refuseIfStopped();
    } catch (error) {
      this.next();
      throw error;
    }
    return new Transaction(this.below);
  }

  /** Does `body` in a transaction: committed when it returns, aborted when it throws. */
  async transaction<T>(body: (transaction: Transaction) => T | Promise<T>): Promise<T> {
    const transaction = await this.begin();
    let value: T;
    try {
      value = await body(transaction);
    } catch (error) {
      transaction.abort();
      throw error;
    }
    await transaction.commit();
    return value;
  }

  /** Writes one block, in a transaction of its own. */
  async put(address: number, bytes: Uint8Array): Promise<void> {
    const transaction = await this.begin();
    try {
      transaction.put(address, bytes);
    } catch (error) {
      transaction.abort();
      throw error;
    }
    await transaction.commit();
  }

  /** Makes everything durable that was committed so far. */
  sync(): void {
    this.refuseIfStopped();
    this.guarded(() => this.disk.sync());
    this.counts.syncs++;
    this.counts.transactions += this.waiting.length;
    const waiting = this.waiting;
    this.waiting = [];
    for (const { done } of waiting) done();
  }

  /** Makes everything durable; afterwards nothing can be done with it any more. */
  close(): void {
    if (this.stopped !== undefined) return;
    try {
      if (this.waiting.length > 0) this.sync();
    } finally {
      const closed = 'the store is closed';
      this.stop(new HostError('closed', this.place, closed, 'open it again to go on'));
    }
  }

  /** Hands what was written down, as one; the promise is kept when a sync has returned. */
  private commit(writes: ReadonlyMap<number, Block>): Promise<void> {
    this.refuseIfStopped();
    const { disk } = this;
    // What was only read is durable, too, once all is that was committed before.
    if (writes.size === 0 && this.waiting.length === 0) return Promise.resolve();
    this.guarded(() => {
      if (writes.size > disk.room()) this.sync();
      for (const [address, block] of writes)
        if (disk.write(address, block) !== 'written')
          throw new Error('the store has less room than it says');
      disk.commit();
    });
    return new Promise((done, failed) => {
      this.waiting.push({ done, failed });
      if (this.planned) return;
      this.planned = true;
      // Whoever commits in this turn of the loop shares the sync.
      setImmediate(() => this.syncPlanned());
    });
  }

  private syncPlanned(): void {
    this.planned = false;
    if (this.waiting.length === 0 || this.stopped !== undefined) return;
    try {
      this.sync();
    } catch {
      // Whoever waits was told.
    }
  }

  private next(): void {
    const enter = this.turns.shift();
    if (enter) enter();
    else this.busy = false;
  }

  private refuse(address: number, bytes: Uint8Array, writes: ReadonlyMap<number, Block>): void {
    this.refuseIfStopped();
    this.refuseOutside(address);
    if (bytes.length > this.blockSize) {
      const fault = `${bytes.length} bytes do not fit into a block of ${this.blockSize} bytes`;
      throw new HostError('block-too-long', this.place, fault, 'write shorter blocks');
    }
    if (writes.size < this.capacity || writes.has(address)) return;
    const fault = `a transaction writes at most ${this.capacity} blocks, and this is one more`;
    const remedy = 'commit, and write the rest in another transaction';
    throw new HostError('full', this.place, fault, remedy);
  }

  private refuseOutside(address: number): void {
    if (Number.isInteger(address) && 0 <= address && address < this.size) return;
    const fault = `there is no block ${address}`;
    const remedy = `take one from 0 to ${this.size - 1}`;
    throw new HostError('outside', this.place, fault, remedy);
  }

  private refuseIfStopped(): void {
    if (this.stopped !== undefined) throw this.stopped;
  }

  /** After a failure nobody knows what was written: nothing is done any more. */
  private guarded<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      this.stop(error);
      throw error;
    }
  }

  private stop(error: unknown): void {
    this.stopped ??= error;
    const waiting = this.waiting;
    this.waiting = [];
    for (const { failed } of waiting) failed(error);
  }

  private whole(block: Block): Uint8Array {
    const bytes = new Uint8Array(this.blockSize);
    bytes.set(bytesIn(block));
    return bytes;
  }
}

interface Below {
  readonly copies: Copies;
  readonly read: (address: number) => Uint8Array;
  readonly check: (address: number, bytes: Uint8Array, writes: ReadonlyMap<number, Block>) => void;
  readonly end: () => void;
  readonly commit: (writes: ReadonlyMap<number, Block>) => Promise<void>;
}

/** A transaction that is under way: everybody else who wants one waits for its end. */
export class Transaction {
  private readonly below: Below;
  private readonly writes = new Map<number, Block>();
  private ended = false;

  constructor(below: Below) {
    this.below = below;
  }

  /** What the block holds for this transaction: what it wrote itself, else what was committed. */
  get(address: number): Uint8Array {
    this.refuseIfEnded();
    const whole = this.below.read(address);
    const own = this.writes.get(address);
    if (!own) return whole;
    whole.fill(0).set(bytesIn(own));
    return whole;
  }

  /** Replaces a block for this transaction, and for everybody when it commits. */
  put(address: number, bytes: Uint8Array): void {
    this.refuseIfEnded();
    this.below.check(address, bytes, this.writes);
    this.writes.set(address, this.below.copies.blockOf(bytes));
  }

  /** Answers when everything that was written is durable. */
  async commit(): Promise<void> {
    this.refuseIfEnded();
    this.ended = true;
    let durable: Promise<void>;
    try {
      durable = this.below.commit(this.writes);
    } finally {
      this.below.end();
    }
    await durable;
  }

  /** Forgets everything that was written. */
  abort(): void {
    if (this.ended) return;
    this.ended = true;
    this.below.end();
  }

  private refuseIfEnded(): void {
    if (!this.ended) return;
    const fault = 'this transaction has ended';
    throw new HostError('transaction', 'store', fault, 'begin another one');
  }
}
