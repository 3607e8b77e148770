/** The promise: a disk of which no block ever goes bad. */
export { Disk } from 'plimsoll';
