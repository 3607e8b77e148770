/** The promise: two disks, one of which may die at any time, are one disk that never does. */
export { Disk } from '../../model/disk.ts';
