/** What is held while a store is open, and given back when it is closed or refused. */
import { basename, dirname, join, resolve } from 'node:path';
import { HostError, refusing, systemCode } from './host-error.ts';
import { type Image, openImage } from './image.ts';
import { lock } from './lock.ts';
import type { Surroundings } from './owner.ts';

export class Lease {
  private readonly around: Surroundings;
  private readonly locks = new Map<string, () => void>();
  private readonly images: Image[] = [];

  constructor(around: Surroundings) {
    this.around = around;
  }

  /** The one name under which an image is locked; its file need not be there. */
  place(path: string): string {
    const { files } = this.around;
    const whole = resolve(path);
    return refusing(path, () => {
      try {
        return files.realPath(whole);
      } catch (error) {
        if (systemCode(error) !== 'ENOENT') throw error;
        return join(files.realPath(dirname(whole)), basename(whole));
      }
    });
  }

  lock(place: string): void {
    if (!this.locks.has(place)) this.locks.set(place, lock(place, this.around));
  }

  open(place: string): Image {
    const image = openImage(place, this.around.files);
    this.images.push(image);
    return image;
  }

  release(): void {
    for (const image of this.images.splice(0)) image.close();
    for (const give of this.locks.values()) give();
    this.locks.clear();
  }
}

/** What `action` gives, or why it refuses. */
export function attempt<T>(action: () => T): T | HostError {
  try {
    return action();
  } catch (error) {
    if (error instanceof HostError) return error;
    throw error;
  }
}
