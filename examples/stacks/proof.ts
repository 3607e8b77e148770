import { compose } from 'plimsoll';
import { mirror } from '../../src/stack/mirror/proof.ts';
import { layer as remap } from '../remap/proof.ts';
import { layer as cache } from '../write-back-cache/proof.ts';

/** A disk with a cache, on two disks of which one may die. */
export const mirrored = compose(mirror, cache);

/** The same, on a disk of which blocks go bad. */
export const remapped = compose(remap, cache);
