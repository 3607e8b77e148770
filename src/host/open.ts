/** Opening disk images: locked, checked, and behind the host that runs a machine on them. */
import { type Creation, createImages, type Purpose } from './create.ts';
import { DiskHost } from './disk-host.ts';
import { HostError } from './host-error.ts';
import { type Attempt, judge } from './judge.ts';
import { attempt, Lease } from './lease.ts';
import type { Surroundings } from './owner.ts';
import { TwoDiskHost } from './two-disk-host.ts';

export interface PairOptions {
  readonly paths: readonly [string, string];
  /** Makes a new store instead of opening one. */
  readonly create?: Creation | undefined;
  /** Goes on without this disk, for good. */
  readonly without?: 0 | 1 | undefined;
  /** Is told what the operator should know. */
  readonly note?: ((text: string) => void) | undefined;
}

export interface SingleOptions {
  readonly path: string;
  /** Makes a new store instead of opening one. */
  readonly create?: Creation | undefined;
}

/** A host and what it holds. */
export interface Opened<H> {
  readonly host: H;
  close(): void;
}

/** The two disks of one store. */
export function openPair(options: PairOptions, around: Surroundings): Opened<TwoDiskHost> {
  return holding(around, (lease) => {
    const attempts = options.create
      ? createdPair(options.paths, options.create, lease, around)
      : openedPair(options.paths, lease);
    const dead = judge(attempts, options.without);
    const [first, second] = attempts.map((found, disk) =>
      disk === dead || found instanceof HostError ? null : found,
    );
    const host = new TwoDiskHost(first ?? null, second ?? null, options.note);
    if (dead !== undefined) {
      host.markAlone(dead === 0 ? 1 : 0);
      options.note?.(`disk ${dead} is dead and is left as it is: ${options.paths[dead]}`);
    }
    return host;
  });
}

/** The one disk of a store. */
export function openSingle(options: SingleOptions, around: Surroundings): Opened<DiskHost> {
  return holding(around, (lease) => {
    const place = lease.place(options.path);
    lease.lock(place);
    if (options.create) createImages([place], options.create, around);
    const image = lease.open(place);
    if (image.header.disks !== 1) {
      const fault = `the image is one of ${image.header.disks} disks of its store`;
      throw new HostError('other-store', options.path, fault, 'open it with the other disks');
    }
    return new DiskHost(image);
  });
}

export function holding<H extends { close(): void }>(
  around: Surroundings,
  open: (lease: Lease) => H,
): Opened<H> {
  const lease = new Lease(around);
  try {
    const host = open(lease);
    const close = () => {
      host.close();
      lease.release();
    };
    return { host, close };
  } catch (error) {
    lease.release();
    throw error;
  }
}

export function openedPair(paths: readonly [string, string], lease: Lease): [Attempt, Attempt] {
  const place = (path: string) => attempt(() => lease.place(path));
  const places = [place(paths[0]), place(paths[1])] as const;
  refuseSame(places, paths);
  const open = (place: string | HostError): Attempt =>
    place instanceof HostError
      ? place
      : attempt(() => {
          lease.lock(place);
          return lease.open(place);
        });
  return [open(places[0]), open(places[1])];
}

export function createdPair(
  paths: readonly [string, string],
  creation: Creation,
  lease: Lease,
  around: Surroundings,
  purpose?: Purpose,
): [Attempt, Attempt] {
  const places = [lease.place(paths[0]), lease.place(paths[1])] as const;
  refuseSame(places, paths);
  for (const place of places) lease.lock(place);
  createImages(places, creation, around, purpose);
  return [lease.open(places[0]), lease.open(places[1])];
}

function refuseSame(places: readonly (string | HostError)[], paths: readonly string[]): void {
  if (typeof places[0] !== 'string' || places[0] !== places[1]) return;
  const fault = 'this is one file, given twice';
  throw new HostError('same-file', paths.join(', '), fault, 'give two images');
}
