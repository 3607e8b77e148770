/**
 * Runs the machine `TwoDisks` on two disk images.
 *
 * A write is durable when it returns. A disk that fails to read, write or sync is dead: it is not
 * touched again, and answers null or false. Before any answer that rests on one disk only, the
 * other has it on record: its epoch is raised, durably. So the dead disk stays dead when its file
 * comes back after a restart with what it held when it died.
 */
import type { Block, Operations, TwoDisks } from '../model/index.ts';
import { DiskFailure, HostError } from './host-error.ts';
import { type Image, imageTrusts } from './image.ts';

/** What a run on this host rests on, beside the layer. */
export const twoDisksTrusts: readonly string[] = [
  ...imageTrusts,
  'no image is replaced by an older copy of itself while both disks work',
];

export class TwoDiskHost implements Operations<TwoDisks> {
  private readonly images: [Image | null, Image | null];
  private readonly note: (text: string) => void;
  private stopped: HostError | undefined;

  /** `null` for a disk that is dead already. */
  constructor(first: Image | null, second: Image | null, note: (text: string) => void = () => {}) {
    this.images = [first, second];
    this.note = note;
  }

  read(disk: 0 | 1, address: number): Block | null {
    return this.on<Block | null>(disk, null, (image) => image.read(address));
  }

  write(disk: 0 | 1, address: number, block: Block): boolean {
    return this.on(disk, false, (image) => {
      image.write(address, block);
      return true;
    });
  }

  size(disk: 0 | 1): number | null {
    return this.on<number | null>(disk, null, (image) => image.header.blocks);
  }

  /** Whether a disk is alive, as far as is known. */
  works(disk: 0 | 1): boolean {
    return this.images[disk] !== null;
  }

  /** Whether some disk that works says that `init()` was completed. */
  get initialised(): boolean {
    return this.images.some((image) => image?.header.initialised === true);
  }

  /** Records on each disk that works that `init()` was completed. */
  markInitialised(): void {
    for (const disk of [0, 1] as const)
      this.on(disk, undefined, (image) => {
        if (image.header.initialised) return;
        image.update({ initialised: true }, 'the store is initialised');
      });
  }

  /** Records on the disk that works that the other one is dead. */
  markAlone(disk: 0 | 1): void {
    this.on(disk, undefined, (image) => {
      if (image.header.alone) return;
      image.update({ alone: true, epoch: image.header.epoch + 1 }, 'the other disk is dead');
    });
  }

  close(): void {
    const closed = 'the store is closed';
    this.stopped ??= new HostError('closed', 'store', closed, 'open it again to go on');
    for (const image of this.images) image?.close();
    this.images.fill(null);
  }

  private on<T>(disk: 0 | 1, dead: T, action: (image: Image) => T): T {
    if (this.stopped) throw this.stopped;
    const image = this.images[disk];
    if (image === null) return dead;
    try {
      return action(image);
    } catch (error) {
      if (!(error instanceof DiskFailure)) throw error;
      this.bury(disk, image, error);
      return dead;
    }
  }

  /** Returns only when the other disk has the death on record. */
  private bury(disk: 0 | 1, image: Image, failure: DiskFailure): void {
    this.images[disk] = null;
    image.close();
    const other = disk === 0 ? 1 : 0;
    if (this.images[other] === null) {
      const fault = `both disks are dead; the last one: ${failure.message}`;
      const remedy = 'nothing that was acknowledged is given up: mend a disk, then open it again';
      this.stopped = new HostError('both-dead', 'store', fault, remedy);
      throw this.stopped;
    }
    this.markAlone(other);
    this.note(`disk ${disk} is dead: ${failure.message}`);
  }
}
