/** One disk as one file. See header.ts for what is where in it. */
import { type Block, blockOf, bytesOf, zeroBlock } from '../model/index.ts';
import type { Files, Handle, Status, Sync } from './files.ts';
import { readFully, writeFully } from './files.ts';
import {
  blocksBegin,
  cutShort,
  decodeHeader,
  encodeHeader,
  type Header,
  headerSize,
  imageSize,
} from './header.ts';
import { DiskFailure, HostError, refusing, systemCode } from './host-error.ts';

/** What every host rests on that keeps a disk in an image. */
export const imageTrusts: readonly string[] = [
  'fdatasync returns only when content and size of the file are on the medium',
  'fsync of a directory returns only when the names in it are on the medium',
  'the header of an image, an aligned sector of 512 bytes, is never torn',
  'a block, aligned to its size of 512 to 4096 bytes, is never torn',
  'a block that is not being written stays as it is, and reads as it was written or fails',
  'only programs that ask for the lock touch an image, all by the same name',
  'Node.js and the kernel do with files what they document',
];

/** An image that is open. Whatever goes wrong with it later is a `DiskFailure`. */
export class Image {
  readonly path: string;
  readonly identity: string;
  private readonly files: Files;
  private readonly file: Handle;
  private current: Header;
  private closed = false;

  constructor(path: string, files: Files, file: Handle, identity: string, header: Header) {
    this.path = path;
    this.files = files;
    this.file = file;
    this.identity = identity;
    this.current = header;
  }

  get header(): Header {
    return this.current;
  }

  /** The block at `address`; outside the disk, zeros. */
  read(address: number): Block {
    if (!this.has(address)) return zeroBlock;
    const into = new Uint8Array(this.header.blockSize);
    this.attempt('read', () => {
      if (!readFully(this.files, this.file, into, this.offset(address)))
        throw new DiskFailure(`${this.path}: the file ends within block ${address}`);
    });
    return blockOf(into);
  }

  /** Durable when it returns; outside the disk, nothing. */
  write(address: number, block: Block): void {
    const bytes = this.padded(bytesOf(block));
    if (!this.has(address)) return;
    this.attempt('write', () => this.put(bytes, this.offset(address), 'a block'));
  }

  /** Bytes of the file from `at` on, without a look at its state. */
  readBytes(into: Uint8Array, at: number): void {
    this.guarded('read', () => {
      if (!readFully(this.files, this.file, into, at))
        throw new DiskFailure(`${this.path}: the file ends at byte ${at} or soon after`);
    });
  }

  /** Hands bytes to the system: durable when the next `sync` returns. */
  writeBytes(bytes: Uint8Array, at: number): void {
    this.guarded('write', () => {
      if (!writeFully(this.files, this.file, bytes, at))
        throw new DiskFailure(`${this.path}: the system takes no more bytes`);
    });
  }

  /** Makes all that was written durable. */
  sync(reason: Sync): void {
    this.attempt('sync', () => this.files.sync(this.file, reason));
  }

  /** Changes the header; durable when it returns. */
  update(change: Partial<Header>, reason: Sync): void {
    const header = { ...this.current, ...change };
    this.attempt('write', () => this.put(encodeHeader(header), 0, reason));
    this.current = header;
  }

  /** Everything that matters was made durable before: what closing says is of no interest. */
  close(): void {
    // Closing twice would close whatever file has got the same number since.
    if (this.closed) return;
    this.closed = true;
    try {
      this.files.close(this.file);
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
    }
  }

  private has(address: number): boolean {
    return Number.isInteger(address) && 0 <= address && address < this.header.blocks;
  }

  private padded(bytes: Uint8Array): Uint8Array {
    const { blockSize } = this.header;
    if (bytes.length > blockSize) {
      const fault = `a block of ${bytes.length} bytes does not fit into ${blockSize} bytes`;
      throw new HostError('block-too-long', this.path, fault, 'write shorter blocks');
    }
    const whole = new Uint8Array(blockSize);
    whole.set(bytes);
    return whole;
  }

  private put(bytes: Uint8Array, at: number, reason: Sync): void {
    if (!writeFully(this.files, this.file, bytes, at))
      throw new DiskFailure(`${this.path}: the system takes no more bytes`);
    this.files.sync(this.file, reason);
  }

  private offset(address: number): number {
    return blocksBegin + address * this.header.blockSize;
  }

  private attempt(what: string, action: () => void): void {
    this.guarded(what, () => {
      this.refuseIfChanged();
      action();
    });
  }

  private guarded(what: string, action: () => void): void {
    try {
      action();
    } catch (error) {
      const code = systemCode(error);
      if (code === undefined) throw error;
      throw new DiskFailure(`${this.path}: cannot ${what}: ${code}`);
    }
  }

  /** Writing to a file that was cut short would silently make holes of the blocks it has lost. */
  private refuseIfChanged(): void {
    const { size, links } = this.files.status(this.file);
    if (links === 0) throw new DiskFailure(`${this.path}: the file was removed`);
    if (size !== imageSize(this.header))
      throw new DiskFailure(`${this.path}: the file has ${size} bytes, no longer all of them`);
  }
}

/** Opens the image at `path`, or says why not. Changes nothing. */
export function openImage(path: string, files: Files): Image {
  const file = refusing(path, () => files.open(path));
  try {
    return refusing(path, () => {
      const status = files.status(file);
      // What is read from now on must not be lost any more, whoever wrote it and was killed.
      if (status.regular) files.sync(file, 'what an earlier process wrote');
      const header = readHeader(path, files, file, status);
      const expected = imageSize(header);
      if (status.size < expected) throw cutShort(path, status.size, expected);
      if (status.size > expected) throw tooLong(path, status.size, expected);
      return new Image(path, files, file, status.identity, header);
    });
  } catch (error) {
    files.close(file);
    throw error;
  }
}

function readHeader(path: string, files: Files, file: Handle, status: Status): Header {
  if (!status.regular)
    throw new HostError('not-an-image', path, 'this is not a regular file', 'check the path');
  const bytes = new Uint8Array(Math.min(headerSize, status.size));
  if (!readFully(files, file, bytes, 0)) throw cutShort(path, 0, bytes.length);
  return decodeHeader(path, bytes);
}

function tooLong(path: string, found: number, expected: number): HostError {
  const fault = `the file has ${found} bytes, its header says ${expected}`;
  return new HostError('geometry', path, fault, 'restore the file from a copy');
}
