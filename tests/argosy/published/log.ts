/**
 * The write-ahead log as published: a disk with a transaction, on a disk. Its first block is a
 * header, its second lists the addresses of the writes that are logged, and then come their values.
 */
import { type Block, Disk, type Operations, sameBlocks } from '../../../src/model/index.ts';
import { refinement } from '../../../src/refine/layer.ts';
import { addresses, header } from './encoding.ts';
import { TransactionalDisk } from './machines.ts';

export type LogMutant =
  | 'no recovery'
  | 'never cleared after commit'
  | 'recovery drops a committed log'
  | 'commit without the committed header'
  | 'header cleared before applying'
  | 'header written last';

const headerAt = 0;
const addressesAt = 1;
const valuesAt = 2;

/** The layer with a log of so many writes. */
export function log(capacity: number, mutant?: LogMutant) {
  const dataAt = valuesAt + capacity;

  class PublishedLog implements Operations<TransactionalDisk> {
    private readonly disk: Operations<Disk>;

    constructor(disk: Operations<Disk>) {
      this.disk = disk;
    }

    init(): boolean {
      if (this.disk.size() < dataAt) return false;
      this.clear();
      const none = Array.from({ length: capacity }, () => 0);
      this.disk.write(addressesAt, addresses.encode(none));
      return true;
    }

    read(address: number): Block {
      return this.disk.read(dataAt + address);
    }

    write(address: number, block: Block): boolean {
      const { committed, length } = header.decode(this.disk.read(headerAt));
      if (length >= capacity) return false;
      const listed = addresses.decode(this.disk.read(addressesAt), capacity);
      const last = mutant === 'header written last';
      if (!last) this.disk.write(headerAt, header.encode({ committed, length: length + 1 }));
      this.disk.write(addressesAt, addresses.encode(listed.with(length, address)));
      this.disk.write(valuesAt + length, block);
      if (last) this.disk.write(headerAt, header.encode({ committed, length: length + 1 }));
      return true;
    }

    commit(): void {
      const { length } = header.decode(this.disk.read(headerAt));
      if (mutant === 'commit without the committed header') {
        this.replay(length);
        this.clear();
        return;
      }
      this.disk.write(headerAt, header.encode({ committed: true, length }));
      this.apply(mutant !== 'never cleared after commit');
    }

    size(): number {
      return this.disk.size() - dataAt;
    }

    recover(): void {
      if (mutant === 'no recovery') return;
      if (mutant === 'recovery drops a committed log') this.clear();
      else this.apply(true);
    }

    private apply(clearing: boolean): void {
      const { committed, length } = header.decode(this.disk.read(headerAt));
      const early = mutant === 'header cleared before applying';
      if (early) this.clear();
      if (committed) this.replay(length);
      if (clearing && !early) this.clear();
    }

    private replay(length: number): void {
      const listed = addresses.decode(this.disk.read(addressesAt), capacity);
      for (const [slot, address] of listed.slice(0, length).entries())
        this.disk.write(dataAt + address, this.disk.read(valuesAt + slot));
    }

    private clear(): void {
      this.disk.write(headerAt, header.encode({ committed: false, length: 0 }));
    }
  }

  return refinement({
    promise: TransactionalDisk,
    code: PublishedLog,
    on: Disk,
    abstraction: (promised, { blocks }) => standsFor(promised, blocks, capacity),
    initially: ({ blocks }) => new TransactionalDisk(blocks.slice(dataAt), blocks.slice(dataAt)),
  });
}

/** Whether a disk with a log of so many writes holds what is promised. */
export function standsFor(
  { durable, written }: TransactionalDisk,
  blocks: readonly Block[],
  capacity: number,
): boolean {
  const dataAt = valuesAt + capacity;
  if (blocks.length < dataAt) return false;
  const { committed, length } = header.decode(blocks[headerAt]!);
  const logged = blocks.slice(dataAt);
  for (const [slot, at] of addresses.decode(blocks[addressesAt]!, capacity).entries())
    if (slot < length && at < logged.length) logged[at] = blocks[valuesAt + slot]!;
  return !committed && sameBlocks(durable, blocks.slice(dataAt)) && sameBlocks(written, logged);
}
