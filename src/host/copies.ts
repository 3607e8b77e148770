/**
 * Copies of blocks, many in one piece of memory: to allocate each by itself costs more than to
 * copy it. A piece is given back when no block of it is in use.
 */
import type { Block } from '../model/index.ts';

const pieceSize = 1 << 18;

export class Copies {
  private piece = new Uint8Array(0);
  private used = 0;

  /** A block of these bytes, which may change afterwards; trailing zeros do not matter. */
  blockOf(bytes: Uint8Array): Block {
    let length = bytes.length;
    while (length > 0 && bytes[length - 1] === 0) length--;
    if (this.used + length > this.piece.length) {
      this.piece = new Uint8Array(Math.max(pieceSize, length));
      this.used = 0;
    }
    const copy = this.piece.subarray(this.used, this.used + length);
    copy.set(length === bytes.length ? bytes : bytes.subarray(0, length));
    this.used += length;
    return copy as unknown as Block;
  }
}

/** The bytes of a block themselves: to be read, never changed. */
export function bytesIn(block: Block): Uint8Array {
  return block as unknown as Uint8Array;
}
