/**
 * Sealed blocks: the first four bytes are a checksum of the others.
 *
 * To the prover `isSealed` says something of a block, it does not know what; only that the block
 * of zeros is not sealed, and what a sealed codec encodes is. That a block which was torn does not
 * match its checksum is an assumption of the machines that tear blocks.
 */
import { type Block, blockOf, bytesOf } from './block.ts';

/** How many bytes the checksum takes. */
export const sealBytes = 4;

/** Whether a block carries its own checksum, and matches it. */
export function isSealed(block: Block): boolean {
  return contentOf(block) !== null;
}

/** The block of these bytes, sealed. */
export function seal(content: Uint8Array): Block {
  const end = used(content);
  const whole = new Uint8Array(sealBytes + end);
  whole.set(content.subarray(0, end), sealBytes);
  new DataView(whole.buffer).setUint32(0, checksum(whole), true);
  return blockOf(whole);
}

/** What was sealed, without its trailing zeros; null if the block is not sealed. */
export function contentOf(block: Block): Uint8Array | null {
  const bytes = bytesOf(block);
  if (bytes.length < sealBytes) return null;
  const said = new DataView(bytes.buffer).getUint32(0, true);
  return said === checksum(bytes) ? bytes.subarray(sealBytes) : null;
}

function used(content: Uint8Array): number {
  let end = content.length;
  while (end > 0 && content[end - 1] === 0) end--;
  return end;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  return rest;
});

/** CRC-32 of what comes after the checksum, not inverted at its end: zeros do not match. */
function checksum(block: Uint8Array): number {
  let rest = 0xffff_ffff;
  for (const byte of block.subarray(sealBytes)) rest = (rest >>> 8) ^ table[(rest ^ byte) & 0xff]!;
  return rest >>> 0;
}
