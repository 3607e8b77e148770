/** Stacks of layers that are proved elsewhere: nothing is left to be proved here. */
import { beside, compose } from 'plimsoll';
import { mirror } from 'plimsoll/stack/mirror';
import { counter } from '../counter/proof.ts';
import { readCache } from '../read-cache/proof.ts';
import { layer as remap } from '../remap/proof.ts';
import { layer as writeBack } from '../write-back-cache/proof.ts';

/** A disk that is read from memory, on two disks of which one may die. */
export const mirrored = compose(mirror, readCache);

/** The same on a disk of which blocks go bad. */
export const remapped = compose(remap, readCache, { bounds: { length: 1 } });

/** Three layers: a disk with a volatile cache, on the first of these stacks. */
export const cached = compose(mirrored, writeBack, { bounds: { operations: 3 } });

/** Two stores that lose power together. */
export const twoStores = beside(mirrored, counter, { bounds: { length: 1 } });
