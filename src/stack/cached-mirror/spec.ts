/** The promise: two disks with caches, of which one may be lost and replaced, are one disk. */
export { TearingDisk } from '../../model/tearing-disk.ts';
