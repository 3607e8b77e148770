/**
 * Runs the machine `TwoCachedDisks` on two disk images: a write is durable when the next flush of
 * its disk returns, an epoch when `raise` or `level` returns.
 *
 * A disk that fails is dead: it is not touched again, and answers null or false. Before the layer
 * is told so, the other disk has it on record, in a generation of its own. So the dead disk stays
 * dead when its file comes back, until it is attached to be repaired; it is then behind, and
 * taken for whole when the layer levels it with the other one.
 */
import type { Block, Operations, TwoCachedDisks } from '../model/index.ts';
import type { CachedImage } from './cached-image.ts';
import type { Header } from './header.ts';
import { behindOf } from './history.ts';
import { DiskFailure, HostError } from './host-error.ts';
import { tearingDiskTrusts } from './tearing-disk-host.ts';

/** What a run on this host rests on, beside the layer. */
export const twoCachedDisksTrusts: readonly string[] = [
  ...tearingDiskTrusts,
  'no image is replaced by an older copy of itself while both disks work',
];

export interface TwoCachedDisksOptions {
  /** A name for a new generation, 8 bytes as hex. */
  readonly newGeneration: () => string;
  readonly note?: ((text: string) => void) | undefined;
}

type Disk = 0 | 1;

export class TwoCachedDisksHost implements Operations<TwoCachedDisks> {
  private readonly images: [CachedImage | null, CachedImage | null];
  private readonly options: TwoCachedDisksOptions;
  private stopped: HostError | undefined;

  /** `null` for a disk that is dead already. */
  constructor(
    first: CachedImage | null,
    second: CachedImage | null,
    options: TwoCachedDisksOptions,
  ) {
    this.images = [first, second];
    this.options = options;
  }

  read(disk: Disk, address: number): Block | null {
    const image = this.image(disk);
    if (image === null) return null;
    try {
      return image.read(address);
    } catch (error) {
      this.bury(disk, image, error);
      return null;
    }
  }

  write(disk: Disk, address: number, block: Block): boolean {
    const image = this.image(disk);
    if (image === null) return false;
    try {
      image.write(address, block);
      return true;
    } catch (error) {
      this.bury(disk, image, error);
      return false;
    }
  }

  flush(disk: Disk): boolean {
    const image = this.image(disk);
    if (image === null) return false;
    try {
      image.flush('what was written');
      return true;
    } catch (error) {
      this.bury(disk, image, error);
      return false;
    }
  }

  size(disk: Disk): number | null {
    return this.image(disk)?.header.blocks ?? null;
  }

  /** Whether a disk has missed what the other one knows. */
  behind(disk: Disk): boolean | null {
    return this.image(disk) === null ? null : this.isBehind(disk);
  }

  /** From now on the other disk is behind, whatever comes back in its place. */
  raise(disk: Disk): boolean {
    const [own, other] = [this.image(disk), this.images[1 - disk]];
    if (own === null) return false;
    const epoch = Math.max(own.header.epoch, other?.header.epoch ?? 0) + 1;
    return this.mark(disk, { epoch });
  }

  /** A disk that gets the epoch of the other one is no longer behind. */
  level(disk: Disk): boolean {
    const other = this.images[1 - disk];
    if (this.image(disk) === null) return false;
    if (!other) return true;
    // The other one must not go on alone unasked, once this one may do so.
    if (other.header.alone)
      this.change(disk === 0 ? 1 : 0, (image) =>
        image.update({ alone: false }, 'the disks agree again'),
      );
    const { epoch, lineage } = other.header;
    return this.mark(disk, { epoch, lineage });
  }

  /** What the disk says that is ahead. */
  get header(): Header {
    const [first, second] = this.images;
    const header = (this.isBehind(0) ? second : (first ?? second))?.header;
    if (!header) throw this.stopped;
    return header;
  }

  /** Whether a disk is alive, as far as is known. */
  works(disk: Disk): boolean {
    return this.images[disk] !== null;
  }

  /** Whether a disk is attached, and waits to be repaired. */
  isBehind(disk: Disk): boolean {
    const [first, second] = this.images;
    return first !== null && second !== null && behindOf(first.header, second.header) === disk;
  }

  /** Whether some disk that is not behind says that `init()` was completed. */
  get initialised(): boolean {
    return ([0, 1] as const).some(
      (disk) => !this.isBehind(disk) && this.images[disk]?.header.initialised === true,
    );
  }

  /** Records on each disk that is whole that `init()` was completed. */
  markInitialised(): void {
    for (const disk of [0, 1] as const)
      this.change(disk, (image) => {
        if (image.header.initialised || this.isBehind(disk)) return;
        image.update({ initialised: true }, 'the store is initialised');
      });
  }

  /** Records on a disk that works that it goes on without the other one. */
  markAlone(disk: Disk): void {
    this.change(disk, (image) => {
      if (image.header.alone) return;
      const lineage = [...image.header.lineage, this.options.newGeneration()];
      image.update({ alone: true, lineage }, 'the other disk is dead');
    });
  }

  close(): void {
    const closed = 'the store is closed';
    this.stopped ??= new HostError('closed', 'store', closed, 'open it again to go on');
    for (const image of this.images) image?.close();
    this.images.fill(null);
  }

  private image(disk: Disk): CachedImage | null {
    if (this.stopped) throw this.stopped;
    return this.images[disk];
  }

  private mark(disk: Disk, change: Partial<Header>): boolean {
    return this.change(disk, (image) => image.update(change, 'an epoch mark'));
  }

  private change(disk: Disk, action: (image: CachedImage) => void): boolean {
    const image = this.image(disk);
    if (image === null) return false;
    try {
      action(image);
      return true;
    } catch (error) {
      this.bury(disk, image, error);
      return false;
    }
  }

  /** Returns only when the other disk has the death on record. */
  private bury(disk: Disk, image: CachedImage, error: unknown): void {
    if (!(error instanceof DiskFailure)) throw error;
    const other = disk === 0 ? 1 : 0;
    const last = this.images[other] === null || this.isBehind(other);
    this.images[disk] = null;
    image.abandon();
    if (last) throw this.stop(error, this.images[other] !== null);
    this.markAlone(other);
    this.options.note?.(`disk ${disk} is dead: ${error.message}`);
  }

  private stop(failure: DiskFailure, behind: boolean): HostError {
    const rest = behind ? 'the other one was not repaired yet' : 'both disks are dead';
    const fault = `${rest}; the last one: ${failure.message}`;
    const remedy = 'nothing that was acknowledged is given up: mend a disk, then open it again';
    this.stopped = new HostError('both-dead', 'store', fault, remedy);
    return this.stopped;
  }
}
