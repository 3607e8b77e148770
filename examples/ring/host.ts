/** Head and tail in the first two blocks of a real disk, the ring behind them: tested only. */
import type { Disk, Operations } from 'plimsoll';
import { numberBlock } from '../number-block.ts';
import type { NumberedDisk } from './spec.ts';

export function onDisk(disk: Operations<Disk>): Operations<NumberedDisk> {
  return {
    readHead: () => numberBlock.decode(disk.read(0)) ?? 0,
    writeHead: (head) => disk.write(0, numberBlock.encode(head)),
    readTail: () => numberBlock.decode(disk.read(1)) ?? 0,
    writeTail: (tail) => disk.write(1, numberBlock.encode(tail)),
    read: (address) => disk.read(address + 2),
    write: (address, block) => disk.write(address + 2, block),
    size: () => Math.max(0, disk.size() - 2),
  };
}
