/** The cells on a real disk, each in a block of its own: tested, not proved. */
import type { Disk, Operations } from 'plimsoll';
import { numberBlock } from '../number-block.ts';
import type { Cells } from './spec.ts';

export function onDisk(disk: Operations<Disk>): Operations<Cells> {
  return {
    read: (cell) => numberBlock.decode(disk.read(cell)),
    write: (cell, value) => disk.write(cell, numberBlock.encode(value)),
    // Every write to this disk is durable when it returns.
    flush() {},
  };
}
