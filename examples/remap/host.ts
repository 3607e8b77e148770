/**
 * A third of a real disk for the table, the rest for blocks, of which half are spare: tested only.
 *
 * That a block has gone bad is found out by reading what was written. The blocks of the table are
 * trusted, as the machine says.
 */
import { type Block, type Disk, type Operations, sameBlock, zeroBlock } from 'plimsoll';
import { numberBlock } from '../number-block.ts';
import type { WornDisk } from './worn-disk.ts';

export function onDisk(disk: Operations<Disk>): Operations<WornDisk> {
  const entries = () => Math.floor(disk.size() / 3);
  const places = () => disk.size() - entries();
  const has = (place: number) => 0 <= place && place < places();
  const lists = (address: number) => 0 <= address && address < entries();
  return {
    read: (place): Block => (has(place) ? disk.read(entries() + place) : zeroBlock),
    write(place, block) {
      if (!has(place)) return false;
      disk.write(entries() + place, block);
      return sameBlock(disk.read(entries() + place), block);
    },
    places,
    entry: (address) => (lists(address) ? (numberBlock.decode(disk.read(address)) ?? 0) : 0),
    setEntry(address, place) {
      if (lists(address)) disk.write(address, numberBlock.encode(place));
    },
    entries,
  };
}
