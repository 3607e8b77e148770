/**
 * Blocks: what one disk access moves.
 *
 * Verified code may pass blocks on and compare them, never look inside: to the prover a block is
 * a value of an uninterpreted sort. At run time it is a byte string, read as if padded with zeros.
 */
declare const block: unique symbol;

/** The content of one disk block: an immutable value. Compare with `sameBlock`, not with `===`. */
export interface Block {
  readonly [block]: never;
}

/** A block of the given bytes; trailing zeros do not matter. The bytes are copied. */
export function blockOf(bytes: Uint8Array): Block {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length--;
  return bytes.slice(0, length) as unknown as Block;
}

/** The bytes of a block without its trailing zeros: a copy. */
export function bytesOf(content: Block): Uint8Array {
  return (content as unknown as Uint8Array).slice();
}

/** The block of zeros. */
export const zeroBlock: Block = blockOf(new Uint8Array(0));

/** Whether two blocks have the same content. */
export function sameBlock(a: Block, b: Block): boolean {
  const left = a as unknown as Uint8Array;
  const right = b as unknown as Uint8Array;
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}

/** Whether two sequences of blocks have the same length and content. */
export function sameBlocks(a: readonly Block[], b: readonly Block[]): boolean {
  return a.length === b.length && a.every((content, i) => sameBlock(content, b[i]!));
}
