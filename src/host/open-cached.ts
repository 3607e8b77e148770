/** Opening disk images whose writes wait for a flush. */
import { CachedImage } from './cached-image.ts';
import { type Creation, createImages, createReplacement } from './create.ts';
import { HostError } from './host-error.ts';
import type { Image } from './image.ts';
import type { Attempt } from './judge.ts';
import { judgeCached, type Wishes } from './judge-cached.ts';
import { createdPair, holding, type Opened, openedPair } from './open.ts';
import type { Surroundings } from './owner.ts';
import { TearingDiskHost } from './tearing-disk-host.ts';
import { TwoCachedDisksHost } from './two-cached-disks-host.ts';

interface CachedOptions {
  /** Makes a new store instead of opening one. */
  readonly create?: Creation | undefined;
  /** Whether a flush waits for the medium; only processes can be killed safely if it does not. */
  readonly synced?: boolean | undefined;
  /** What the blocks hold: an image that says otherwise is refused. */
  readonly holds?: string | undefined;
}

export interface CachedPairOptions extends CachedOptions, Wishes {
  readonly paths: readonly [string, string];
  /** Is told what the operator should know. */
  readonly note?: ((text: string) => void) | undefined;
}

export interface CachedSingleOptions extends CachedOptions {
  readonly path: string;
}

/** The two disks of one store. */
export function openCachedPair(
  options: CachedPairOptions,
  around: Surroundings,
): Opened<TwoCachedDisksHost> {
  return holding(around, (lease) => {
    const { create, paths, synced, holds = '', note } = options;
    const attempts = create
      ? createdPair(paths, create, lease, around, { cached: true, holds })
      : openedPair(paths, lease);
    for (const found of attempts) if (!(found instanceof HostError)) refuseOther(found, holds);
    const { dead } = judgeCached(attempts, options);
    const [first, second] = attempts.map((found, disk) =>
      disk === dead || found instanceof HostError ? null : new CachedImage(found, synced),
    );
    const newGeneration = () => around.newIdentity().slice(-16);
    const host = new TwoCachedDisksHost(first ?? null, second ?? null, { newGeneration, note });
    if (dead !== undefined) {
      host.markAlone(dead === 0 ? 1 : 0);
      note?.(`disk ${dead} is dead and is left as it is: ${paths[dead]}`);
    }
    return host;
  });
}

/** The one disk of a store. */
export function openCachedSingle(
  options: CachedSingleOptions,
  around: Surroundings,
): Opened<TearingDiskHost> {
  return holding(around, (lease) => {
    const { path, create, synced, holds = '' } = options;
    const place = lease.place(path);
    lease.lock(place);
    if (create) createImages([place], create, around, { cached: true, holds });
    const image = lease.open(place);
    refuseOther(image, holds);
    if (image.header.disks !== 1) {
      const fault = `the image is one of ${image.header.disks} disks of its store`;
      throw new HostError('other-store', path, fault, 'open it with the other disks');
    }
    return new TearingDiskHost(new CachedImage(image, synced));
  });
}

/** Makes a new image in the place of a dead disk; the other one must have gone on alone. */
export function replaceDisk(
  paths: readonly [string, string],
  replace: { readonly disk: 0 | 1; readonly overwrite?: boolean },
  around: Surroundings,
): void {
  holding(around, (lease) => {
    const { disk, overwrite = false } = replace;
    const place = lease.place(paths[disk]);
    lease.lock(place);
    const current = survivor(openedPair(paths, lease), disk);
    createReplacement(place, current.header, overwrite, around);
    return { close() {} };
  }).close();
}

/** The other disk; a refusal as long as the two work together, or if it has not seen a death. */
function survivor(attempts: readonly [Attempt, Attempt], disk: 0 | 1): Image {
  const other = attempts[disk === 0 ? 1 : 0];
  if (other instanceof HostError) throw other;
  if (other.header.alone) return other;
  const fault = `disk ${disk} is not known to be dead: the other one has not gone on without it`;
  const remedy = `open the store without disk ${disk} once, if it is lost for good`;
  throw new HostError('no-repair', other.path, fault, remedy);
}

/** A store for another program, or of another layout. */
function refuseOther({ path, header }: Image, holds: string): void {
  if (!header.cached) {
    const fault = 'the image is of a store without caches';
    throw new HostError('other-store', path, fault, 'open it with the layer that made it');
  }
  if (header.holds === holds) return;
  const named = (text: string) => (text === '' ? 'blocks of a layer' : text);
  const fault = `the image holds ${named(header.holds)}, not ${named(holds)}`;
  throw new HostError('other-store', path, fault, 'open it with the program that made it');
}
