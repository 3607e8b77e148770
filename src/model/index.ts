/** Everything verified code and specifications may use. */
export { type Block, blockOf, bytesOf, sameBlock, sameBlocks, zeroBlock } from './block.ts';
export { CachedDisk } from './cached-disk.ts';
export { anyBlock, anyBlocks, anyBoolean, anyInteger, anyOf } from './choice.ts';
export { type Codec, codec, NotAccepted } from './codec.ts';
export { Disk } from './disk.ts';
export {
  assert,
  assume,
  decreases,
  exists,
  forall,
  ghost,
  implies,
  invariant,
  requires,
} from './ghost.ts';
export { ensures, opaque, use } from './lemma.ts';
export { type Entrance, isAsync, Lock, locked } from './lock.ts';
export { type AsyncOperations, type Operations, stateOf } from './machine.ts';
export { everyKey, sameEntries, visited } from './maps.ts';
export { u8, u16, u32, u64, wrapU8, wrapU16, wrapU32, wrapU64 } from './numbers.ts';
export { isSealed } from './seal.ts';
export { SectorDisk } from './sector-disk.ts';
export { mayBeLeft, mayBeLeftOrTorn } from './survival.ts';
export { TearingDisk } from './tearing-disk.ts';
export { TwoCachedDisks } from './two-cached-disks.ts';
export { TwoDisks } from './two-disks.ts';
