/**
 * Transactions on two disks, with everything that may happen to them on the way.
 *
 * A scenario runs on files that are recorded. Each transaction writes random blocks; what they
 * hold tells the number of the transaction. Some of them share a sync. What was acknowledged is
 * marked in the record, so that a power cut at any moment of it can be judged.
 */
import {
  type Block,
  blockOf,
  bytesOf,
  type Operations,
  type TwoCachedDisks,
} from '../../model/index.ts';
import { replaceDisk } from '../open-cached.ts';
import type { Recorder } from '../recorder.ts';
import { type Life, openCachedStore } from '../store.ts';
import type { TransactionalDisk } from '../transactions.ts';
import { type Failing, failing, surroundings } from './disks.ts';
import { type Draw, seeded } from './sampled-cuts.ts';

export type Layer = Life & TransactionalDisk;
export type LayerOfTransactions = new (pair: Operations<TwoCachedDisks>) => Layer;

export type Event =
  | { readonly do: 'transactions'; readonly count: number }
  /** The disk fails from its next operation on. */
  | { readonly do: 'fail'; readonly disk: 0 | 1 }
  /** The process is killed; what it handed to the system stays. */
  | { readonly do: 'kill' }
  /** The disks work again, and whatever was dead is repaired. */
  | { readonly do: 'repair' }
  /** A new image takes the place of a disk, and is repaired. */
  | { readonly do: 'replace'; readonly disk: 0 | 1 };

export interface Scenario {
  readonly layer: LayerOfTransactions;
  readonly blocks: number;
  readonly blockSize: number;
  readonly events: readonly Event[];
  readonly seed: number;
}

/** What one sync made durable: the number of its last transaction, by address. */
export type Group = ReadonlyMap<number, number>;

export interface Played {
  readonly recorder: Recorder;
  readonly groups: readonly Group[];
  readonly size: number;
}

export const places = ['/store/first.img', '/store/second.img'] as const;

/** Plays a scenario. The record says `begin N` and `end N` of the sync of each group. */
export async function play(scenario: Scenario, recorder: Recorder): Promise<Played> {
  const { layer, blocks, blockSize, events, seed } = scenario;
  const draw = seeded(seed);
  const broken = new Set<string>();
  const fails: Failing = (_, path) =>
    [...broken].some((name) => path === name) ? 'EIO' : undefined;
  const files = failing(recorder, fails);
  let boot = 1;
  const open = (more: object) =>
    openCachedStore(
      { paths: places, layer, holds: 'test', ...more },
      surroundings(files, { boot: boot++ }),
    );
  let store = await open({ create: { blocks, blockSize } });
  recorder.mark('created');
  const groups: Group[] = [];
  let number = 0;
  for (const event of events) {
    if (event.do === 'transactions')
      for (const last = number + event.count; number < last; )
        number = transact(store.layer, draw, number, last, recorder, groups, blockSize);
    else if (event.do === 'fail') broken.add(places[event.disk]);
    else if (event.do === 'kill') store = await open({});
    else {
      broken.clear();
      store.close();
      if (event.do === 'replace') {
        const around = surroundings(files, { boot: boot++ });
        replaceDisk(places, { disk: event.disk, overwrite: true }, around);
      }
      store = await open({ repair: true });
    }
  }
  const size = store.layer.size();
  store.close();
  return { recorder, groups, size };
}

/** One group: a few transactions that share a sync. */
function transact(
  layer: Layer,
  draw: Draw,
  from: number,
  last: number,
  recorder: Recorder,
  groups: Group[],
  blockSize: number,
): number {
  const group = new Map<number, number>();
  const many = 1 + draw(3);
  let number = from;
  for (let i = 0; i < many && number < last && layer.room() > 1; i++) {
    number++;
    const mine = new Map<number, number>();
    const count = 1 + draw(Math.min(layer.room(), 3));
    for (let j = 0; j < count; j++) {
      const address = draw(layer.size());
      const said = layer.write(address, numbered(number, blockSize));
      if (said !== 'written') throw new Error(`a write is answered with ${said}`);
      mine.set(address, number);
    }
    if (draw(10) === 0) {
      layer.abort();
      continue;
    }
    layer.commit();
    for (const [address, content] of mine) group.set(address, content);
  }
  recorder.mark(`begin ${groups.length}`);
  layer.sync();
  recorder.mark(`end ${groups.length}`);
  groups.push(group);
  return number;
}

/** A block whose every sector tells its number. */
function numbered(number: number, blockSize: number): Block {
  const bytes = new Uint32Array(blockSize / 4);
  for (let i = 0; i < bytes.length; i += 32) bytes.fill(number, i, i + 2);
  bytes[bytes.length - 1] = number;
  return blockOf(new Uint8Array(bytes.buffer));
}

/** The number that a block holds; NaN for one that nobody has written. */
export function numberOf(content: Block, blockSize: number): number {
  const bytes = Buffer.alloc(blockSize);
  bytes.set(bytesOf(content));
  const number = bytes.readUInt32LE(0);
  const whole = bytesOf(numbered(number, blockSize));
  return Buffer.compare(bytesOf(content), whole) === 0 ? number : Number.NaN;
}
