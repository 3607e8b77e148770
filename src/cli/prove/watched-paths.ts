/**
 * Paths that are looked at again and again: each is known by what `stat` says of it.
 *
 * The system could tell of changes by itself, but not of a file that is replaced, that vanishes
 * with its folder, or that lies on a disk of another machine. Looking sees all of that.
 */
import { statSync } from 'node:fs';

export class WatchedPaths {
  private readonly stamps = new Map<string, string>();

  /**
   * From now on looks at these paths, too; what has been seen of them before stays. What is new
   * and younger than `since` counts as changed: it may have been read before it was written.
   */
  add(paths: Iterable<string>, since: number): void {
    for (const path of paths)
      if (!this.stamps.has(path)) this.stamps.set(path, isOlder(path, since) ? stampOf(path) : '?');
  }

  /** The paths at which something else is found than the last time. */
  changed(): string[] {
    const found: string[] = [];
    for (const [path, before] of this.stamps) {
      const now = stampOf(path);
      if (now === before) continue;
      this.stamps.set(path, now);
      found.push(path);
    }
    return found;
  }

  /** Whether there is nothing at this path, as far as was seen. */
  isAbsent(path: string): boolean {
    return this.stamps.get(path) === absent;
  }
}

const absent = '';

/** Clocks of files go in steps. */
const clockStep = 20;

function isOlder(path: string, since: number): boolean {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return !found || found.isDirectory() || found.mtimeMs < since - clockStep;
  } catch {
    return true;
  }
}

/** What tells one content of a path from another. Of a folder it only matters that it is there. */
function stampOf(path: string): string {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (!found) return absent;
    return found.isDirectory() ? 'folder' : `${found.mtimeNs} ${found.size} ${found.ino}`;
  } catch {
    return absent;
  }
}
