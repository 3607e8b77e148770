/** What the log keeps in blocks. The published encodings truncate; these answer with an error. */
import { type Block, blockOf, bytesOf } from '../../../src/model/index.ts';

export interface Header {
  readonly committed: boolean;
  readonly length: number;
}

const wordBytes = 4;

/** One byte that says whether it is committed, then the length. */
export const header = {
  encode({ committed, length }: Header): Block {
    const bytes = new Uint8Array(1 + wordBytes);
    bytes[0] = committed ? 1 : 0;
    putWord(bytes, 1, length);
    return blockOf(bytes);
  },

  decode(block: Block): Header {
    const bytes = bytesOf(block);
    return { committed: bytes[0] === 1, length: wordAt(bytes, 1) };
  },
};

/** A list of addresses; how long it is, is known otherwise. */
export const addresses = {
  encode(list: readonly number[]): Block {
    const bytes = new Uint8Array(wordBytes * list.length);
    for (const [i, address] of list.entries()) putWord(bytes, wordBytes * i, address);
    return blockOf(bytes);
  },

  decode(block: Block, length: number): number[] {
    const bytes = bytesOf(block);
    return Array.from({ length }, (_, i) => wordAt(bytes, wordBytes * i));
  },
};

/** The lowest byte first. */
function putWord(bytes: Uint8Array, at: number, value: number): void {
  if (value !== value >>> 0) throw new RangeError(`${value} is no whole number below 2^32`);
  for (let i = 0; i < wordBytes; i++) bytes[at + i] = (value >>> (8 * i)) & 255;
}

/** Bytes that are not there are zeros. */
function wordAt(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let i = wordBytes - 1; i >= 0; i--) value = 256 * value + (bytes[at + i] ?? 0);
  return value;
}
