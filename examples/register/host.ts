/** The versions in the first two blocks of a real disk, the slots behind them: tested only. */
import type { Disk, Operations } from 'plimsoll';
import { numberBlock } from '../number-block.ts';
import type { VersionedDisk } from './spec.ts';

export function onDisk(disk: Operations<Disk>): Operations<VersionedDisk> {
  return {
    readVersion(slot) {
      const found = numberBlock.decode(disk.read(slot));
      return found === 1 || found === 2 ? found : 0;
    },
    writeVersion: (slot, version) => disk.write(slot, numberBlock.encode(version)),
    read: (address) => disk.read(address + 2),
    write: (address, block) => disk.write(address + 2, block),
    size: () => Math.max(0, disk.size() - 2),
  };
}
