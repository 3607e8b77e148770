/** Says which blocks of the log count, and where they belong: one sealed block of 512 bytes. */
import { codec, u8, u32, wrapU8 } from '../../model/index.ts';

export interface Header {
  /** The first of two headers is the newer one if both are odd, or neither. */
  readonly odd: boolean;
  /** Where the blocks of the log belong, in their order. */
  readonly addresses: readonly u32[];
}

/** The most addresses that fit: 4 bytes for the checksum, 4 for the rest, 4 for each. */
export const mostAddresses = 120;

function encode({ odd, addresses }: Header): Uint8Array {
  const bytes = new Uint8Array(484);
  bytes[0] = u8(odd ? 1 : 0);
  bytes[1] = u8(addresses.length);
  for (let i = 0; i < 120; i++) {
    const address = i < addresses.length ? addresses[i]! : u32(0);
    for (let k = 0; k < 4; k++) bytes[4 + 4 * i + k] = wrapU8(Math.floor(address / weight(k)));
  }
  return bytes;
}

function decode(bytes: Uint8Array): Header | null {
  if (bytes[1]! > 120) return null;
  const addresses: u32[] = [];
  for (let i = 0; i < 120; i++) {
    let address = 0;
    for (let k = 0; k < 4; k++) address = address + bytes[4 + 4 * i + k]! * weight(k);
    addresses.push(u32(address));
  }
  return { odd: bytes[0] === 1, addresses: addresses.slice(0, bytes[1]!) };
}

/** What a byte counts: 256 to the k. */
function weight(k: number): number {
  return k === 0 ? 1 : k === 1 ? 256 : k === 2 ? 65_536 : 16_777_216;
}

export const header = codec({ bytes: 484, longest: 120, sealed: true, encode, decode });
