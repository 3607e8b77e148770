import { anyBlock, anyBlocks, type Block } from '../../model/index.ts';

/**
 * The promise: a disk whose writes are transactions.
 *
 * What a transaction writes it sees at once. When it commits it will be durable together with all
 * transactions that committed before it: when the next sync returns. Power lost before leaves none
 * of what these wrote; power lost during the sync leaves all of it, or none.
 */
export class TransactionalDisk {
  /** What reads see. */
  blocks: Block[];
  /** What the next sync makes durable: the blocks without the transaction under way. */
  committed: Block[];
  /** What is left when power goes. */
  durable: Block[];
  /** The addresses that the transaction under way has written. */
  mine: Set<number>;
  /** How many addresses the committed transactions have written since the last sync. */
  waiting: number;
  /** The most addresses that may be written between two syncs; each transaction counts its own. */
  readonly capacity: number;

  constructor(blocks: readonly Block[], capacity: number) {
    this.blocks = [...blocks];
    this.committed = [...blocks];
    this.durable = [...blocks];
    this.mine = new Set();
    this.waiting = 0;
    this.capacity = capacity;
  }

  /** Any contents, all of them durable. */
  static initial(): TransactionalDisk {
    return new TransactionalDisk(anyBlocks(), anyBlocks().length);
  }

  /** The block at `address` as it was written last; outside the disk, any block. */
  read(address: number): Block {
    return this.has(address) ? this.blocks[address]! : anyBlock();
  }

  /** Replaces a block, in the transaction under way; outside, or if there is no room, nothing. */
  write(address: number, block: Block): 'written' | 'outside' | 'full' {
    if (!this.has(address)) return 'outside';
    if (!this.mine.has(address) && this.room() <= 0) return 'full';
    this.mine.add(address);
    this.blocks[address] = block;
    return 'written';
  }

  /** Ends the transaction under way; a new one begins. */
  commit(): void {
    this.waiting = this.waiting + this.mine.size;
    this.mine = new Set();
    this.committed = [...this.blocks];
  }

  /** Forgets the transaction under way; a new one begins. */
  abort(): void {
    this.mine = new Set();
    this.blocks = [...this.committed];
  }

  /** Makes what was committed durable, as a whole; the transaction under way goes on. */
  sync(): void {
    this.durable = [...this.committed];
    this.waiting = 0;
  }

  /** How many more addresses may be written before the next sync. */
  room(): number {
    return this.capacity - this.waiting - this.mine.size;
  }

  /** How many blocks there are. */
  size(): number {
    return this.blocks.length;
  }

  /** What is not durable is lost. */
  crash(): void {
    this.blocks = [...this.durable];
    this.committed = [...this.durable];
    this.mine = new Set();
    this.waiting = 0;
  }

  private has(address: number): boolean {
    return 0 <= address && address < this.blocks.length;
  }
}
