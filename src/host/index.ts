/** Disks kept in files: the edge of what is proved, where a layer meets the operating system. */
export type { Creation, Geometry } from './create.ts';
export { demo } from './demo.ts';
export { DiskHost, diskTrusts } from './disk-host.ts';
export { type Fault, HostError } from './host-error.ts';
export {
  type DiskStoreOptions,
  type LayerClass,
  type Life,
  openDiskStore,
  openStore,
  type Store,
  type StoreOptions,
} from './store.ts';
export { TwoDiskHost, twoDisksTrusts } from './two-disk-host.ts';
export { cachedOn, sectorsOn } from './written-through.ts';
