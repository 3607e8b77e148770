/**
 * Runs the machine `Disk` on one disk image.
 *
 * A write is durable when it returns. The machine knows no failure: when the disk fails, the host
 * stops with an error and does nothing any more.
 */
import type { Block, Disk, Operations } from '../model/index.ts';
import { DiskFailure, HostError } from './host-error.ts';
import { type Image, imageTrusts } from './image.ts';

/** What a run on this host rests on, beside the layer. */
export const diskTrusts: readonly string[] = imageTrusts;

export class DiskHost implements Operations<Disk> {
  private readonly image: Image;
  private stopped: HostError | undefined;

  constructor(image: Image) {
    this.image = image;
  }

  read(address: number): Block {
    return this.guarded(() => this.image.read(address));
  }

  write(address: number, block: Block): void {
    this.guarded(() => this.image.write(address, block));
  }

  size(): number {
    return this.guarded(() => this.image.header.blocks);
  }

  get initialised(): boolean {
    return this.image.header.initialised;
  }

  /** Records that `init()` was completed. */
  markInitialised(): void {
    if (this.initialised) return;
    this.guarded(() => this.image.update({ initialised: true }, 'the store is initialised'));
  }

  close(): void {
    if (this.stopped?.kind === 'closed') return;
    this.stopped = new HostError('closed', this.image.path, 'the disk is closed', 'open it again');
    this.image.close();
  }

  private guarded<T>(action: () => T): T {
    if (this.stopped) throw this.stopped;
    try {
      return action();
    } catch (error) {
      if (!(error instanceof DiskFailure)) throw error;
      const fault = `the disk is dead: ${error.message}`;
      const remedy = 'mend the disk, then open it again';
      this.stopped = new HostError('dead', this.image.path, fault, remedy);
      throw this.stopped;
    }
  }
}
