/** A number in a block, for the hosts of the examples: eight bytes, and a mark that it is one. */
import { type Block, blockOf, bytesOf } from 'plimsoll';

const mark = 0xa5;

export function blockOfNumber(value: number): Block {
  const bytes = new Uint8Array(9);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
  // The mark comes last: without it a block would end where its zeros begin.
  bytes[8] = mark;
  return blockOf(bytes);
}

/** The number in a block; null if nobody has put one there. */
export function numberInBlock(block: Block): number | null {
  const bytes = bytesOf(block);
  if (bytes.length !== 9 || bytes[8] !== mark) return null;
  return Number(new DataView(bytes.buffer).getBigUint64(0, true));
}
