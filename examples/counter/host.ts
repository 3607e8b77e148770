/** The cells on a real disk, each in a block of its own: tested, not proved. */
import type { Disk, Operations } from 'plimsoll';
import { blockOfNumber, numberInBlock } from '../number-block.ts';
import type { Cells } from './spec.ts';

export function onDisk(disk: Operations<Disk>): Operations<Cells> {
  return {
    read: (cell) => numberInBlock(disk.read(cell)),
    write: (cell, value) => disk.write(cell, blockOfNumber(value)),
    // Every write to this disk is durable when it returns.
    flush() {},
  };
}
