// expect: refuted
// because: power lost within the loop leaves a newer slot with half of a value
import {
  type Block,
  forall,
  invariant,
  type Operations,
  refinement,
  sameBlock,
  stateOf,
  zeroBlock,
} from 'plimsoll';
import { Register, type Version, VersionedDisk } from '../spec.ts';

export class TwoSlots implements Operations<Register> {
  private readonly disk: Operations<VersionedDisk>;
  /** The newer slot and its version; the proof looks at them. */
  newer: 0 | 1 = 0;
  version: Version = 0;

  constructor(disk: Operations<VersionedDisk>) {
    this.disk = disk;
  }

  /** Half of a disk of an odd number of blocks is refused. */
  init(): boolean {
    this.disk.writeVersion(0, 0);
    this.disk.writeVersion(1, 0);
    return this.disk.size() === 2 * this.size();
  }

  size(): number {
    return Math.floor(this.disk.size() / 2);
  }

  read(index: number): Block {
    const size = this.size();
    if (index < 0 || index >= size) return zeroBlock;
    return this.disk.read(addressIn(this.newer, size, index));
  }

  write(value: readonly Block[]): boolean {
    const size = this.size();
    if (value.length !== size) return false;
    const older = this.newer === 0 ? 1 : 0;
    this.disk.writeVersion(older, following(this.version));
    for (let i = 0; i < size; i++) {
      invariant(() => current(stateOf<VersionedDisk>(this.disk), older, following(this.version)));
      invariant(() => stateOf<VersionedDisk>(this.disk).blocks.length === 2 * size);
      invariant(() => written(stateOf<VersionedDisk>(this.disk), older, size, value, i));
      this.disk.write(addressIn(older, size, i), value[i]!);
    }
    const version = following(this.version);
    this.newer = older;
    this.version = version;
    return true;
  }

  recover(): void {
    const first = this.disk.readVersion(0);
    const second = this.disk.readVersion(1);
    this.newer = second === following(first) ? 1 : 0;
    this.version = this.newer === 0 ? first : second;
  }
}

/** The version that comes after another. */
export function following(version: Version): Version {
  return version === 0 ? 1 : version === 1 ? 2 : 0;
}

/** Where a block of a slot lies. */
export function addressIn(slot: 0 | 1, size: number, index: number): number {
  return slot === 0 ? index : size + index;
}

/** Whether this slot is the newer one on the disk, and has this version. */
export function current(disk: VersionedDisk, slot: 0 | 1, version: Version): boolean {
  return slot === 0
    ? disk.firstVersion === version && disk.secondVersion !== following(version)
    : disk.secondVersion === version && version === following(disk.firstVersion);
}

/** Whether the first `end` blocks of a slot are those of the value. */
export function written(
  disk: VersionedDisk,
  slot: 0 | 1,
  size: number,
  value: readonly Block[],
  end: number,
): boolean {
  return forall(0, end, (i) => sameBlock(value[i]!, disk.blocks[addressIn(slot, size, i)]!));
}

export const register = refinement({
  promise: Register,
  code: TwoSlots,
  on: VersionedDisk,
  abstraction: (register, disk, code) =>
    current(disk, code.newer, code.version) && holds(disk, register),
  crash: (before, after, disk) => holds(disk, before) || holds(disk, after),
  initially: (disk) => new Register(disk.blocks.slice(0, Math.floor(disk.blocks.length / 2))),
  bounds: { length: 4 },
});

/** Whether the newer slot has the value. */
function holds(disk: VersionedDisk, register: Register): boolean {
  const newer = disk.secondVersion === following(disk.firstVersion) ? 1 : 0;
  const size = register.blocks.length;
  return disk.blocks.length === 2 * size && written(disk, newer, size, register.blocks, size);
}
