/** The promise: two disks with caches, of which one may be lost and replaced, are one disk. */
export { CachedDisk as TearingDisk } from '../../model/cached-disk.ts';
