/**
 * A disk image whose writes wait for a flush.
 *
 * What is written is kept here until the next flush, a block that is written twice only once, and
 * neighbours go to the file together: a call of the system costs more than the bytes it moves. A
 * machine with a cache may lose any of them until then, so this is one of the things it may do.
 */
import type { Block } from '../model/index.ts';
import { bytesIn } from './copies.ts';
import type { Sync } from './files.ts';
import { blocksBegin, type Header } from './header.ts';
import { DiskFailure, HostError } from './host-error.ts';
import type { Image } from './image.ts';

/** How many bytes wait at most before they are handed on, still without a sync. */
const mostWaiting = 4 << 20;
const chunk = 1 << 18;

export class CachedImage {
  private readonly image: Image;
  private readonly synced: boolean;
  private readonly blockSize: number;
  private readonly blocks: number;
  private readonly most: number;
  private readonly waiting = new Map<number, Uint8Array>();
  private readonly chunk: Uint8Array;
  private readonly one: Uint8Array;

  /** Without `synced` a flush only hands the writes to the system: they outlive the process. */
  constructor(image: Image, synced = true) {
    this.image = image;
    this.synced = synced;
    ({ blockSize: this.blockSize, blocks: this.blocks } = image.header);
    this.most = mostWaiting / this.blockSize;
    this.chunk = new Uint8Array(Math.max(this.blockSize, Math.min(chunk, this.bytes())));
    this.one = new Uint8Array(this.blockSize);
  }

  get header(): Header {
    return this.image.header;
  }

  get path(): string {
    return this.image.path;
  }

  /** The block at `address` as it was written last; outside the disk, zeros. */
  read(address: number): Block {
    const waiting = this.waiting.get(address);
    if (waiting) return waiting as unknown as Block;
    if (!this.has(address)) return new Uint8Array(0) as unknown as Block;
    this.image.readBytes(this.one, this.offset(address));
    return this.one.slice(0, lengthOf(this.one)) as unknown as Block;
  }

  /** Durable when the next `flush` returns; outside the disk, nothing. */
  write(address: number, block: Block): void {
    // Blocks never change: the bytes themselves may be kept.
    const bytes = bytesIn(block);
    if (bytes.length > this.blockSize) throw this.tooLong(bytes.length);
    if (!this.has(address)) return;
    this.waiting.set(address, bytes);
    if (this.waiting.size > this.most) this.drain();
  }

  flush(reason: Sync): void {
    this.drain();
    if (this.synced) this.image.sync(reason);
  }

  /** Changes the header; durable when it returns. */
  update(change: Partial<Header>, reason: Sync): void {
    this.image.update(change, reason);
  }

  /** What waits is handed on, if the disk still takes it: a close is no power cut. */
  close(): void {
    try {
      this.drain();
    } catch (error) {
      if (!(error instanceof DiskFailure)) throw error;
    } finally {
      this.image.close();
    }
  }

  /** Leaves a disk that has failed as it is. */
  abandon(): void {
    this.image.close();
  }

  /** Hands on what waits, runs of neighbours at once. */
  private drain(): void {
    if (this.waiting.size === 0) return;
    const addresses = [...this.waiting.keys()];
    if (addresses.length > 1) addresses.sort((one, other) => one - other);
    let filled = 0;
    let begin = addresses[0]!;
    for (const address of addresses) {
      const next = begin + filled / this.blockSize;
      if (address !== next || filled + this.blockSize > this.chunk.length) {
        this.hand(begin, filled);
        begin = address;
        filled = 0;
      }
      const bytes = this.waiting.get(address)!;
      this.chunk.set(bytes, filled);
      if (bytes.length < this.blockSize)
        this.chunk.fill(0, filled + bytes.length, filled + this.blockSize);
      filled += this.blockSize;
    }
    this.hand(begin, filled);
    this.waiting.clear();
  }

  private hand(begin: number, filled: number): void {
    this.image.writeBytes(this.chunk.subarray(0, filled), this.offset(begin));
  }

  private has(address: number): boolean {
    return Number.isInteger(address) && 0 <= address && address < this.blocks;
  }

  private offset(address: number): number {
    return blocksBegin + address * this.blockSize;
  }

  private bytes(): number {
    return this.blocks * this.blockSize;
  }

  private tooLong(length: number): HostError {
    const fault = `a block of ${length} bytes does not fit into ${this.blockSize} bytes`;
    return new HostError('block-too-long', this.path, fault, 'write shorter blocks');
  }
}

const zeros = Buffer.alloc(4096);

/** How long a block is without its trailing zeros; large steps first. */
function lengthOf(bytes: Uint8Array): number {
  let length = bytes.length;
  for (const step of [512, 64])
    while (length >= step && zeros.compare(bytes, length - step, length, 0, step) === 0)
      length -= step;
  while (length > 0 && bytes[length - 1] === 0) length--;
  return length;
}
