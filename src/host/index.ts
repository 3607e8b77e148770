/** Disks kept in files: the edge of what is proved, where a layer meets the operating system. */
export type { Creation, Geometry } from './create.ts';
export { demo } from './demo.ts';
export { DiskHost, diskTrusts } from './disk-host.ts';
export { type Fault, HostError } from './host-error.ts';
export { replaceDisk } from './open-cached.ts';
export {
  type DiskState,
  type OpenTransactions,
  openTransactions,
  type TransactionsOptions,
  type TransactionsStack,
} from './open-transactions.ts';
export { realSurroundings } from './owner.ts';
export {
  type CachedStoreOptions,
  type DiskStoreOptions,
  type LayerClass,
  type Life,
  openCachedDiskStore,
  openCachedStore,
  openDiskStore,
  openStore,
  type Store,
  type StoreOptions,
} from './store.ts';
export { TearingDiskHost, tearingDiskTrusts } from './tearing-disk-host.ts';
export { Transaction, type TransactionalDisk, Transactions } from './transactions.ts';
export { TwoCachedDisksHost, twoCachedDisksTrusts } from './two-cached-disks-host.ts';
export { TwoDiskHost, twoDisksTrusts } from './two-disk-host.ts';
export { cachedOn, sectorsOn } from './written-through.ts';
