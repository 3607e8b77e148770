/** A block for each word of a slot, so that power tears slots on a real disk, too: tested only. */
import type { Disk, Operations } from 'plimsoll';
import { u32 } from 'plimsoll';
import { numberBlock } from '../number-block.ts';
import type { Tape } from './tape.ts';

export function onDisk(disk: Operations<Disk>): Operations<Tape> {
  const word = (address: number) => u32(numberBlock.decode(disk.read(address)) ?? 0);
  const size = () => Math.floor(disk.size() / 2);
  const has = (index: number) => 0 <= index && index < size();
  return {
    read: (index) => {
      if (!has(index)) return { value: u32(0), sum: u32(0) };
      return { value: word(2 * index), sum: word(2 * index + 1) };
    },
    write(index, value, sum) {
      if (!has(index)) return;
      disk.write(2 * index + 1, numberBlock.encode(sum));
      disk.write(2 * index, numberBlock.encode(value));
    },
    // Every write to this disk is durable when it returns.
    sync() {},
    size,
  };
}
