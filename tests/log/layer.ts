/**
 * The log as a layer. It is explored, completely for the smallest disk; the prover does not settle
 * every obligation of sync() and recover() yet, so the layer does not ship among the proved ones.
 */
import {
  type Block,
  exists,
  forall,
  implies,
  sameBlock,
  sameEntries,
  TearingDisk,
} from '../../src/model/index.ts';
import { refinement } from '../../src/refine/layer.ts';
import { Log } from '../../src/stack/log/code.ts';
import { header } from '../../src/stack/log/header.ts';
import { capacityOf, contentAt, holds, homeOf, rests } from '../../src/stack/log/layout.ts';
import { TransactionalDisk } from '../../src/stack/log/spec.ts';

export const log = refinement({
  promise: TransactionalDisk,
  code: Log,
  on: TearingDisk,
  abstraction: (promised, disk, code) =>
    sized(promised, disk) &&
    (code.newest === 0 || code.newest === 1) &&
    rests(disk, promised.durable, new Map<number, Block>(), code.newest) &&
    code.all === disk.blocks.length &&
    oddIs(disk.blocks, code.newest, code.odd) &&
    remembers(promised, disk, code) &&
    lists(promised, code),
  crash: (before, after, disk) =>
    kept(disk, before) ||
    kept(disk, after) ||
    (sized(before, disk) &&
      sized(after, disk) &&
      (switching(disk, before, after, 0) || switching(disk, before, after, 1))),
  initially: (disk) =>
    new TransactionalDisk(
      disk.blocks.slice(0, homeOf(disk.blocks.length)),
      capacityOf(disk.blocks.length),
    ),
  bounds: { length: 5 },
});

/** Whether the promised disk is as large as it has to be. */
function sized(promised: TransactionalDisk, { blocks }: TearingDisk): boolean {
  return (
    blocks.length >= 5 &&
    promised.durable.length === homeOf(blocks.length) &&
    promised.capacity === capacityOf(blocks.length)
  );
}

/** Whether what is promised to be durable is found, by one of the headers. */
function kept(disk: TearingDisk, promised: TransactionalDisk): boolean {
  return (
    sized(promised, disk) &&
    (rests(disk, promised.durable, new Map<number, Block>(), 0) ||
      rests(disk, promised.durable, new Map<number, Block>(), 1))
  );
}

function oddIs(blocks: readonly Block[], slot: number, odd: boolean): boolean {
  const newest = header.decode(blocks[homeOf(blocks.length) + slot]!);
  return newest !== null && newest.odd === odd;
}

/** The header in this slot is being written, and nothing else is not flushed. */
function switching(
  { blocks, older }: TearingDisk,
  before: TransactionalDisk,
  after: TransactionalDisk,
  slot: number,
): boolean {
  return (
    older.length === 1 &&
    older[0]!.length === blocks.length &&
    holds(older[0]!, before.durable, new Map<number, Block>(), 1 - slot) &&
    holds(blocks, after.durable, new Map<number, Block>(), slot) &&
    forall(
      0,
      blocks.length,
      (y) => y === homeOf(blocks.length) + slot || sameBlock(blocks[y]!, older[0]![y]!),
    )
  );
}

/** Whether the disk has what is durable, and the memory of the code what is not. */
function remembers(promised: TransactionalDisk, disk: TearingDisk, code: Log): boolean {
  const { blocks, committed, durable } = promised;
  return (
    blocks.length === durable.length &&
    committed.length === durable.length &&
    forall(0, durable.length, (x) => sameBlock(disk.blocks[x]!, durable[x]!)) &&
    forall(0, durable.length, (x) => sameBlock(committed[x]!, contentAt(durable, code.group, x))) &&
    forall(0, durable.length, (x) => sameBlock(blocks[x]!, contentAt(durable, code.seen, x)))
  );
}

/** Whether the lists of the code name every address that is not durable yet. */
function lists(promised: TransactionalDisk, code: Log): boolean {
  const { blocks, committed, durable, mine } = promised;
  const { waiting, own } = code;
  return (
    promised.waiting === waiting.length &&
    sameEntries(mine, code.mine) &&
    mine.size === own.length &&
    waiting.length + own.length <= promised.capacity &&
    forall(0, waiting.length, (k) => 0 <= waiting[k]! && waiting[k]! < durable.length) &&
    forall(0, own.length, (k) => 0 <= own[k]! && own[k]! < durable.length) &&
    forall(0, waiting.length, (k) => code.group.has(waiting[k]!) && code.seen.has(waiting[k]!)) &&
    forall(0, own.length, (k) => code.seen.has(own[k]!)) &&
    forall(
      0,
      durable.length,
      (x) =>
        sameBlock(committed[x]!, durable[x]!) || exists(0, waiting.length, (k) => waiting[k] === x),
    ) &&
    forall(
      0,
      durable.length,
      (x) => sameBlock(blocks[x]!, committed[x]!) || exists(0, own.length, (k) => own[k] === x),
    ) &&
    forall(0, durable.length, (x) =>
      implies(
        mine.has(x),
        exists(0, own.length, (k) => own[k] === x),
      ),
    )
  );
}
