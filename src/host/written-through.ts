/**
 * Machines with a volatile cache, on a disk that has none.
 *
 * Every write is durable when it returns: one of the things that such a machine may do. What a
 * layer loses when its cache is lost is for `prove` and `explore` to say.
 */
import type { CachedDisk, Disk, Operations, SectorDisk } from '../model/index.ts';

export function cachedOn(disk: Operations<Disk>): Operations<CachedDisk> {
  return {
    read: (address) => disk.read(address),
    write: (address, block) => disk.write(address, block),
    flush() {},
    size: () => disk.size(),
  };
}

/** A sector is a block of the disk; power may go between two of them. */
export function sectorsOn(disk: Operations<Disk>): Operations<SectorDisk> {
  return {
    read: (address) => disk.read(address),
    write(address, contents) {
      if (address < 0 || address > disk.size() - contents.length) return;
      contents.forEach((content, i) => {
        disk.write(address + i, content);
      });
    },
    flush() {},
    size: () => disk.size(),
  };
}
