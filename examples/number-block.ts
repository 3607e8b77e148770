/** A number in a block, for the hosts of the examples: seven bytes, and a mark that it is one. */
import { codec, u8 } from 'plimsoll';

const mark = 0xa5;

function encode(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  let rest = value;
  for (let i = 0; i < 7; i++) {
    bytes[i] = u8(rest % 256);
    rest = Math.floor(rest / 256);
  }
  bytes[7] = u8(mark);
  return bytes;
}

/** The number in these bytes; null if nobody has put one there. */
function decode(bytes: Uint8Array): number | null {
  if (bytes[7]! !== mark || bytes[6]! >= 32) return null;
  let value = 0;
  for (let i = 6; i >= 0; i--) value = 256 * value + bytes[i]!;
  return value;
}

function accepts(value: number): boolean {
  return value >= 0;
}

/** `plimsoll prove examples/number-block.ts` shows that every number comes back. */
export const numberBlock = codec({ bytes: 8, encode, decode, accepts });
