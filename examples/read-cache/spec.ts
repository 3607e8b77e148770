/** The promise: a disk, of which no block is read twice. */
export { Disk } from 'plimsoll';
