/**
 * The instances in which the published design is explored: so many data blocks, writes in the log
 * and values of a block; and every state in which each of its layers may be.
 */
import type { Instance, Layer, Start } from '../../../src/explore/index.ts';
import { type Block, blockOf, Disk } from '../../../src/model/index.ts';
import { addresses, header } from './encoding.ts';
import { type LastingPair, TransactionalDisk } from './machines.ts';

export interface Size {
  readonly data: number;
  readonly log: number;
  readonly values: number;
}

/** A machine that has been constructed from blocks on both of its disks, or on one. */
type PairType = new (
  first: readonly Block[] | null,
  second: readonly Block[] | null,
) => LastingPair;

/** What a disk holds, and what is promised of it. */
interface Held {
  readonly blocks: readonly Block[];
  readonly promise: object;
}

export function contents(values: number): readonly Block[] {
  return Array.from({ length: values }, (_, value) => blockOf(Uint8Array.of(value)));
}

/** With addresses from 0 to `data`, of which the last is outside the disk. */
export function instanceOf(layer: Layer, data: number, length: number, blocks: readonly Block[]) {
  const all = range(data + 1);
  const reads = all.map((address) => [address]);
  const writes = all.flatMap((address) => blocks.map((block) => [address, block]));
  const operations = [
    { name: 'read', arguments: reads },
    { name: 'write', arguments: writes },
    { name: 'size', arguments: [[]] },
  ];
  return { layer, operations, blocks, length, async: false, symmetry: false } satisfies Instance;
}

/** The same for a disk that has transactions. */
export function transactional(layer: Layer, { data, log, values }: Size): Instance {
  const instance = instanceOf(layer, data, 2 + log + data, contents(values));
  const commit = { name: 'commit', arguments: [[]] };
  return { ...instance, operations: [...instance.operations, commit] };
}

/** Every disk of raw blocks. */
export function plainDisks(size: number, values: number): readonly Held[] {
  return tuples(size, contents(values)).map((blocks) => ({ blocks, promise: new Disk(blocks) }));
}

/** Every disk with a log that is not committed, also with what is left in it of earlier ones. */
export function loggedDisks({ data, log, values }: Size): readonly Held[] {
  const some = contents(values);
  // Full logs come first: they have the most to lose.
  return range(log + 1)
    .toReversed()
    .flatMap((length) =>
      tuples(log, range(data + 1)).flatMap((listed) =>
        tuples(log, some).flatMap((logged) =>
          tuples(data, some).map((durable) => {
            const written = [...durable];
            for (const [slot, at] of listed.slice(0, length).entries())
              if (at < data) written[at] = logged[slot]!;
            const head = [header.encode({ committed: false, length }), addresses.encode(listed)];
            const promise = new TransactionalDisk(durable, written);
            return { blocks: [...head, ...logged, ...durable], promise };
          }),
        ),
      ),
    );
}

export function onOneDisk(disks: readonly Held[]): readonly Start[] {
  return disks.map(({ blocks, promise }) => ({ promise, lower: new Disk(blocks) }));
}

/** Each on both disks, and on either of them. */
export function onTwoDisks(Pair: PairType, disks: readonly Held[]): readonly Start[] {
  return disks.flatMap(({ blocks, promise }) => [
    { promise, lower: new Pair(blocks, blocks) },
    { promise, lower: new Pair(blocks, null) },
    { promise, lower: new Pair(null, blocks) },
  ]);
}

function range(end: number): readonly number[] {
  return Array.from({ length: end }, (_, i) => i);
}

function tuples<T>(length: number, of: readonly T[]): readonly (readonly T[])[] {
  if (length === 0) return [[]];
  return tuples(length - 1, of).flatMap((some) => of.map((one) => [...some, one]));
}
