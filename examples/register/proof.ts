import { refinement } from 'plimsoll';
import { current, following, TwoSlots, written } from './code.ts';
import { Register, VersionedDisk } from './spec.ts';

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
