/**
 * The first 512 bytes of an image, little-endian:
 *
 *     0  magic "PLIMSOLL"             40  number of this disk in its store
 *     8  format version, u32          44  how many disks the store has, u32
 *    12  block size, u32              48  flags, u32: 1 initialised, 2 alone
 *    16  number of blocks, u64        56  epoch, u64
 *    24  identity of the store       508  CRC-32 of the 508 bytes before it
 *
 * The blocks begin at byte 4096, each aligned to its size. A header is changed in place by one
 * write of 512 bytes: no disk tears a sector, so there is always one whole header.
 *
 * When a disk dies, the other one raises its epoch and is `alone`. A disk whose epoch is behind
 * has missed writes: it stays dead, also when its file comes back.
 */
import { crc32 } from 'node:zlib';
import { HostError } from './host-error.ts';

export const headerSize = 512;
export const blocksBegin = 4096;

const magic = 'PLIMSOLL';
const version = 1;
const flags = { initialised: 1, alone: 2 };

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
  const set = (header.initialised ? flags.initialised : 0) | (header.alone ? flags.alone : 0);
  bytes.writeUInt32LE(set, 48);
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
  };
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
