/**
 * The first 512 bytes of an image, little-endian:
 *
 *     0  magic "PLIMSOLL"             40  number of this disk in its store
 *     8  format version, u32          44  how many disks the store has, u32
 *    12  block size, u32              48  flags, u32: 1 initialised, 2 alone, 4 cached
 *    16  number of blocks, u64        52  how many ids there are at 72, u32
 *    24  identity of the store        56  epoch, u64
 *    64  zeros                        72  lineage: up to 40 ids of 8 bytes
 *   400  what the blocks hold, 32 bytes of text
 *   508  CRC-32 of the 508 bytes before it
 *
 * The blocks begin at byte 4096, each aligned to its size. A header is changed in place by one
 * write of 512 bytes: no disk tears a sector, so there is always one whole header.
 *
 * When a disk dies, the other one raises its epoch and is `alone`. A disk whose epoch is behind
 * has missed writes: it stays dead, also when its file comes back.
 *
 * Disks with a cache leave their epochs to the layer. There each death begins a new generation on
 * the disk that goes on; its lineage, oldest first, tells a stale disk from one that has gone on
 * for itself, whatever both have been through.
 */
import { crc32 } from 'node:zlib';
import { HostError } from './host-error.ts';

export const headerSize = 512;
export const blocksBegin = 4096;

const magic = 'PLIMSOLL';
const version = 1;
const flags = { initialised: 1, alone: 2, cached: 4 };
/** How many generations are remembered. */
export const longestLineage = 40;
const longestText = 32;

export interface Header {
  /** 16 random bytes as hex, the same on all disks of a store. */
  readonly store: string;
  readonly disk: number;
  readonly disks: number;
  readonly blockSize: number;
  readonly blocks: number;
  /** Whether `init()` of the layer was completed. */
  readonly initialised: boolean;
  /** Whether this disk goes on without the other one. */
  readonly alone: boolean;
  readonly epoch: number;
  /** Whether writes wait for a flush. */
  readonly cached: boolean;
  /** The generations of this disk since its store was made, as hex, oldest first. */
  readonly lineage: readonly string[];
  /** What the blocks hold, for programs that know; empty if nobody said. */
  readonly holds: string;
}

/** How long a whole image is. */
export function imageSize(header: Pick<Header, 'blocks' | 'blockSize'>): number {
  return blocksBegin + header.blocks * header.blockSize;
}

export function encodeHeader(header: Header): Uint8Array {
  const bytes = Buffer.alloc(headerSize);
  bytes.write(magic, 0, 'latin1');
  bytes.writeUInt32LE(version, 8);
  bytes.writeUInt32LE(header.blockSize, 12);
  bytes.writeBigUInt64LE(BigInt(header.blocks), 16);
  bytes.write(header.store, 24, 16, 'hex');
  bytes.writeUInt32LE(header.disk, 40);
  bytes.writeUInt32LE(header.disks, 44);
  let set = 0;
  for (const flag of Object.keys(flags) as (keyof typeof flags)[])
    if (header[flag]) set |= flags[flag];
  bytes.writeUInt32LE(set, 48);
  const lineage = header.lineage.slice(-longestLineage);
  bytes.writeUInt32LE(lineage.length, 52);
  bytes.write(lineage.join(''), 72, 'hex');
  bytes.write(header.holds, 400, longestText, 'utf8');
  bytes.writeBigUInt64LE(BigInt(header.epoch), 56);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 508)), 508);
  return bytes;
}

/** The header in the first bytes of a file, or why they are none. */
export function decodeHeader(place: string, given: Uint8Array): Header {
  const bytes = Buffer.from(given);
  if (!isImage(bytes)) {
    const remedy = 'check the path; the file was left as it is';
    throw new HostError('not-an-image', place, 'this is not a disk image of plimsoll', remedy);
  }
  // Before the checksum: a newer version may keep it elsewhere.
  const found = bytes.length >= 12 ? bytes.readUInt32LE(8) : version;
  if (found > version) {
    const fault = `the image has format version ${found}, this program reads ${version}`;
    throw new HostError('newer-version', place, fault, 'open it with a newer plimsoll');
  }
  if (bytes.length < headerSize) throw cutShort(place, bytes.length, headerSize);
  if (found !== version || bytes.readUInt32LE(508) !== crc32(bytes.subarray(0, 508))) {
    const remedy = 'restore the file from a copy, or go on without this disk';
    throw new HostError('checksum', place, 'the checksum of the header is wrong', remedy);
  }
  const set = bytes.readUInt32LE(48);
  return {
    store: bytes.toString('hex', 24, 40),
    disk: bytes.readUInt32LE(40),
    disks: bytes.readUInt32LE(44),
    blockSize: bytes.readUInt32LE(12),
    blocks: Number(bytes.readBigUInt64LE(16)),
    initialised: (set & flags.initialised) !== 0,
    alone: (set & flags.alone) !== 0,
    epoch: Number(bytes.readBigUInt64LE(56)),
    cached: (set & flags.cached) !== 0,
    lineage: lineageIn(bytes),
    holds: bytes.toString('utf8', 400, 400 + longestText).replace(/\0+$/, ''),
  };
}

function lineageIn(bytes: Buffer): string[] {
  const count = Math.min(bytes.readUInt32LE(52), longestLineage);
  return Array.from({ length: count }, (_, i) => bytes.toString('hex', 72 + 8 * i, 80 + 8 * i));
}

/** Whether a file that begins with `bytes` is ours, of whatever version. */
export function isImage(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, magic.length)).toString('latin1') === magic;
}

export function cutShort(place: string, found: number, expected: number): HostError {
  const fault = `the image is cut short: ${found} of ${expected} bytes are there`;
  const remedy = 'restore the file from a copy, or go on without this disk';
  return new HostError('cut-short', place, fault, remedy);
}
