/**
 * Which of the two disks of a store with caches may be used, and which one waits to be repaired.
 *
 * A disk that is behind counts as dead. Only who asks for a repair has it attached, and only
 * beside the one that is ahead.
 */
import { behindOf } from './history.ts';
import { HostError } from './host-error.ts';
import { Image } from './image.ts';
import {
  type Attempt,
  bearable,
  refuseLost,
  refuseStrangers,
  refuseWrongPlaces,
  split,
} from './judge.ts';

export interface Judged {
  /** The disk that may not be touched. */
  readonly dead: 0 | 1 | undefined;
  /** The disk that is attached, and behind. */
  readonly behind: 0 | 1 | undefined;
}

export interface Wishes {
  readonly without?: 0 | 1 | undefined;
  readonly repair?: boolean | undefined;
}

export function judgeCached(attempts: readonly [Attempt, Attempt], wishes: Wishes): Judged {
  const [first, second] = attempts;
  refuseWrongPlaces(attempts);
  if (first instanceof Image && second instanceof Image) {
    refuseStrangers(first, second);
    return both(first, second, wishes);
  }
  const dead = wishes.without ?? missed(attempts);
  attempts.forEach((found, disk) => {
    if (!(found instanceof HostError)) return;
    if (disk !== dead || !bearable.includes(found.kind)) throw proposing(found, disk);
  });
  return { dead, behind: undefined };
}

function both(first: Image, second: Image, { without, repair }: Wishes): Judged {
  const behind = behindOf(first.header, second.header);
  if (behind === 'split') throw split(first, second);
  if (behind === undefined) return { dead: without, behind };
  if (without !== undefined && without !== behind) throw refuseLost(behind === 0 ? second : first);
  if (!repair || without !== undefined) return { dead: behind, behind: undefined };
  return { dead: undefined, behind };
}

/** The disk that the one that is there has gone on without. */
function missed([first, second]: readonly [Attempt, Attempt]): 0 | 1 | undefined {
  if (first instanceof Image && first.header.alone) return 1;
  return second instanceof Image && second.header.alone ? 0 : undefined;
}

/** Missing files are found again, or given up: both is said. */
function proposing(error: HostError, disk: number): HostError {
  if (error.kind !== 'missing') return error;
  const remedy = `find it, or go on without disk ${disk} for good`;
  return new HostError('missing', error.place, 'there is no such file', remedy);
}
