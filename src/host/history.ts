/**
 * What the headers of two disks with caches say of their past.
 *
 * Each death of a disk begins a new generation on the one that goes on, and that disk alone knows
 * of it. So a disk whose generation is among those of the other one is its past; if neither is,
 * each has gone on without the other.
 */
import type { Header } from './header.ts';

type Past = Pick<Header, 'lineage' | 'epoch'>;

/** The generation that a disk is in; empty until a disk of its store dies. */
export function generation({ lineage }: Past): string {
  return lineage.at(-1) ?? '';
}

/** The number of the disk that has missed what the other one knows; 'split' if both have. */
export function behindOf(first: Past, second: Past): 0 | 1 | undefined | 'split' {
  const [one, other] = [generation(first), generation(second)];
  if (one !== other) {
    if (isPast(one, second)) return 0;
    return isPast(other, first) ? 1 : 'split';
  }
  if (first.epoch === second.epoch) return undefined;
  return first.epoch < second.epoch ? 0 : 1;
}

function isPast(earlier: string, { lineage }: Past): boolean {
  return earlier === '' || lineage.includes(earlier);
}
