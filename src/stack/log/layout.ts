/**
 * What is where: first the blocks of the promised disk, then two headers, then a log for each.
 */
import {
  type Block,
  ensures,
  exists,
  forall,
  implies,
  opaque,
  requires,
  sameBlock,
  type TearingDisk,
  type u32,
} from '../../model/index.ts';
import { type Header, header, mostAddresses } from './header.ts';

/** How many blocks each log has. */
export function capacityOf(size: number): number {
  requires(size >= 0);
  ensures(() => -1 <= capacityOf(size) && capacityOf(size) <= mostAddresses);
  ensures(() => implies(size >= 5, 1 <= capacityOf(size) && 3 * capacityOf(size) + 2 <= size));
  opaque();
  return Math.min(Math.floor((size - 2) / 3), mostAddresses);
}

/** How many blocks are left for the promised disk. */
export function homeOf(size: number): number {
  requires(size >= 0);
  ensures(() => homeOf(size) + 2 + 2 * capacityOf(size) === size);
  ensures(() => implies(size >= 5, 1 <= homeOf(size)));
  opaque();
  return size - 2 - 2 * capacityOf(size);
}

/** Where the log of a header begins. */
export function areaOf(size: number, slot: number): number {
  requires(size >= 0);
  ensures(() => implies(slot === 0, areaOf(size, slot) === homeOf(size) + 2));
  ensures(() => implies(slot === 1, areaOf(size, slot) === homeOf(size) + 2 + capacityOf(size)));
  opaque();
  return slot === 0 ? homeOf(size) + 2 : homeOf(size) + 2 + capacityOf(size);
}

/** Which header is the newer one. One that is torn was about to be; it does not count. */
export function newerOf(first: Header | null, second: Header | null): number {
  ensures(() => 0 <= newerOf(first, second) && newerOf(first, second) <= 1);
  ensures(() =>
    iff(
      newerOf(first, second) === 0,
      first !== null && (second === null || first.odd === second.odd),
    ),
  );
  opaque();
  if (first === null) return 1;
  if (second === null) return 0;
  return first.odd === second.odd ? 0 : 1;
}

function iff(a: boolean, b: boolean): boolean {
  return a === b;
}

/** What a disk promises to hold: `contents`, but what is in `over` in its place. */
export function contentAt(
  contents: readonly Block[],
  over: ReadonlyMap<number, Block>,
  address: number,
): Block {
  return over.get(address) ?? contents[address]!;
}

/** Whether the log has what is to be at these addresses, and all else is in place. */
export function replays(
  blocks: readonly Block[],
  home: number,
  area: number,
  addresses: readonly u32[],
  contents: readonly Block[],
  over: ReadonlyMap<number, Block>,
): boolean {
  return (
    forall(0, addresses.length, (k) =>
      sameBlock(blocks[area + k]!, contentAt(contents, over, addresses[k]!)),
    ) &&
    forall(
      0,
      home,
      (x) =>
        sameBlock(blocks[x]!, contentAt(contents, over, x)) ||
        exists(0, addresses.length, (k) => addresses[k] === x),
    )
  );
}

/** Whether recovery finds these contents on a disk, by the header in this slot. */
export function holds(
  blocks: readonly Block[],
  contents: readonly Block[],
  over: ReadonlyMap<number, Block>,
  slot: number,
): boolean {
  const home = homeOf(blocks.length);
  const newest = header.decode(blocks[home + slot]!);
  return (
    blocks.length >= 5 &&
    newerOf(header.decode(blocks[home]!), header.decode(blocks[home + 1]!)) === slot &&
    newest !== null &&
    newest.addresses.length <= capacityOf(blocks.length) &&
    forall(
      0,
      newest.addresses.length,
      (k) => 0 <= newest.addresses[k]! && newest.addresses[k]! < home,
    ) &&
    replays(blocks, home, areaOf(blocks.length, slot), newest.addresses, contents, over)
  );
}

/** Whether recovery finds them whatever is lost of the writes that were not flushed. */
export function rests(
  disk: TearingDisk,
  contents: readonly Block[],
  over: ReadonlyMap<number, Block>,
  slot: number,
): boolean {
  const { blocks, older } = disk;
  const home = homeOf(blocks.length);
  const area = areaOf(blocks.length, slot);
  const newest = header.decode(blocks[home + slot]!);
  return (
    holds(blocks, contents, over, slot) &&
    newest !== null &&
    forall(
      0,
      older.length,
      (j) =>
        older[j]!.length === blocks.length &&
        sameBlock(older[j]![home]!, blocks[home]!) &&
        sameBlock(older[j]![home + 1]!, blocks[home + 1]!) &&
        replays(older[j]!, home, area, newest.addresses, contents, over),
    )
  );
}
