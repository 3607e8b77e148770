/**
 * Runs the machine `TearingDisk` on one disk image: a write is durable when the next flush
 * returns. The machine knows no failure: when the disk fails, the host stops with an error.
 */
import type { Block, Operations, TearingDisk } from '../model/index.ts';
import type { CachedImage } from './cached-image.ts';
import { DiskFailure, HostError } from './host-error.ts';
import { imageTrusts } from './image.ts';

/** What a run on this host rests on, beside the layer. */
export const tearingDiskTrusts: readonly string[] = [
  ...imageTrusts.filter((text) => !text.startsWith('a block, aligned')),
  'a block that was torn by a power cut does not match its checksum',
];

export class TearingDiskHost implements Operations<TearingDisk> {
  private readonly image: CachedImage;
  private stopped: HostError | undefined;

  constructor(image: CachedImage) {
    this.image = image;
  }

  read(address: number): Block {
    if (this.stopped) throw this.stopped;
    try {
      return this.image.read(address);
    } catch (error) {
      throw this.stop(error);
    }
  }

  write(address: number, block: Block): void {
    if (this.stopped) throw this.stopped;
    try {
      this.image.write(address, block);
    } catch (error) {
      throw this.stop(error);
    }
  }

  flush(): void {
    if (this.stopped) throw this.stopped;
    try {
      this.image.flush('what was written');
    } catch (error) {
      throw this.stop(error);
    }
  }

  size(): number {
    if (this.stopped) throw this.stopped;
    return this.image.header.blocks;
  }

  get initialised(): boolean {
    return this.image.header.initialised;
  }

  /** Records that `init()` was completed. */
  markInitialised(): void {
    if (this.initialised) return;
    try {
      this.image.update({ initialised: true }, 'the store is initialised');
    } catch (error) {
      throw this.stop(error);
    }
  }

  close(): void {
    if (this.stopped?.kind === 'closed') return;
    const failed = this.stopped !== undefined;
    this.stopped = new HostError('closed', this.image.path, 'the disk is closed', 'open it again');
    if (failed) this.image.abandon();
    else this.image.close();
  }

  /** After a disk has failed nobody knows what it holds: it is not asked again. */
  private stop(error: unknown): unknown {
    if (!(error instanceof DiskFailure)) return error;
    const fault = `the disk is dead: ${error.message}`;
    const remedy = 'mend the disk, then open it again';
    this.stopped = new HostError('dead', this.image.path, fault, remedy);
    return this.stopped;
  }
}
