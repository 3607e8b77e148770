/**
 * Which of the two disks of a store may be used.
 *
 * A disk that is `alone` has gone on without the other. Then it does not matter what has become
 * of the other one's file; in every other case both must be there, in order, and fit together.
 */
import { type Fault, HostError } from './host-error.ts';
import { Image } from './image.ts';

/** An image that was opened, or why it was not. */
export type Attempt = Image | HostError;

/** Faults of a file that do not matter once its disk is known to be dead. */
export const bearable: readonly Fault[] = [
  ...(['missing', 'not-an-image', 'checksum', 'cut-short'] as const),
  ...(['geometry', 'permission', 'input-output'] as const),
];

/** The number of the disk that is dead, undefined if both work; a refusal if neither will do. */
export function judge(
  attempts: readonly [Attempt, Attempt],
  without: 0 | 1 | undefined,
): 0 | 1 | undefined {
  const [first, second] = attempts;
  if (first instanceof Image && second instanceof Image) {
    refuseStrangers(first, second);
    refuseSplit(first, second);
  }
  refuseWrongPlaces(attempts);
  for (const found of attempts) if (found instanceof Image) refuseCached(found);
  const dead = without ?? left(attempts);
  for (const disk of [0, 1] as const) {
    const attempt = attempts[disk];
    if (!(attempt instanceof HostError)) continue;
    if (disk !== dead || !bearable.includes(attempt.kind)) throw attempt;
  }
  const given = dead === undefined ? undefined : attempts[dead];
  if (given instanceof Image && given.header.alone) throw refuseLost(given);
  return dead;
}

/** The disk that the other one has left behind. */
function left([first, second]: readonly [Attempt, Attempt]): 0 | 1 | undefined {
  if (first instanceof Image && first.header.alone) return 1;
  if (second instanceof Image && second.header.alone) return 0;
  if (!(first instanceof Image && second instanceof Image)) return undefined;
  if (first.header.epoch === second.header.epoch) return undefined;
  return first.header.epoch < second.header.epoch ? 0 : 1;
}

export function refuseStrangers(first: Image, second: Image): void {
  const both = `${first.path}, ${second.path}`;
  if (first.identity === second.identity)
    throw new HostError('same-file', both, 'this is one file, given twice', 'give two images');
  const [one, other] = [first.header, second.header];
  if (one.blocks !== other.blocks || one.blockSize !== other.blockSize) {
    const sizes = [one, other].map(({ blocks, blockSize }) => `${blocks} blocks of ${blockSize}`);
    const fault = `the sizes differ: ${sizes.join(' bytes, and ')} bytes`;
    throw new HostError('sizes-differ', both, fault, 'give the two images of one store');
  }
  if (one.store !== other.store) {
    const remedy =
      'give the two images of one store; if creating it was cut short, create it again';
    throw new HostError('other-store', both, 'the images belong to different stores', remedy);
  }
}

function refuseSplit(first: Image, second: Image): void {
  if (first.header.alone && second.header.alone) throw split(first, second);
}

/** Both have gone on without the other: whichever is taken, something acknowledged is lost. */
export function split(first: Image, second: Image): HostError {
  const fault = 'each disk has gone on without the other';
  const remedy = 'choose one by what they hold, and move the file of the other out of the way';
  return new HostError('split', `${first.path}, ${second.path}`, fault, remedy);
}

function refuseCached({ path, header }: Image): void {
  if (!header.cached) return;
  const fault = 'the image is of a store with caches';
  throw new HostError('other-store', path, fault, 'open it with the layer that made it');
}

export function refuseWrongPlaces(attempts: readonly [Attempt, Attempt]): void {
  attempts.forEach((attempt, place) => {
    if (attempt instanceof HostError) return;
    const { disk, disks } = attempt.header;
    if (disks !== 2) {
      const fault = `the image is of a store with ${disks} disk${disks === 1 ? '' : 's'}`;
      throw new HostError('other-store', attempt.path, fault, 'give the images of a pair');
    }
    if (disk !== place) {
      const fault = `this is disk ${disk} of its store, given as disk ${place}`;
      throw new HostError('swapped', attempt.path, fault, 'give the images in their order');
    }
  });
}

/** Going on without the disk that has the newest content would bring back the stale one. */
export function refuseLost({ path }: Image): HostError {
  const fault = 'this disk has gone on alone; the other one is stale';
  return new HostError('split', path, fault, 'go on with this disk');
}
