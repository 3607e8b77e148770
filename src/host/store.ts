/**
 * A store: a layer, on a host, ready to be used.
 *
 * `init()` runs until it was completed once, `recover()` at every later start. That it was
 * completed is on every disk before anybody can use the store; a power cut before that, and it
 * runs again. One disk that says so is enough: no disk says so before `init()` is through on all.
 */
import {
  type AsyncOperations,
  type Disk,
  isAsync,
  locked,
  type Operations,
  type TearingDisk,
  type TwoCachedDisks,
  type TwoDisks,
} from '../model/index.ts';
import type { DiskHost } from './disk-host.ts';
import { HostError } from './host-error.ts';
import { type Opened, openPair, openSingle, type PairOptions, type SingleOptions } from './open.ts';
import {
  type CachedPairOptions,
  type CachedSingleOptions,
  openCachedPair,
  openCachedSingle,
} from './open-cached.ts';
import { realSurroundings, type Surroundings } from './owner.ts';
import type { TearingDiskHost } from './tearing-disk-host.ts';
import type { TwoCachedDisksHost } from './two-cached-disks-host.ts';
import type { TwoDiskHost } from './two-disk-host.ts';

/** What every layer has beside its operations. */
export interface Life {
  init(): boolean | Promise<boolean>;
  recover(): void | Promise<void>;
}

/** The class of a layer on the machine `M`. What it awaits may as well be there at once. */
export type LayerClass<M, C extends Life> =
  | (new (
      lower: Operations<M>,
    ) => C)
  | (new (
      lower: AsyncOperations<M>,
    ) => C);

export interface Store<C, H> {
  readonly layer: C;
  readonly host: H;
  /** Whether `init()` ran now; otherwise `recover()` did. */
  readonly fresh: boolean;
  close(): void;
}

export interface StoreOptions<C extends Life> extends PairOptions {
  readonly layer: LayerClass<TwoDisks, C>;
}

export interface DiskStoreOptions<C extends Life> extends SingleOptions {
  readonly layer: LayerClass<Disk, C>;
}

/** Opens or creates a layer on two disk images. */
export async function openStore<C extends Life>(
  options: StoreOptions<C>,
  around: Surroundings = realSurroundings(),
): Promise<Store<C, TwoDiskHost>> {
  return start<TwoDisks, C, TwoDiskHost>(options.layer, openPair(options, around));
}

/** Opens or creates a layer on one disk image. */
export async function openDiskStore<C extends Life>(
  options: DiskStoreOptions<C>,
  around: Surroundings = realSurroundings(),
): Promise<Store<C, DiskHost>> {
  return start<Disk, C, DiskHost>(options.layer, openSingle(options, around));
}

export interface CachedStoreOptions<C extends Life> extends CachedPairOptions {
  readonly layer: LayerClass<TwoCachedDisks, C>;
}

export interface CachedDiskStoreOptions<C extends Life> extends CachedSingleOptions {
  readonly layer: LayerClass<TearingDisk, C>;
}

/** Opens or creates a layer on two disk images, whose writes wait for a flush. */
export async function openCachedStore<C extends Life>(
  options: CachedStoreOptions<C>,
  around: Surroundings = realSurroundings(),
): Promise<Store<C, TwoCachedDisksHost>> {
  const opened = openCachedPair(options, around);
  return start<TwoCachedDisks, C, TwoCachedDisksHost>(options.layer, opened);
}

/** Opens or creates a layer on one disk image, whose writes wait for a flush. */
export async function openCachedDiskStore<C extends Life>(
  options: CachedDiskStoreOptions<C>,
  around: Surroundings = realSurroundings(),
): Promise<Store<C, TearingDiskHost>> {
  const opened = openCachedSingle(options, around);
  return start<TearingDisk, C, TearingDiskHost>(options.layer, opened);
}

interface Host {
  readonly initialised: boolean;
  markInitialised(): void;
}

async function start<M, C extends Life, H extends Host & Operations<M>>(
  Layer: LayerClass<M, C>,
  { host, close }: Opened<H>,
): Promise<Store<C, H>> {
  try {
    const Code = Layer as new (lower: Operations<M>) => C & object;
    // To its users code that awaits is the same, entered through its lock.
    const layer = isAsync(Code) ? (locked(Code, host) as unknown as C) : new Code(host);
    const fresh = !host.initialised;
    if (!fresh) await layer.recover();
    else if (!(await layer.init())) throw unusable();
    host.markInitialised();
    return { layer, host, fresh, close };
  } catch (error) {
    close();
    throw error;
  }
}

function unusable(): HostError {
  const remedy = 'create a store of the size that the layer needs';
  return new HostError('not-initialised', 'store', 'the layer cannot use these disks', remedy);
}
